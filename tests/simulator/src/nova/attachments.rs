//! Volume attachments: list, get, delete (which is detaching the volume).

use serde::Serialize;

use super::Call;
use super::answer::{Answer, Fault};
use crate::python_json::python_json;
use crate::state::{Attachment, RootDevice, Server, State, Volume, new_uuid};

type Result<T> = std::result::Result<T, Fault>;

/// captured: with 2.70 the tag, with 2.79 `delete_on_termination`; with 2.89 the two ids instead of
/// the old one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AttachmentView {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'static str>,
    volume_id: &'static str,
    server_id: &'static str,
    device: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<Option<&'static str>>,
    #[serde(rename = "delete_on_termination", skip_serializing_if = "Option::is_none")]
    delete_on_termination: Option<bool>,
    #[serde(rename = "attachment_id", skip_serializing_if = "Option::is_none")]
    attachment_id: Option<&'static str>,
    #[serde(rename = "bdm_uuid", skip_serializing_if = "Option::is_none")]
    bdm_uuid: Option<&'static str>,
}

impl AttachmentView {
    fn new(attachment: &Attachment, minor: u32) -> Self {
        Self {
            id: (minor < 89).then_some(attachment.volume_id),
            volume_id: attachment.volume_id,
            server_id: attachment.server_id,
            device: attachment.device,
            tag: (minor >= 70).then_some(None),
            delete_on_termination: (minor >= 79).then_some(false),
            attachment_id: (minor >= 89).then_some(attachment.attachment_id),
            bdm_uuid: (minor >= 89).then_some(attachment.bdm_uuid),
        }
    }
}

pub(super) fn list(state: &State, call: &Call<'_>) -> Result<Answer> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body {
        volume_attachments: Vec<AttachmentView>,
    }

    let server = call.server(state)?.id;
    let volume_attachments = state
        .volumes
        .iter()
        .filter(|volume| volume.attached && volume.attachment.server_id == server)
        .map(|volume| AttachmentView::new(&volume.attachment, call.minor()))
        .collect();
    Ok(Answer::Ok(python_json(&Body { volume_attachments })))
}

/// captured: an attachment is there until the volume has been detached.
pub(super) fn get(state: &State, call: &Call<'_>, wanted: &str) -> Result<Answer> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body {
        volume_attachment: AttachmentView,
    }

    let server = call.server(state)?.id;
    let volume = state.volumes.iter().find(|volume| volume.attachment.volume_id == wanted);
    match volume.filter(|volume| volume.attached && volume.attachment.server_id == server) {
        Some(volume) => {
            let volume_attachment = AttachmentView::new(&volume.attachment, call.minor());
            Ok(Answer::Ok(python_json(&Body { volume_attachment })))
        }
        None => Err(not_attached(server, wanted)),
    }
}

/// captured: a detach that is refused leaves no action.
pub(super) fn delete(state: &mut State, call: &Call<'_>, wanted: &str) -> Result<Answer> {
    let server = call.server(state)?;
    let (server_id, refusal) = (server.id, refusal(server, call));
    if !call.caller.user.may_write() {
        return Err(Fault::policy("os-volumes-attachments:delete"));
    }
    check_cinder(state, call, wanted)?;
    let has_volume = call.has_volume(state, wanted);
    let root_device = state.conditions.root_device;
    let now = state.clock.now();
    let volume = state
        .volumes
        .iter_mut()
        .find(|volume| volume.attachment.volume_id == wanted && has_volume)
        .ok_or_else(|| Fault::not_found(format!("Volume {wanted} could not be found.")))?;
    if !volume.attached || volume.attachment.server_id != server_id {
        return Err(not_attached(server_id, wanted));
    }
    if volume.attachment.is_root {
        return Err(root_refusal(root_device));
    }
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    check_status(volume)?;
    volume.start_detaching(now, call.request_id);
    state.start_detach_action(&call.caller, server_id, call.request_id);
    Ok(Answer::Accepted)
}

/// captured: Nova asks Cinder for the volume with the client's token, and does not expect failures.
fn check_cinder(state: &State, call: &Call<'_>, volume: &str) -> Result<()> {
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

fn check_status(volume: &Volume) -> Result<()> {
    if volume.is_in_use() {
        return Ok(());
    }
    // captured: the request id in the sentence is Cinder's, not Nova's.
    Err(Fault::bad_request(format!(
        "Invalid volume: Invalid input received: Invalid volume: Unable to detach volume. \
         Volume status must be 'in-use' and attach_status must be 'attached' to detach. \
         (HTTP 400) (Request-ID: req-{})",
        new_uuid()
    )))
}

fn root_refusal(root_device: RootDevice) -> Fault {
    match root_device {
        RootDevice::BadRequest => Fault::bad_request("Cannot detach a root device volume".into()),
        // Not captured: the document's words.
        RootDevice::Forbidden => Fault::forbidden("Can't detach root device volume".into()),
    }
}

fn not_attached(server: &str, volume: &str) -> Fault {
    Fault::not_found(format!("Instance {server} is not attached to volume {volume}"))
}

/// Why nothing can be detached from this server now.
fn refusal(server: &Server, call: &Call<'_>) -> Option<Fault> {
    let id = server.id;
    if server.locked {
        return Some(Fault::conflict(format!("Instance {id} is locked")));
    }
    let possible = match server.vm_state.as_str() {
        "active" | "paused" | "stopped" | "resized" | "soft-delete" => true,
        "shelved" | "shelved_offloaded" => call.minor() >= 20,
        _ => false,
    };
    let what = match &server.task_state {
        _ if !possible => format!("vm_state {}", server.vm_state),
        Some(task_state) => format!("task_state {task_state}"),
        None if server.compute_down => {
            return Some(Fault::conflict("Service is unavailable at this time.".into()));
        }
        None => return None,
    };
    Some(Fault::conflict(format!("Cannot 'detach_volume' instance {id} while it is in {what}")))
}
