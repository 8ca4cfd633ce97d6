//! The volumes of a server: `GET /servers/{server_id}/os-volume_attachments`, and one of them.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use super::endpoint::checked_id;
use super::{Client, Nova};
use crate::{Operation, Response, Result};

/// A volume that is attached to a server. Which fields there are depends on the microversion.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct VolumeAttachment {
    /// The volume's id; up to microversion 2.88 it is the attachment's id, too.
    #[serde(rename = "volumeId")]
    pub volume_id: String,
    /// The server's id.
    #[serde(rename = "serverId")]
    pub server_id: Option<String>,
    /// The attachment's id in responses up to microversion 2.88: the volume's id.
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

/// The response that has one attachment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct VolumeAttachmentResponse {
    /// The attachment.
    #[serde(rename = "volumeAttachment")]
    pub volume_attachment: VolumeAttachment,
}

/// The response that has all attachments of a server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct VolumeAttachmentList {
    /// The attachments.
    #[serde(rename = "volumeAttachments")]
    pub volume_attachments: Vec<VolumeAttachment>,
}

/// Reads one attachment of a server. What the document calls the attachment's id is the volume's id
/// (captured: `attachment_id` of newer microversions is a 404 here).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetVolumeAttachment {
    /// The server's id.
    #[new(into)]
    pub server_id: String,
    /// The volume's id.
    #[new(into)]
    pub volume_id: String,
}

impl Response for VolumeAttachmentResponse {
    const KEYS: &'static [&'static str] = &["volumeAttachment"];
}

impl Operation<Nova> for GetVolumeAttachment {
    type Output = VolumeAttachmentResponse;
    const NAME: &'static str = "get_volume_attachment";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/servers/{server_id}/os-volume_attachments/{volume_id}";

    fn check(&self) -> Result<()> {
        checked_id("server_id", &self.server_id)?;
        checked_id("volume_id", &self.volume_id).map(|_| ())
    }
}

/// Reads all attachments of a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct ListVolumeAttachments {
    /// The server's id.
    #[new(into)]
    pub server_id: String,
}

impl Response for VolumeAttachmentList {
    const KEYS: &'static [&'static str] = &["volumeAttachments"];
}

impl Operation<Nova> for ListVolumeAttachments {
    type Output = VolumeAttachmentList;
    const NAME: &'static str = "list_volume_attachments";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/servers/{server_id}/os-volume_attachments";

    fn check(&self) -> Result<()> {
        checked_id("server_id", &self.server_id).map(|_| ())
    }
}

impl Client {
    /// Reads one attachment of a server.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// let server = "6d2b9c4e-3c55-4a55-8c0e-0c5d1f7e9b02";
    /// let volume = "2f1c7e1b-0f0e-4b6a-9a0e-6d1d3f6b5a11";
    /// let attachment = client.get_volume_attachment(server, volume)?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `OpenstackServerNotFound`, `OpenstackVolumeNotAttached` (what Nova says of any UUID that is not an
    /// attached volume's), `OpenstackNotFound`.
    pub fn get_volume_attachment(
        &self,
        server_id: &str,
        volume_id: &str,
    ) -> Result<VolumeAttachment> {
        let answer = self.call(&GetVolumeAttachment::new(server_id, volume_id))?;
        Ok(answer.volume_attachment)
    }

    /// Reads all attachments of a server.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// for attachment in client.list_volume_attachments("6d2b9c4e-3c55-4a55-8c0e-0c5d1f7e9b02")? {
    ///     println!("{}", attachment.volume_id);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `OpenstackServerNotFound`.
    pub fn list_volume_attachments(&self, server_id: &str) -> Result<Vec<VolumeAttachment>> {
        Ok(self.call(&ListVolumeAttachments::new(server_id))?.volume_attachments)
    }
}
