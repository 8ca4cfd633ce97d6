//! Making a backup policy, and the arguments of that and of an update.

use serde::Deserialize;

use super::Answer;
use super::answer::Success;
use super::arguments::Arguments;
use super::backup_policies::PolicyAnswer;
use super::backup_policy_view::PolicyView;
use super::error::ApiError;
use super::{disks, virtual_machines};
use crate::state::{BackupPolicy, Interval, Schedule, State, Target, new_id};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PolicyArguments {
    retention: Option<i64>,
    schedule: ScheduleArguments,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ScheduleArguments {
    interval: Option<String>,
    frequency: Option<i64>,
    minute: Option<i64>,
    time: Option<i64>,
}

pub(super) fn create_for_disk(state: &mut State, arguments: &Arguments) -> Answer {
    let target = Target::Disk(disks::find(state, arguments)?.id.clone());
    create(state, arguments, target)
}

pub(super) fn create_for_machine(state: &mut State, arguments: &Arguments) -> Answer {
    let target = Target::VirtualMachine(virtual_machines::find(state, arguments)?.id().to_owned());
    create(state, arguments, target)
}

/// document: 200, unlike the making of a disk.
fn create(state: &mut State, arguments: &Arguments, target: Target) -> Answer {
    let wanted: PolicyArguments = arguments.optional("properties")?.unwrap_or_default();
    let (retention, schedule) = wanted.applied_to(None)?;
    let policy = BackupPolicy {
        id: new_id("dbp"),
        retention,
        total_size: 0.0,
        target,
        schedule,
        created_at: state.clock.seconds(),
        auto_move_to_trash_at: None,
    };
    state.backup_policies.push(policy.clone());
    Ok(Success::ok(&PolicyAnswer { disk_backup_policy: PolicyView::whole(state, &policy) }))
}

/// The document does not say what is required, nor what is sensible. Here a new policy needs
/// retention and interval; an update may leave out everything.
impl PolicyArguments {
    /// The retention and the schedule of the policy as it is to be.
    pub(super) fn applied_to(
        &self,
        before: Option<&BackupPolicy>,
    ) -> Result<(u32, Schedule), ApiError> {
        let errors = self.problems(before.is_none());
        if !errors.is_empty() {
            return Err(ApiError::validation(&errors));
        }
        let (retention, schedule) =
            before.map_or_else(Default::default, |policy| (policy.retention, policy.schedule));
        let interval = self.schedule.interval.as_deref();
        let schedule = Schedule {
            interval: interval.and_then(interval_of).unwrap_or(schedule.interval),
            frequency: number(self.schedule.frequency).unwrap_or(schedule.frequency),
            minute: number(self.schedule.minute).unwrap_or(schedule.minute),
            time: number(self.schedule.time).unwrap_or(schedule.time),
        };
        Ok((number(self.retention).unwrap_or(retention), schedule))
    }

    fn problems(&self, is_new: bool) -> Vec<String> {
        let mut errors = Vec::new();
        let schedule = &self.schedule;
        if is_new && self.retention.is_none() {
            errors.push("Retention can't be blank".to_owned());
        }
        match schedule.interval.as_deref() {
            None if is_new => errors.push("Interval can't be blank".to_owned()),
            Some(interval) if interval_of(interval).is_none() => {
                errors.push("Interval is not included in the list".to_owned());
            }
            _ => {}
        }
        for (name, value, least, most) in [
            ("Retention", self.retention, 1, 10_000),
            ("Frequency", schedule.frequency, 1, 1000),
            ("Minute", schedule.minute, 0, 59),
            ("Time", schedule.time, 0, 23),
        ] {
            if value.is_some_and(|value| !(least..=most).contains(&value)) {
                errors.push(format!("{name} must be in {least}..{most}"));
            }
        }
        errors
    }
}

fn number(value: Option<i64>) -> Option<u32> {
    value.and_then(|value| value.try_into().ok())
}

fn interval_of(text: &str) -> Option<Interval> {
    match text {
        "hourly" => Some(Interval::Hourly),
        "daily" => Some(Interval::Daily),
        "weekly" => Some(Interval::Weekly),
        "monthly" => Some(Interval::Monthly),
        _ => None,
    }
}
