//! Backup policies: the lists, get, update, delete now or later.

use serde::Serialize;

use super::Answer;
use super::answer::Success;
use super::arguments::Arguments;
use super::backup_policy_arguments::PolicyArguments;
use super::backup_policy_view::PolicyView;
use super::error::ApiError;
use super::pagination::{Pagination, paginate};
use super::{disks, organizations, virtual_machines};
use crate::state::{BackupPolicy, State, Target};

/// document: a later deletion must be that far ahead.
const LEAST_NOTICE_SECONDS: u64 = 300;

#[derive(Serialize)]
pub(super) struct PolicyAnswer<'a> {
    pub(super) disk_backup_policy: PolicyView<'a>,
}

pub(super) fn list(state: &mut State, arguments: &Arguments) -> Answer {
    organizations::check(state, arguments)?;
    list_some(state, arguments, |_| true)
}

pub(super) fn list_of_disk(state: &mut State, arguments: &Arguments) -> Answer {
    let disk = disks::find(state, arguments)?.id.as_str();
    list_some(state, arguments, |target| target.id() == disk)
}

/// document: those of the machine as a whole, and with `include_disks` those of its disks as well.
pub(super) fn list_of_machine(state: &mut State, arguments: &Arguments) -> Answer {
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
    let lookup = arguments.lookup("disk_backup_policy", &["id"])?;
    let found = state.backup_policies.iter().find(|policy| policy.id == lookup.id());
    let policy = found.ok_or_else(ApiError::disk_backup_policy_not_found)?;
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

pub(super) fn get(state: &mut State, arguments: &Arguments) -> Answer {
    let policy = find(state, arguments)?;
    Ok(Success::ok(&PolicyAnswer { disk_backup_policy: PolicyView::whole(state, policy) }))
}

pub(super) fn update(state: &mut State, arguments: &Arguments) -> Answer {
    let policy = find(state, arguments)?;
    let wanted: PolicyArguments = arguments.optional("properties")?.unwrap_or_default();
    let (retention, schedule) = wanted.applied_to(Some(policy))?;
    let policy = BackupPolicy { retention, schedule, ..policy.clone() };
    replace(state, policy.clone());
    Ok(Success::ok(&PolicyAnswer { disk_backup_policy: PolicyView::updated(state, &policy) }))
}

/// document: the answer names no trash object.
pub(super) fn delete(state: &mut State, arguments: &Arguments) -> Answer {
    let policy = find(state, arguments)?.clone();
    state.move_to_trash(&policy.id, "DiskBackupPolicy");
    Ok(Success::ok(&PolicyAnswer { disk_backup_policy: PolicyView::deleted(&policy) }))
}

pub(super) fn schedule_deletion(state: &mut State, arguments: &Arguments) -> Answer {
    let policy = find(state, arguments)?;
    let timestamp: i64 =
        arguments.optional("timestamp")?.ok_or_else(|| ApiError::missing_argument("timestamp"))?;
    let earliest = state.clock.seconds() + LEAST_NOTICE_SECONDS;
    let at = u64::try_from(timestamp).ok().filter(|at| *at >= earliest);
    let at = at.ok_or_else(ApiError::invalid_timestamp)?;
    let policy = BackupPolicy { auto_move_to_trash_at: Some(at), ..policy.clone() };
    replace(state, policy.clone());
    Ok(Success::ok(&PolicyAnswer { disk_backup_policy: PolicyView::scheduled(state, &policy) }))
}
