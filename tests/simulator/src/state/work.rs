//! What is going to happen by itself, and when.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::changes::{Before, Change};
use super::power::Power;
use super::{Cause, State};

/// Ordered by due time (and by a number, for what is due at the same time): every request looks for what
/// is due, and must not go through all of it.
#[derive(Default)]
pub(super) struct Underway {
    work: BTreeMap<(Instant, u64), Work>,
    added: u64,
}

impl Underway {
    fn add(&mut self, due: Instant, work: Work) {
        self.work.insert((due, self.added), work);
        self.added += 1;
    }

    /// In order; what comes of it is not a part, even if it is due at once.
    fn take_due(&mut self, now: Instant) -> Vec<(Instant, Work)> {
        let mut due = Vec::new();
        while let Some(first) = self.work.first_entry().filter(|first| first.key().0 <= now) {
            let ((when, _), work) = first.remove_entry();
            due.push((when, work));
        }
        due
    }
}

struct Work {
    effect: Effect,
    cause: Cause,
}

pub(super) enum Effect {
    Disk {
        disk: String,
        change: Change,
        outcome: Outcome,
    },
    /// Trash objects by their ids.
    Purge(Vec<String>),
    /// A machine has started.
    AttachDisks {
        machine: String,
    },
    DetachDisks {
        machine: String,
    },
    PowerBegins {
        task: String,
        machine: String,
        power: Power,
    },
    PowerEnds {
        machine: String,
        power: Power,
        /// How much later the disks follow.
        lag: Duration,
        /// False if the task fails or has no effect.
        outcome: bool,
    },
    /// A request whose effect is late.
    Late(Box<dyn FnOnce(&mut State) + Send>),
}

pub(super) enum Outcome {
    Done,
    Failed(Before),
    /// The vendor's own provider knows of resizes that complete and change nothing.
    Nothing(Before),
}

impl State {
    /// What is going to happen, in order.
    pub(super) fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.underway.work.values().map(|work| &work.effect)
    }

    /// Lets something happen later, as an effect of what is going on now.
    pub(super) fn later(&mut self, due: Instant, effect: Effect) {
        self.underway.add(due, Work { effect, cause: self.cause });
    }

    /// Lets a change happen that much later.
    pub(crate) fn late(&mut self, lag: Duration, change: impl FnOnce(&mut State) + Send + 'static) {
        self.later(self.clock.now() + lag, Effect::Late(Box::new(change)));
    }

    /// What a request has started will not happen.
    pub(crate) fn forget_work(&mut self, cause: Cause) {
        self.underway.work.retain(|_, work| work.cause != cause);
    }

    pub(crate) fn finish_work(&mut self) {
        let now = self.clock.now();
        for (due, work) in self.underway.take_due(now) {
            self.disks.set_now(due);
            self.caused(work.cause, |state| state.perform(work.effect));
        }
        self.disks.set_now(now);
    }

    pub(super) fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Disk { disk, change, outcome } => self.change_disk(&disk, change, outcome),
            Effect::Purge(trash_objects) => {
                for id in trash_objects {
                    self.purge(&id);
                }
            }
            Effect::AttachDisks { machine } => self.attach_disks(&machine),
            Effect::DetachDisks { machine } => self.detach_disks(&machine),
            Effect::PowerBegins { task, machine, power } => {
                self.begin_power(&task, &machine, power);
            }
            Effect::PowerEnds { machine, power, lag, outcome } => {
                self.end_power(&machine, power, lag, outcome);
            }
            Effect::Late(change) => change(self),
        }
    }

    fn change_disk(&mut self, id: &str, change: Change, outcome: Outcome) {
        let machine = self.disks.get(id).and_then(|disk| disk.machine());
        let running = machine.is_some_and(|machine| self.is_running(machine));
        let Some(disk) = self.disks.get_mut(id) else {
            return;
        };
        match outcome {
            Outcome::Done => change.finish(disk, running),
            Outcome::Failed(before) => change.fail(disk, before),
            Outcome::Nothing(before) => change.undo(disk, before),
        }
    }
}
