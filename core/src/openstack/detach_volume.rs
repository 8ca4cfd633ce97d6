//! Detach a volume: `DELETE /servers/{server_id}/os-volume_attachments/{volume_id}`.

use ureq::http::Method;

use super::endpoint::checked_id;
use crate::{Request, Result};

/// Detaches a volume from a server. What the document calls the attachment's id is the volume's
/// id (captured: `attachment_id` of newer microversions is a 404 here).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DetachVolume<'a> {
    /// The server.
    pub server_id: &'a str,
    /// The volume.
    pub volume_id: &'a str,
}

/// The service has accepted to detach a volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeDetach {
    /// The compute service's id of the request (`req-…`), under which it records the action.
    pub request_id: Option<String>,
}

impl VolumeDetach {
    /// `{"request_id": …}`
    pub fn to_json(&self) -> String {
        serde_json::json!({ "request_id": self.request_id }).to_string()
    }
}

impl DetachVolume<'_> {
    pub(super) fn request(&self) -> Result<Request> {
        let server = checked_id("server_id", self.server_id)?;
        let volume = checked_id("volume_id", self.volume_id)?;
        let path = format!("/servers/{server}/os-volume_attachments/{volume}");
        Ok(Request::new(Method::DELETE, &path))
    }
}
