//! Volume attachments: list, get.

use serde::Serialize;

use super::Call;
use super::answer::{Answer, Fault};
use super::refusal::not_attached;
use crate::python_json::python_json;
use crate::state::{State, Volume};

type Result<T> = std::result::Result<T, Fault>;

/// captured: with 2.70 the tag, with 2.79 `delete_on_termination`; with 2.89 the two ids instead of
/// the old one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AttachmentView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    volume_id: &'a str,
    server_id: &'a str,
    device: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<Option<&'a str>>,
    #[serde(rename = "delete_on_termination", skip_serializing_if = "Option::is_none")]
    delete_on_termination: Option<bool>,
    #[serde(rename = "attachment_id", skip_serializing_if = "Option::is_none")]
    attachment_id: Option<&'a str>,
    #[serde(rename = "bdm_uuid", skip_serializing_if = "Option::is_none")]
    bdm_uuid: Option<&'a str>,
}

impl<'a> AttachmentView<'a> {
    /// None if the volume is not attached to this server.
    fn new(volume: &'a Volume, server: &str, minor: u32) -> Option<Self> {
        let attachment = volume.attachment_in_nova().filter(|it| it.server_id == server)?;
        Some(Self {
            id: (minor < 89).then_some(&volume.id),
            volume_id: &volume.id,
            server_id: &attachment.server_id,
            device: &attachment.device,
            tag: (minor >= 70).then_some(attachment.tag.as_deref()),
            delete_on_termination: (minor >= 79).then_some(attachment.delete_on_termination),
            attachment_id: (minor >= 89).then_some(&attachment.attachment_id),
            bdm_uuid: (minor >= 89).then_some(&attachment.bdm_uuid),
        })
    }
}

pub(super) fn list(state: &State, call: &Call<'_>) -> Result<Answer> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        volume_attachments: Vec<AttachmentView<'a>>,
    }

    let server = &call.server(state)?.id;
    let limit = call.limit()?.filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    let volume_attachments = state
        .volumes
        .iter()
        .filter_map(|volume| AttachmentView::new(volume, server, call.minor()))
        .skip(call.number("offset")?.unwrap_or(0))
        .take(limit)
        .collect();
    Ok(Answer::Ok(python_json(&Body { volume_attachments })))
}

/// captured: an attachment is there until the volume has been detached.
pub(super) fn get(state: &State, call: &Call<'_>, wanted: &str) -> Result<Answer> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        volume_attachment: AttachmentView<'a>,
    }

    let server = &call.server(state)?.id;
    let view = state.volume(wanted).and_then(|it| AttachmentView::new(it, server, call.minor()));
    let volume_attachment = view.ok_or_else(|| not_attached(server, wanted))?;
    Ok(Answer::Ok(python_json(&Body { volume_attachment })))
}
