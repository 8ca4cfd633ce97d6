//! Faults by name: short for the members of an order that they stand for.

use serde::Deserialize;

use super::answers::AnswerOrder;
use crate::state::{NextTask, Seconds, Sent};

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fault {
    /// Nothing is done, and the connection ends without an answer.
    Lost,
    /// It is done, and the connection ends without an answer.
    PerformedButLost,
    /// It is done, and the answer breaks off.
    HalfAnswer,
    /// It is done at once, and answered late.
    LateAnswer,
    /// It is done late, after a 504.
    PerformedLater,
    Unavailable,
    RateLimited,
    TaskFails,
    /// The task completes and changes nothing.
    NoEffect,
    /// The task completes, and its effect comes late.
    LateEffect,
}

impl Fault {
    /// Gives an order the members that it does not have.
    pub(super) fn complete(self, order: &mut AnswerOrder) {
        match self {
            Self::Lost => send(order, Sent::Nothing),
            Self::PerformedButLost => {
                perform(order);
                send(order, Sent::Nothing);
            }
            Self::HalfAnswer => {
                perform(order);
                send(order, Sent::HalfBody);
            }
            Self::LateAnswer => {
                perform(order);
                order.delay_seconds.get_or_insert(seconds(2));
            }
            Self::PerformedLater => {
                order.perform.get_or_insert(serde_json::json!({ "after_seconds": 2 }));
                order.status.get_or_insert(504);
            }
            Self::Unavailable => {
                order.status.get_or_insert(503);
            }
            Self::RateLimited => {
                order.error.get_or_insert("rate_limit_reached".to_owned());
            }
            Self::TaskFails | Self::NoEffect | Self::LateEffect => {
                perform(order);
                let task = order.task.get_or_insert_default();
                self.set(task);
            }
        }
        if self.is_about_writes() && order.method.is_none() && order.kind.is_none() {
            order.kind = Some("write".to_owned());
        }
    }

    fn set(self, task: &mut NextTask) {
        match self {
            Self::TaskFails => task.fail = true,
            Self::NoEffect => task.no_effect = true,
            Self::LateEffect if task.lag_seconds == Seconds::default() => {
                task.lag_seconds = seconds(2);
            }
            _ => {}
        }
    }

    /// Those that would show nothing of a read.
    fn is_about_writes(self) -> bool {
        use Fault::{LateEffect, NoEffect, PerformedButLost, PerformedLater, TaskFails};
        matches!(self, PerformedButLost | PerformedLater | TaskFails | NoEffect | LateEffect)
    }
}

fn perform(order: &mut AnswerOrder) {
    order.perform.get_or_insert(true.into());
}

fn send(order: &mut AnswerOrder, sent: Sent) {
    order.send.get_or_insert(sent);
}

fn seconds(number: u64) -> Seconds {
    Seconds(std::time::Duration::from_secs(number))
}
