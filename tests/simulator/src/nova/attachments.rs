//! Volume attachments: list, get, delete (which is detaching the volume).

use serde::Serialize;

use super::Target;
use super::answer::{Answer, Fault, python_json};
use super::microversion::Microversion;
use crate::state::{Attachment, Server, State, new_uuid};

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
    fn new(attachment: &Attachment, version: Option<Microversion>) -> Self {
        let minor = version.map_or(1, |version| version.minor);
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

pub(super) fn list(
    state: &mut State,
    target: &Target,
    version: Option<Microversion>,
) -> Result<Answer> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body {
        volume_attachments: Vec<AttachmentView>,
    }

    let server = find_server(state, target)?.id;
    let volume_attachments = state
        .volumes
        .iter()
        .filter(|volume| volume.attached && volume.attachment.server_id == server)
        .map(|volume| AttachmentView::new(&volume.attachment, version))
        .collect();
    Ok(Answer::Ok(python_json(&Body { volume_attachments })))
}

/// captured: an attachment is there until the volume has been detached.
pub(super) fn get(
    state: &mut State,
    target: &Target,
    version: Option<Microversion>,
) -> Result<Answer> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body {
        volume_attachment: AttachmentView,
    }

    let server = find_server(state, target)?.id;
    let wanted = target.volume.as_deref().unwrap_or_default();
    let volume = state.volumes.iter().find(|volume| volume.attachment.volume_id == wanted);
    match volume.filter(|volume| volume.attached && volume.attachment.server_id == server) {
        Some(volume) => {
            let volume_attachment = AttachmentView::new(&volume.attachment, version);
            Ok(Answer::Ok(python_json(&Body { volume_attachment })))
        }
        None => Err(not_attached(server, wanted)),
    }
}

pub(super) fn delete(
    state: &mut State,
    target: &Target,
    version: Option<Microversion>,
) -> Result<Answer> {
    let now = state.clock.now();
    let server = find_server(state, target)?;
    let (server_id, refusal) = (server.id, refusal(server, version));
    let wanted = target.volume.as_deref().unwrap_or_default();
    let volume = state
        .volumes
        .iter_mut()
        .find(|volume| volume.attachment.volume_id == wanted)
        .ok_or_else(|| Fault::not_found(format!("Volume {wanted} could not be found.")))?;
    if !volume.attached || volume.attachment.server_id != server_id {
        return Err(not_attached(server_id, wanted));
    }
    if volume.attachment.is_root {
        return Err(Fault::bad_request("Cannot detach a root device volume".into()));
    }
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    if volume.is_detaching() {
        // captured: the request id in the sentence is Cinder's, not Nova's.
        return Err(Fault::bad_request(format!(
            "Invalid volume: Invalid input received: Invalid volume: Unable to detach volume. \
             Volume status must be 'in-use' and attach_status must be 'attached' to detach. \
             (HTTP 400) (Request-ID: req-{})",
            new_uuid()
        )));
    }
    volume.start_detaching(now);
    Ok(Answer::Accepted)
}

fn find_server<'a>(state: &'a State, target: &Target) -> Result<&'a Server> {
    let wanted = &target.server;
    state
        .servers
        .iter()
        .find(|server| server.id == wanted)
        .ok_or_else(|| Fault::not_found(format!("Instance {wanted} could not be found.")))
}

fn not_attached(server: &str, volume: &str) -> Fault {
    Fault::not_found(format!("Instance {server} is not attached to volume {volume}"))
}

/// Why nothing can be detached from this server now.
fn refusal(server: &Server, version: Option<Microversion>) -> Option<Fault> {
    let id = server.id;
    if server.locked {
        return Some(Fault::conflict(format!("Instance {id} is locked")));
    }
    let possible = match server.vm_state.as_str() {
        "active" | "paused" | "stopped" | "resized" | "soft-delete" => true,
        "shelved" | "shelved_offloaded" => version.is_some_and(|version| version.minor >= 20),
        _ => false,
    };
    let what = if !possible {
        format!("vm_state {}", server.vm_state)
    } else {
        format!("task_state {}", server.task_state.as_ref()?)
    };
    Some(Fault::conflict(format!("Cannot 'detach_volume' instance {id} while it is in {what}")))
}
