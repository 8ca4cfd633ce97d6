//! Disks that are being built: how a list and a read show that.

use super::job::poll;
use super::listed::response_of;
use super::work::{Caller, Pending, Seen, no_effect_after};
use crate::workflow::EFFECT;
use crate::{
    DiskAndAnnotations, DiskRef, DiskState, Error, GetDisk, Outcome, Result, Status, TaskStatus,
};

/// A disk as a list shows it. Why it has failed only its task tells.
pub(super) fn listed(state: Option<&DiskState>, json: &str) -> Seen {
    match state {
        Some(DiskState::Built) => Seen::Done(response_of(json)),
        Some(DiskState::Failed) => Seen::Unclear,
        _ => Seen::NotYet,
    }
}

/// Reads the disk, and its task if that is known and the disk is not built.
pub(super) fn read(caller: &Caller<'_>, pending: &Pending) -> Result<Seen> {
    let response = caller.send(&GetDisk::new(DiskRef::by("id", pending.id.clone())))?;
    let state = response.decode_in_time::<DiskAndAnnotations>()?.into_disk().state;
    if state == Some(DiskState::Built) {
        return Ok(Seen::Done(response));
    }
    if pending.task.is_some() {
        let task = poll(caller, pending)?;
        if task.status == Some(TaskStatus::Completed) && state == Some(DiskState::NotBuilt) {
            return no_effect_after(EFFECT, &task, pending, "it is not built");
        }
    }
    match state {
        Some(DiskState::Failed) => Err(has_failed(&pending.id)),
        _ => Ok(Seen::NotYet),
    }
}

/// The error of a disk whose state is `failed`, where no task says so.
pub(super) fn has_failed(id: &str) -> Error {
    let text = format!("disk {id} could not be built; delete it before you create it again");
    Error::new(Status::TaskFailed, Outcome::Unknown, text)
}
