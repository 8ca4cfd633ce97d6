//! Backup policies, as the answers show them. No recording knows any: they follow the document.

use serde::Serialize;
use serde_json::{Value, json};

use super::answer::visible;
use crate::state::{BackupPolicy, Interval, State, Target};

/// Which fields there are differs from call to call; what is None is not sent.
#[derive(Serialize)]
pub(super) struct PolicyView<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    retention: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_size: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<TargetView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule: Option<ScheduleView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auto_move_to_trash_at: Option<Option<u64>>,
}

/// The whole disk or the whole machine, under a second `target`.
#[derive(Serialize)]
struct TargetView {
    target: Value,
}

#[derive(Serialize)]
struct ScheduleView {
    interval: Interval,
    #[serde(flatten)]
    rest: Option<ScheduleRest>,
    next_invocation_at: u64,
}

/// Not in the lists.
#[derive(Serialize)]
struct ScheduleRest {
    frequency: u32,
    minute: u32,
    time: u32,
}

impl<'a> PolicyView<'a> {
    /// get, create
    pub(super) fn whole(state: &State, policy: &'a BackupPolicy) -> Self {
        Self {
            id: &policy.id,
            retention: Some(policy.retention),
            total_size: Some(policy.total_size),
            target: Some(target(state, policy)),
            schedule: Some(schedule(state, policy, true)),
            auto_move_to_trash_at: Some(policy.auto_move_to_trash_at),
        }
    }

    /// An element of a list.
    pub(super) fn list_item(state: &State, policy: &'a BackupPolicy) -> Self {
        Self {
            schedule: Some(schedule(state, policy, false)),
            auto_move_to_trash_at: None,
            ..Self::whole(state, policy)
        }
    }

    pub(super) fn updated(state: &State, policy: &'a BackupPolicy) -> Self {
        Self { total_size: None, auto_move_to_trash_at: None, ..Self::whole(state, policy) }
    }

    /// What is left of one whose end is set.
    pub(super) fn scheduled(state: &State, policy: &'a BackupPolicy) -> Self {
        Self { retention: None, total_size: None, schedule: None, ..Self::whole(state, policy) }
    }

    pub(super) fn deleted(policy: &'a BackupPolicy) -> Self {
        Self {
            id: &policy.id,
            retention: None,
            total_size: None,
            target: None,
            schedule: None,
            auto_move_to_trash_at: None,
        }
    }
}

fn target(state: &State, policy: &BackupPolicy) -> TargetView {
    let target = match &policy.target {
        Target::Disk(id) => {
            state.disks.get(id).and_then(|disk| visible(&disk, serde_json::value::Serializer).ok())
        }
        Target::VirtualMachine(id) => {
            state.machine(id).map(|machine| json!(state.machine_view(machine)))
        }
    };
    TargetView { target: target.unwrap_or_default() }
}

fn schedule(state: &State, policy: &BackupPolicy, whole: bool) -> ScheduleView {
    let schedule = &policy.schedule;
    let rest = ScheduleRest {
        frequency: schedule.frequency,
        minute: schedule.minute,
        time: schedule.time,
    };
    ScheduleView {
        interval: schedule.interval,
        rest: whole.then_some(rest),
        next_invocation_at: schedule.next_invocation_at(policy.created_at, state.clock.seconds()),
    }
}
