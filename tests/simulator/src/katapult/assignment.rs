//! Binding disks to machines (assign, unassign: at once), and connecting them (attach, detach: by a
//! task).

use super::answer::{DiskAnswer, Success};
use super::arguments::Arguments;
use super::disks::{DISK, find, find_mut};
use super::error::ApiError;
use super::virtual_machines::{self, VIRTUAL_MACHINE};
use super::{Answer, Endpoint};
use crate::state::{Change, State, VirtualMachineDisk};

pub(super) const ASSIGN: Endpoint =
    Endpoint { id: "Disks/AssignEndpoint", arguments: &[DISK, VIRTUAL_MACHINE], perform: assign };

pub(super) const UNASSIGN: Endpoint =
    Endpoint { id: "Disks/UnassignEndpoint", arguments: &[DISK], perform: unassign };

pub(super) const ATTACH: Endpoint =
    Endpoint { id: "Disks/AttachEndpoint", arguments: &[DISK], perform: attach };

pub(super) const DETACH: Endpoint =
    Endpoint { id: "Disks/DetachEndpoint", arguments: &[DISK], perform: detach };

fn assign(state: &mut State, arguments: &Arguments) -> Answer {
    find(state, arguments)?;
    let machine = virtual_machines::find(state, arguments)?;
    let (relation, owner) = (VirtualMachineDisk::new(machine), machine.organization.clone());
    let disk = find_mut(state, arguments)?;
    // Our choice: for a disk of another organization the machine does not exist.
    if disk.organization != owner {
        return Err(ApiError::virtual_machine_not_found());
    }
    if disk.virtual_machine_disk.is_some() {
        return Err(ApiError::unable_to_assign("Disk is already assigned to a virtual machine"));
    }
    disk.virtual_machine_disk = Some(relation);
    Ok(Success::ok(&DiskAnswer::bare(disk)))
}

/// recorded: a disk without relation is answered with 200, unlike by `detach`. Not recorded: a disk
/// in use; refused.
fn unassign(state: &mut State, arguments: &Arguments) -> Answer {
    let disk = find_mut(state, arguments)?;
    if disk.virtual_machine_disk.as_ref().is_some_and(VirtualMachineDisk::is_in_use) {
        return Err(ApiError::unable_to_unassign("Disk must be detached first"));
    }
    disk.virtual_machine_disk = None;
    Ok(Success::ok(&DiskAnswer::bare(disk)))
}

fn attach(state: &mut State, arguments: &Arguments) -> Answer {
    change(state, arguments, Change::Attach)
}

/// A task also starts for a disk that is detached already; not recorded.
fn detach(state: &mut State, arguments: &Arguments) -> Answer {
    change(state, arguments, Change::Detach)
}

/// recorded: the answer shows the relation as it was before the task.
fn change(state: &mut State, arguments: &Arguments, change: Change) -> Answer {
    let before = find(state, arguments)?.clone();
    if before.virtual_machine_disk.is_none() {
        return Err(ApiError::unassigned_disk());
    }
    let task = state.start_task(&before.id, change)?;
    Ok(Success::ok(&DiskAnswer::with_task(&before, task)))
}
