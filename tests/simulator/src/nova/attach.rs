//! Attaching a volume. Not captured: Nova's source tells the order of the checks and their words.

use serde_json::{Value, json};

use super::Call;
use super::answer::{Answer, Fault};
use super::refusal::{check_cinder, check_server, invalid_volume, no_such_volume};
use super::request_body::Schema;
use crate::python_json::python_json;
use crate::state::{Attach, Deed, State, VolumeStatus};

type Result<T> = std::result::Result<T, Fault>;

pub(super) fn attach(state: &mut State, call: &Call<'_>, body: &Value) -> Result<Answer> {
    let minor = call.minor();
    let members: &[&str] = match minor {
        ..49 => &["device"],
        49..79 => &["device", "tag"],
        _ => &["device", "tag", "delete_on_termination"],
    };
    let wanted = Schema { members, is_lax: call.version.is_none() }.attachment(body)?;
    let server = call.server(state)?;
    if !call.caller.user.may_write() {
        return Err(Fault::policy("os-volumes-attachments:create"));
    }
    check_server(server, Deed::AttachVolume, call)?;
    check_cinder(state, call, &wanted.volume_id)?;
    check_volume(state, call, &server.id, &wanted.volume_id)?;
    if server.compute_down {
        // Nova asks the host for the device's name, and waits for it in vain.
        return Err(Fault::unexpected("oslo_messaging.exceptions.MessagingTimeout"));
    }
    let server_id = server.id.clone();
    let letters = match wanted.device {
        None => state.free_letters(&server_id),
        Some(letters) if state.is_device_used(&server_id, &letters) => {
            let message = format!("The supplied device path (/dev/sd{letters}) is in use.");
            return Err(Fault::conflict(message));
        }
        Some(letters) => letters,
    };
    check_status(state, &wanted.volume_id)?;

    let delete_on_termination = wanted.delete_on_termination.unwrap_or_default();
    let mut view = json!({
        "id": wanted.volume_id,
        "serverId": server_id,
        "volumeId": wanted.volume_id,
        "device": format!("/dev/sd{letters}"),
    });
    if minor >= 70 {
        view["tag"] = json!(wanted.tag);
    }
    if minor >= 79 {
        view["delete_on_termination"] = json!(delete_on_termination);
    }
    let attach =
        Attach { server_id: server_id.clone(), letters, tag: wanted.tag, delete_on_termination };
    state.start_attaching(&wanted.volume_id, attach, call.request_id);
    state.start_action(&call.caller, Deed::AttachVolume, &server_id, call.request_id);
    Ok(Answer::Ok(python_json(&json!({ "volumeAttachment": view }))))
}

fn check_volume(state: &State, call: &Call<'_>, server: &str, id: &str) -> Result<()> {
    let volume = call.volume(state, id).ok_or_else(|| no_such_volume(id))?;
    if volume.is_attached_to(server) {
        let message = format!("Invalid volume: volume {id} already attached");
        return Err(Fault::bad_request(message));
    }
    Ok(())
}

fn check_status(state: &State, id: &str) -> Result<()> {
    match state.volume(id).map(|volume| volume.status()) {
        Some(VolumeStatus::Available) => Ok(()),
        status => {
            let status = status.map_or("deleted", VolumeStatus::name);
            Err(invalid_volume(&format!(
                "Volume {id} status must be available or downloading to reserve, but the current \
                 status is {status}."
            )))
        }
    }
}
