//! Why nothing can be attached to a server or detached from it now.

use super::Call;
use super::answer::Fault;
use crate::state::{Deed, Server, State, new_uuid};

/// captured for a detach.
pub(super) fn check_server(server: &Server, deed: Deed, call: &Call<'_>) -> Result<(), Fault> {
    let id = &server.id;
    if server.locked {
        return Err(Fault::conflict(format!("Instance {id} is locked")));
    }
    let what = match &server.task_state {
        _ if !server.may_change_volumes(call.minor()) => format!("vm_state {}", server.vm_state),
        Some(task_state) => format!("task_state {task_state}"),
        None => return Ok(()),
    };
    let deed = deed.name();
    Err(Fault::conflict(format!("Cannot '{deed}' instance {id} while it is in {what}")))
}

/// captured: Nova asks Cinder for the volume with the client's token, and does not expect failures.
pub(super) fn check_cinder(state: &State, call: &Call<'_>, volume: &str) -> Result<(), Fault> {
    if state.conditions.cinder_down {
        return Err(Fault::unexpected("nova.exception.CinderConnectionFailed"));
    }
    if call.caller.revoked_unnoticed {
        return Err(Fault::unexpected("cinderclient.exceptions.Unauthorized"));
    }
    // captured: Nova asks for it without encoding the dots again, and gets something else.
    if volume == ".." {
        return Err(Fault::unexpected("KeyError"));
    }
    Ok(())
}

/// captured for a detach: Cinder's sentence in Nova's; the request id in it is Cinder's, not Nova's.
pub(super) fn invalid_volume(sentence: &str) -> Fault {
    Fault::bad_request(format!(
        "Invalid input received: Invalid volume: {sentence} (HTTP 400) (Request-ID: req-{})",
        new_uuid()
    ))
}

pub(super) fn no_such_volume(volume: &str) -> Fault {
    Fault::not_found(format!("Volume {volume} could not be found."))
}

pub(super) fn not_attached(server: &str, volume: &str) -> Fault {
    Fault::not_found(format!("Instance {server} is not attached to volume {volume}"))
}
