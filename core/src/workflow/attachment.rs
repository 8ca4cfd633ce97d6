//! What the workflows know of attachments.

use super::Steps;
use super::disk_view::DiskView;
use crate::{AttachmentState, DiskRef, Error, Result, UpdateDisk, VirtualMachineState};

/// Acting on a virtual machine that is on its way to one of these would race with it.
pub(super) const SETTLED: [VirtualMachineState; 2] =
    [VirtualMachineState::Started, VirtualMachineState::Stopped];

pub(super) fn set_attach_on_boot(
    steps: &mut Steps<'_, '_>,
    disk: &DiskRef,
    to: bool,
) -> Result<()> {
    let mut update = UpdateDisk::new(disk);
    update.properties.relation().attach_on_boot = Some(to);
    steps.send(&update)?;
    steps.done(format!("attach_on_boot was set to {to}"));
    Ok(())
}

/// Refuses an attachment that is on its way, has failed or is not known.
pub(super) fn unsettled(view: &DiskView, state: Option<&AttachmentState>) -> Error {
    match state {
        Some(AttachmentState::Attaching | AttachmentState::Detaching) => {
            let state = state.map_or("", AttachmentState::as_str);
            view.refused(&format!("it is {state}"), "wait until that is done, then decide again")
        }
        Some(state) => view.refused(
            &format!("the state of its attachment is {state}"),
            "look at the virtual machine, or ask the service's support",
        ),
        None => view
            .refused("the response does not say whether it is attached", "check it before you act"),
    }
}
