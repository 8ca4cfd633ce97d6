//! The changes that lead a disk to a state: one request each, and the wait for its task.

use std::fmt;

use super::Steps;
use super::disk_view::DiskView;
use crate::katapult::hint;
use crate::{
    ApiResponse, AssignDisk, AttachDisk, DetachDisk, DiskRef, Error, ResizeDisk, ResizeMethod,
    Result, UnassignDisk, UpdateDisk, VirtualMachineRef,
};

/// A change of a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    SetAttachOnBoot(bool),
    AssignTo(VirtualMachineRef),
    Attach,
    Detach,
    Unassign,
    Resize { size_in_gb: u64, method: ResizeMethod },
}

impl Change {
    /// Performs it, and waits for its task. The disk as the response shows it, where that shows the
    /// change (recorded); it is no proof of it.
    pub(super) fn perform(
        &self,
        steps: &mut Steps<'_, '_>,
        disk: &DiskRef,
    ) -> Result<Option<DiskView>> {
        let response = match self {
            Change::SetAttachOnBoot(on) => {
                let mut update = UpdateDisk::new(disk);
                update.properties.relation().attach_on_boot = Some(*on);
                let response = steps.send(&update)?;
                steps.done(format!("attach_on_boot was set to {on}"));
                response
            }
            Change::AssignTo(virtual_machine) => {
                let response = steps.send(&AssignDisk::new(disk, virtual_machine))?;
                steps.done("the disk was assigned");
                response
            }
            Change::Unassign => {
                steps.send(&UnassignDisk::new(disk))?;
                steps.done("the disk was unassigned");
                return Ok(None);
            }
            Change::Attach => {
                steps.start_and_wait(&AttachDisk::new(disk))?;
                return Ok(None);
            }
            Change::Detach => {
                steps.start_and_wait(&DetachDisk::new(disk))?;
                return Ok(None);
            }
            Change::Resize { size_in_gb, method } => {
                steps.start_and_wait(&resize(disk, *size_in_gb, *method))?;
                return Ok(None);
            }
        };
        DiskView::read(response).map(Some)
    }

    /// Starts a resize, and does not wait for its task.
    pub(super) fn start(&self, steps: &Steps<'_, '_>, disk: &DiskRef) -> Result<ApiResponse> {
        match self {
            Change::Resize { size_in_gb, method } => {
                steps.send(&resize(disk, *size_in_gb, *method))
            }
            _ => Err(Error::internal(format!("a change that is no resize: {self}"))),
        }
    }

    /// What may help when the disk does not show it.
    pub(super) fn hint_without_effect(&self, view: &DiskView) -> Option<String> {
        match self {
            Change::Resize { size_in_gb, .. } => hint::of_size(view.disk.size_in_gb, *size_in_gb),
            _ => None,
        }
    }

    /// Whether acting on a disk that is not as it was seen last could lose data.
    pub(super) fn needs_certainty(&self) -> bool {
        *self == Change::Unassign
    }
}

fn resize(disk: &DiskRef, size_in_gb: u64, method: ResizeMethod) -> ResizeDisk {
    ResizeDisk { disk: disk.clone(), size_in_gb, method: Some(method) }
}

/// What the disk is afterwards, in words.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::SetAttachOnBoot(on) => write!(f, "set to attach_on_boot {on}"),
            Change::AssignTo(machine) => write!(f, "assigned to {}", machine.value()),
            Change::Attach => f.write_str("attached"),
            Change::Detach => f.write_str("detached"),
            Change::Unassign => f.write_str("unassigned"),
            Change::Resize { size_in_gb, .. } => write!(f, "{size_in_gb} GB large"),
        }
    }
}
