//! Detaching a volume, as it was captured.

use super::Call;
use super::answer::{Answer, Fault};
use super::refusal::{check_cinder, check_server, invalid_volume, no_such_volume, not_attached};
use crate::state::{Deed, RootDevice, State};

/// captured: a detach that is refused leaves no action.
pub(super) fn detach(state: &mut State, call: &Call<'_>, wanted: &str) -> Result<Answer, Fault> {
    let server = call.server(state)?;
    if !call.caller.user.may_write() {
        return Err(Fault::policy("os-volumes-attachments:delete"));
    }
    check_cinder(state, call, wanted)?;
    let volume = call.volume(state, wanted).ok_or_else(|| no_such_volume(wanted))?;
    let attachment = volume.attachment_in_nova().filter(|it| it.server_id == server.id);
    let attachment = attachment.ok_or_else(|| not_attached(&server.id, wanted))?;
    if attachment.is_root {
        return Err(root_refusal(state.conditions.root_device));
    }
    check_server(server, Deed::DetachVolume, call)?;
    if server.compute_down {
        return Err(Fault::conflict("Service is unavailable at this time.".into()));
    }
    if !volume.is_in_use() {
        let Fault { message, .. } = invalid_volume(
            "Unable to detach volume. Volume status must be 'in-use' and attach_status must be \
             'attached' to detach.",
        );
        return Err(Fault::bad_request(format!("Invalid volume: {message}")));
    }
    let server_id = server.id.clone();
    state.start_detaching(wanted, call.request_id);
    state.start_action(&call.caller, Deed::DetachVolume, &server_id, call.request_id);
    Ok(Answer::Accepted)
}

fn root_refusal(root_device: RootDevice) -> Fault {
    match root_device {
        RootDevice::BadRequest => Fault::bad_request("Cannot detach a root device volume".into()),
        // Not captured: the document's words.
        RootDevice::Forbidden => Fault::forbidden("Can't detach root device volume".into()),
    }
}
