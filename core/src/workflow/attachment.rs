//! What the workflows know of attachments.

use super::Steps;
use super::disk_view::DiskView;
use crate::{
    AttachmentState, DiskArguments, Error, Lookup, Result, UpdateDisk, VirtualMachineState,
};

/// Acting on a virtual machine that is on its way to one of these would race with it.
pub(super) const SETTLED: [VirtualMachineState; 2] =
    [VirtualMachineState::Started, VirtualMachineState::Stopped];

pub(super) fn set_attach_on_boot(steps: &mut Steps<'_>, disk: &Lookup, to: bool) -> Result<()> {
    let properties = DiskArguments { attach_on_boot: Some(to), ..DiskArguments::default() };
    steps.send(&UpdateDisk { properties, ..UpdateDisk::new(disk.clone()) })?;
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
            .refused("the answer does not say whether it is attached", "look at it before you act"),
    }
}
