//! What the workflows know of attachments and of virtual machines.

use super::disk_view::DiskView;
use super::reach::{Decision, Obstacle};
use crate::{AttachmentState, VirtualMachine, VirtualMachineState};

/// Acting on a virtual machine that is on its way to one of these would race with it.
pub(super) const SETTLED: [VirtualMachineState; 2] =
    [VirtualMachineState::Started, VirtualMachineState::Stopped];

/// Whether the disk is attached, as long as it is clear.
pub(super) fn is_attached(view: &DiskView) -> Decision<bool> {
    match view.attachment() {
        Some(AttachmentState::Attached) => Ok(true),
        Some(AttachmentState::Detached) => Ok(false),
        Some(state @ (AttachmentState::Attaching | AttachmentState::Detaching)) => {
            let reason = format!("it is {}", state.as_str());
            let advice = "wait until that is done, then decide again";
            Err(Obstacle::Passing(view.refused(&reason, advice)))
        }
        Some(state) => Err(Obstacle::Lasting(view.refused(
            &format!("the state of its attachment is {state}"),
            "look at the virtual machine, or ask the service's support",
        ))),
        None => Err(Obstacle::Lasting(view.refused(
            "the response does not say whether it is attached",
            "check it before you act",
        ))),
    }
}

/// Holds up unless the virtual machine is in one of these states.
pub(super) fn require_state(
    view: &DiskView,
    machine: &VirtualMachine,
    wanted: &[VirtualMachineState],
) -> Decision<()> {
    use VirtualMachineState as State;
    let state = machine.state.as_ref();
    if state.is_some_and(|state| wanted.contains(state)) {
        return Ok(());
    }
    let words: Vec<&str> = wanted.iter().map(State::as_str).collect();
    let state_now = state.map_or("in an unknown state", State::as_str);
    let refused = view.refused(
        &format!("its virtual machine {} is {state_now}", machine.id),
        &format!("wait until that is {}", words.join(" or ")),
    );
    Err(match state {
        None | Some(State::Failed | State::Orphaned) => Obstacle::Lasting(refused),
        Some(_) => Obstacle::Passing(refused),
    })
}
