//! The volumes of a server: `GET /servers/{server_id}/os-volume_attachments`, and one of them.

use serde::Deserialize;

use super::Client;
use super::endpoint::checked_id;
use crate::{ApiResponse, Request, Result};

/// A volume that is attached to a server. Which fields there are depends on the microversion.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct VolumeAttachment {
    /// The volume's id; up to microversion 2.88 it is the attachment's id, too.
    #[serde(rename = "volumeId")]
    pub volume_id: String,
    /// The server's id.
    #[serde(rename = "serverId")]
    pub server_id: Option<String>,
    /// The attachment's id in answers up to microversion 2.88: the volume's id.
    pub id: Option<String>,
    /// Where the server sees it, such as `/dev/vdb`.
    pub device: Option<String>,
    /// A text of the user's (from microversion 2.70).
    pub tag: Option<String>,
    /// Whether the volume goes with the server (from microversion 2.79).
    pub delete_on_termination: Option<bool>,
    /// The block storage's id of the attachment (from microversion 2.89). Nothing here takes it.
    pub attachment_id: Option<String>,
    /// The compute service's id of the mapping (from microversion 2.89).
    pub bdm_uuid: Option<String>,
}

/// The answer that has one attachment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct VolumeAttachmentAnswer {
    /// The attachment.
    #[serde(rename = "volumeAttachment")]
    pub volume_attachment: VolumeAttachment,
}

/// The answer that has all attachments of a server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct VolumeAttachmentList {
    /// The attachments.
    #[serde(rename = "volumeAttachments")]
    pub volume_attachments: Vec<VolumeAttachment>,
}

impl Client {
    /// Reads one attachment of a server.
    ///
    /// # Errors
    /// `OpenstackNotFound`: no such server, volume or attachment.
    pub fn get_volume_attachment(
        &self,
        server_id: &str,
        volume_id: &str,
    ) -> Result<VolumeAttachment> {
        let response = self.get_volume_attachment_response(server_id, volume_id)?;
        Ok(response.decode::<VolumeAttachmentAnswer>()?.volume_attachment)
    }

    /// [`Client::get_volume_attachment`] for callers that want the answer as it came.
    ///
    /// # Errors
    /// As [`Client::get_volume_attachment`].
    pub fn get_volume_attachment_response(
        &self,
        server_id: &str,
        volume_id: &str,
    ) -> Result<ApiResponse> {
        let request = Request::get(&path(server_id, volume_id)?);
        ApiResponse::of_answer(self.send(&request, None)?, &["volumeAttachment"])
    }

    /// Reads all attachments of a server.
    ///
    /// # Errors
    /// `OpenstackNotFound`: no such server.
    pub fn list_volume_attachments(&self, server_id: &str) -> Result<Vec<VolumeAttachment>> {
        let response = self.list_volume_attachments_response(server_id)?;
        Ok(response.decode::<VolumeAttachmentList>()?.volume_attachments)
    }

    /// [`Client::list_volume_attachments`] for callers that want the answer as it came.
    ///
    /// # Errors
    /// As [`Client::list_volume_attachments`].
    pub fn list_volume_attachments_response(&self, server_id: &str) -> Result<ApiResponse> {
        let server = checked_id("server_id", server_id)?;
        let request = Request::get(&format!("/servers/{server}/os-volume_attachments"));
        ApiResponse::of_answer(self.send(&request, None)?, &["volumeAttachments"])
    }
}

/// The path of an attachment. What the document calls the attachment's id is the volume's id
/// (captured: `attachment_id` of newer microversions is a 404 here).
pub(super) fn path(server_id: &str, volume_id: &str) -> Result<String> {
    let server = checked_id("server_id", server_id)?;
    let volume = checked_id("volume_id", volume_id)?;
    Ok(format!("/servers/{server}/os-volume_attachments/{volume}"))
}
