//! Detach a volume: `DELETE /servers/{server_id}/os-volume_attachments/{volume_id}`.

use std::time::Instant;

use http::Method;

use super::Client;
use super::volume_attachment::path;
use crate::{Error, Request, Result, Status};

/// The service has accepted to detach a volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeDetach {
    /// The compute service's id of the request (`req-…`), under which it records the action; `None`
    /// where nothing was left to detach, it was being detached already, or the answer was lost.
    pub request_id: Option<String>,
}

impl VolumeDetach {
    /// `{"request_id": …}`
    pub fn to_json(&self) -> String {
        serde_json::json!({ "request_id": self.request_id }).to_string()
    }
}

impl Client {
    /// Asks for a volume to be detached from a server. The service does it after its answer: the
    /// volume is free only when the attachment is gone, see [`Client::detach_volume_and_wait`].
    ///
    /// With `missing_ok` a volume that is not attached (404) counts as detached.
    ///
    /// # Errors
    /// `OpenstackNotFound` (no such server, volume or attachment), `OpenstackAlreadyDetaching`,
    /// `OpenstackRootDevice`, `OpenstackConflict` (the server's state does not permit it).
    pub fn detach_volume(
        &self,
        server_id: &str,
        volume_id: &str,
        missing_ok: bool,
    ) -> Result<VolumeDetach> {
        self.detach_volume_until(server_id, volume_id, missing_ok, None)
    }

    pub(super) fn detach_volume_until(
        &self,
        server_id: &str,
        volume_id: &str,
        missing_ok: bool,
        until: Option<Instant>,
    ) -> Result<VolumeDetach> {
        let request = Request::new(Method::DELETE, &path(server_id, volume_id)?);
        match self.send(&request, until) {
            Ok(answer) => Ok(VolumeDetach { request_id: answer.request_id }),
            Err(error) if missing_ok && is_gone(&error) => Ok(VolumeDetach { request_id: None }),
            Err(error) => Err(error),
        }
    }
}

/// Whether Nova itself says that there is no such attachment, volume or server. Another 404, such
/// as a wrong URL's, says nothing about the volume.
pub(super) fn is_gone(error: &Error) -> bool {
    error.status() == Status::OpenstackNotFound && error.code() == Some("itemNotFound")
}
