//! Making a backup policy, and the arguments of that and of an update.

use serde::Deserialize;

use super::answer::Success;
use super::argument::{Argument, Kind};
use super::arguments::Arguments;
use super::backup_policies::PolicyAnswer;
use super::backup_policy_view::PolicyView;
use super::disks::{self, DISK};
use super::error::ApiError;
use super::virtual_machines::{self, VIRTUAL_MACHINE};
use super::{Answer, Endpoint};
use crate::state::{BackupPolicy, Interval, Schedule, State, Target, new_id};

pub(super) const PROPERTIES: Argument = Argument::new(
    "properties",
    Kind::Object(
        "DiskBackupPolicyArguments",
        &[Argument::new("retention", Kind::Integer), Argument::new("schedule", SCHEDULE)],
    ),
)
.required();
const SCHEDULE: Kind = Kind::Object(
    "ScheduleArguments",
    &[
        Argument::new("frequency", Kind::Integer),
        Argument::new("interval", Kind::OneOf(&["hourly", "daily", "weekly", "monthly"])),
        Argument::new("minute", Kind::Integer),
        Argument::new("time", Kind::Integer),
    ],
);

pub(super) const CREATE_FOR_DISK: Endpoint = Endpoint {
    id: "DiskBackupPolicies/CreateForDiskEndpoint",
    arguments: &[
        DISK.about("The disk to create the disk backup policy for"),
        PROPERTIES.about("Details for the new disk backup policy"),
    ],
    perform: create_for_disk,
};

pub(super) const CREATE_FOR_MACHINE: Endpoint = Endpoint {
    id: "DiskBackupPolicies/CreateForVirtualMachineEndpoint",
    arguments: &[
        VIRTUAL_MACHINE.about("The virtual machine to create the disk backup policy for"),
        PROPERTIES.about("Details for the new disk backup policy"),
    ],
    perform: create_for_machine,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct PolicyArguments {
    retention: Option<i64>,
    schedule: ScheduleArguments,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ScheduleArguments {
    interval: Option<Interval>,
    frequency: Option<i64>,
    minute: Option<i64>,
    time: Option<i64>,
}

fn create_for_disk(state: &mut State, arguments: &Arguments) -> Answer {
    let target = Target::Disk(disks::find(state, arguments)?.id.clone());
    create(state, arguments, target)
}

fn create_for_machine(state: &mut State, arguments: &Arguments) -> Answer {
    let target = Target::VirtualMachine(virtual_machines::find(state, arguments)?.id().to_owned());
    create(state, arguments, target)
}

/// document: 200, unlike the making of a disk.
fn create(state: &mut State, arguments: &Arguments, target: Target) -> Answer {
    let wanted: PolicyArguments = arguments.required("properties")?;
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
        let schedule = Schedule {
            interval: self.schedule.interval.unwrap_or(schedule.interval),
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
        if is_new && schedule.interval.is_none() {
            errors.push("Interval can't be blank".to_owned());
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
