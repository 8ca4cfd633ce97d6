//! Backup policies: the lists, get, update, delete now or later.

use serde::Serialize;

use super::answer::Success;
use super::argument::{Argument, Kind};
use super::arguments::Arguments;
use super::backup_policy_arguments::{PROPERTIES, PolicyArguments};
use super::backup_policy_view::PolicyView;
use super::disks::{self, DISK};
use super::error::ApiError;
use super::organizations::{self, ORGANIZATION};
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::permission::check_owner;
use super::virtual_machines::{self, VIRTUAL_MACHINE};
use super::{Answer, Endpoint};
use crate::state::{BackupPolicy, State, Target};

const POLICY: Argument =
    Argument::lookup("disk_backup_policy", "DiskBackupPolicyLookup", &["id"]).required();

pub(super) const LIST: Endpoint = Endpoint {
    id: "DiskBackupPolicies/ListEndpoint",
    arguments: &[
        ORGANIZATION.about("The organization to return disk backup policies for"),
        PAGE,
        PER_PAGE,
    ],
    perform: list,
};

pub(super) const LIST_OF_DISK: Endpoint = Endpoint {
    id: "DiskBackupPolicies/ListForDiskEndpoint",
    arguments: &[DISK.about("The disk to return disk backup policies for"), PAGE, PER_PAGE],
    perform: list_of_disk,
};

pub(super) const LIST_OF_MACHINE: Endpoint = Endpoint {
    id: "DiskBackupPolicies/ListForVirtualMachineEndpoint",
    arguments: &[
        VIRTUAL_MACHINE.about("The virtual machine to return disk backup policies for"),
        Argument::new("include_disks", Kind::Boolean).about(
            "If true, the returned list will include backup policies owned by disks assigned to \
             this virtual machine in addition to those that belong to the whole virtual machine",
        ),
        PAGE,
        PER_PAGE,
    ],
    perform: list_of_machine,
};

pub(super) const GET: Endpoint = Endpoint {
    id: "DiskBackupPolicies/InfoEndpoint",
    arguments: &[POLICY.about("The disk backup policy to get information for")],
    perform: get,
};

pub(super) const UPDATE: Endpoint = Endpoint {
    id: "DiskBackupPolicies/UpdateEndpoint",
    arguments: &[
        POLICY.about("The disk backup policy to update"),
        PROPERTIES.about("Details for the disk backup policy"),
    ],
    perform: update,
};

pub(super) const DELETE: Endpoint = Endpoint {
    id: "DiskBackupPolicies/DeleteEndpoint",
    arguments: &[POLICY.about("The disk backup policy to delete")],
    perform: delete,
};

pub(super) const SCHEDULE_DELETION: Endpoint = Endpoint {
    id: "DiskBackupPolicies/ScheduleDeleteEndpoint",
    arguments: &[
        POLICY.about("The disk backup policy to move to the trash"),
        Argument::new("timestamp", Kind::Time)
            .required()
            .about("The time the disk backup policy will be moved to the trash automatically."),
    ],
    perform: schedule_deletion,
};

/// document: a later deletion must be that far ahead.
const LEAST_NOTICE_SECONDS: u64 = 300;

#[derive(Serialize)]
pub(super) struct PolicyAnswer<'a> {
    pub(super) disk_backup_policy: PolicyView<'a>,
}

fn list(state: &mut State, arguments: &Arguments) -> Answer {
    let organization = organizations::find(state, arguments)?.id();
    list_some(state, arguments, |target| state.owner_of(target.id()) == Some(organization))
}

fn list_of_disk(state: &mut State, arguments: &Arguments) -> Answer {
    let disk = disks::find(state, arguments)?.id.as_str();
    list_some(state, arguments, |target| target.id() == disk)
}

/// document: those of the machine as a whole, and with `include_disks` those of its disks as well.
fn list_of_machine(state: &mut State, arguments: &Arguments) -> Answer {
    let machine = virtual_machines::find(state, arguments)?.id();
    let with_disks = arguments.flag("include_disks")?;
    list_some(state, arguments, |target| match target {
        Target::VirtualMachine(id) => id == machine,
        Target::Disk(id) => {
            with_disks && state.disks.get(id).and_then(|disk| disk.machine()) == Some(machine)
        }
    })
}

/// Our choice: in the order of their making.
fn list_some(state: &State, arguments: &Arguments, is_in: impl Fn(&Target) -> bool) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        disk_backup_policies: Vec<PolicyView<'a>>,
    }

    let lives = |policy: &&BackupPolicy| state.trash.of(&policy.id).is_none();
    let all = state.backup_policies.iter().filter(lives);
    let some = all.filter(|policy| is_in(&policy.target)).collect();
    let (pagination, page) = paginate(some, arguments, state.large_set)?;
    let disk_backup_policies =
        page.into_iter().map(|policy| PolicyView::list_item(state, policy)).collect();
    Ok(Success::ok(&Body { pagination, disk_backup_policies }))
}

fn find<'a>(state: &'a State, arguments: &Arguments) -> Result<&'a BackupPolicy, ApiError> {
    let lookup = arguments.lookup("disk_backup_policy")?;
    let found = state.backup_policies.iter().find(|policy| policy.id == lookup.id());
    let missing = ApiError::disk_backup_policy_not_found;
    let policy = found.ok_or_else(missing)?;
    check_owner(state, state.owner_of(&policy.id), missing)?;
    match state.trash.of(&policy.id) {
        Some(trash_object) => Err(ApiError::object_in_trash(trash_object)),
        None => Ok(policy),
    }
}

/// Replaces the policy that was found by one that differs from it.
fn replace(state: &mut State, policy: BackupPolicy) {
    if let Some(known) = state.backup_policies.iter_mut().find(|known| known.id == policy.id) {
        *known = policy;
    }
}

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    let policy = find(state, arguments)?;
    Ok(Success::ok(&PolicyAnswer { disk_backup_policy: PolicyView::whole(state, policy) }))
}

fn update(state: &mut State, arguments: &Arguments) -> Answer {
    let policy = find(state, arguments)?;
    let wanted: PolicyArguments = arguments.required("properties")?;
    let (retention, schedule) = wanted.applied_to(Some(policy))?;
    let policy = BackupPolicy { retention, schedule, ..policy.clone() };
    replace(state, policy.clone());
    Ok(Success::ok(&PolicyAnswer { disk_backup_policy: PolicyView::updated(state, &policy) }))
}

/// document: the answer names no trash object.
fn delete(state: &mut State, arguments: &Arguments) -> Answer {
    let policy = find(state, arguments)?.clone();
    state.move_to_trash(&policy.id, "DiskBackupPolicy");
    Ok(Success::ok(&PolicyAnswer { disk_backup_policy: PolicyView::deleted(&policy) }))
}

fn schedule_deletion(state: &mut State, arguments: &Arguments) -> Answer {
    let policy = find(state, arguments)?;
    let at: u64 = arguments.required("timestamp")?;
    if at < state.clock.seconds() + LEAST_NOTICE_SECONDS {
        return Err(ApiError::invalid_timestamp());
    }
    let policy = BackupPolicy { auto_move_to_trash_at: Some(at), ..policy.clone() };
    replace(state, policy.clone());
    Ok(Success::ok(&PolicyAnswer { disk_backup_policy: PolicyView::scheduled(state, &policy) }))
}
