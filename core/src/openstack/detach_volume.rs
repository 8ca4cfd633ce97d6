//! Detach a volume: `DELETE /servers/{server_id}/os-volume_attachments/{volume_id}`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use super::endpoint::checked_id;
use super::{Client, Nova};
use crate::{Error, Operation, Response, Result, Status};

/// Asks for a volume to be detached from a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct DetachVolume {
    /// The server's id.
    #[new(into)]
    pub server_id: String,
    /// The volume's id.
    #[new(into)]
    pub volume_id: String,
}

/// The service has accepted to detach a volume.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct VolumeDetach {
    /// The compute service's id of the request (`req-…`), under which it records the action; `None`
    /// where nothing was left to detach, it was being detached already, or the response was lost.
    pub request_id: Option<String>,
}

impl VolumeDetach {
    /// `{"request_id": …}`
    pub fn to_json(&self) -> String {
        serde_json::json!({ "request_id": self.request_id }).to_string()
    }
}

impl Response for VolumeDetach {
    const KEYS: &'static [&'static str] = &["request_id"];
}

impl Operation<Nova> for DetachVolume {
    type Output = VolumeDetach;
    const NAME: &'static str = "detach_volume";
    const METHOD: Method = Method::DELETE;
    const PATH: &'static str = "/servers/{server_id}/os-volume_attachments/{volume_id}";

    fn check(&self) -> Result<()> {
        checked_id("server_id", &self.server_id)?;
        checked_id("volume_id", &self.volume_id).map(|_| ())
    }
}

impl Client {
    /// Asks for a volume to be detached from a server. The service does it after its response: the
    /// volume is free only when the attachment is gone, see [`Client::detach_volume_and_wait`].
    ///
    /// With `missing_ok` a volume that is not attached (404) counts as detached.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// let server = "6d2b9c4e-3c55-4a55-8c0e-0c5d1f7e9b02";
    /// let volume = "2f1c7e1b-0f0e-4b6a-9a0e-6d1d3f6b5a11";
    /// client.detach_volume(server, volume, false)?; // accepted, not done
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
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
        match self.call(&DetachVolume::new(server_id, volume_id)) {
            Err(error) if missing_ok && is_gone(&error) => Ok(VolumeDetach::default()),
            other => other,
        }
    }
}

/// Whether Nova itself says that there is no such attachment, volume or server. Another 404, such
/// as a wrong URL's, says nothing about the volume.
pub(super) fn is_gone(error: &Error) -> bool {
    error.status() == Status::OpenstackNotFound && error.code() == Some("itemNotFound")
}
