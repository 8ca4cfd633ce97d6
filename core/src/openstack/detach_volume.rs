//! Detach a volume: `DELETE /servers/{server_id}/os-volume_attachments/{volume_id}`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use super::absence::{self, Given};
use super::activity::{self, Activity};
use super::endpoint::checked_id;
use super::{Client, GetVolumeAttachment, Nova, error_response};
use crate::call;
use crate::transport::Until;
use crate::{Error, Operation, Response, Result, Status};

/// Asks for a volume to be detached from a server: one request, and its error is what Nova says to that.
/// [`Client::detach_volume`] finds out what a refusal means.
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
    /// With `missing_ok` a volume that is not attached counts as detached, if that is proven: the server
    /// exists, its list of attachments was read, and the volume is not in it. A server that is not found and
    /// an id that is not the volume's (an attachment's, a name, one without its hyphens or cut short) are
    /// errors, whose hint says what the id is where that can be known.
    ///
    /// Sends the DELETE once. Only after a refusal it reads besides: after a 404 the list of attachments, or,
    /// if the server is not found, the servers; after "must be 'in-use'" the server's actions and the attachment.
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
    /// `OpenstackVolumeNotAttached` (proven, as above), `OpenstackServerNotFound`, `OpenstackNotFound` (the id
    /// is not known, or not a volume's), `OpenstackAlreadyDetaching` (the server's actions show a detach that
    /// is under way), `OpenstackBadRequest` (Nova's words; also for a volume that is reserved or being
    /// attached), `OpenstackRootDevice`, `OpenstackConflict` (the server's state does not permit it).
    pub fn detach_volume(
        &self,
        server_id: &str,
        volume_id: &str,
        missing_ok: bool,
    ) -> Result<VolumeDetach> {
        let detach = DetachVolume::new(server_id, volume_id);
        let client = &self.as_one_call();
        let until = client.limit_of_a_call();
        let sent = client.send_until(&detach, until).and_then(|answer| answer.decode_in_time());
        match sent.map_err(|error| client.explained(&detach, error, until)) {
            Err(error) if missing_ok && is_absent(&error) => Ok(VolumeDetach::default()),
            other => other.map_err(|error| call::in_operation(error, &detach)),
        }
    }

    /// The error of a detach with what the server's attachments and actions tell about it.
    fn explained(&self, detach: &DetachVolume, error: Error, until: Until) -> Error {
        if absence::is_not_found(&error) {
            return absence::judged(self, detach, error, Given::Refused, until);
        }
        if !error_response::says_not_in_use(&error) {
            return error;
        }
        match activity::of(self, &detach.server_id, until) {
            Ok(Activity::Detaching(_)) => error.with_status(Status::OpenstackAlreadyDetaching),
            Ok(
                Activity::Attaching
                | Activity::JustAttached
                | Activity::Nothing
                | Activity::NotKnown,
            ) => self.unless_gone(detach, error, until),
            Err(interrupted) => interrupted.rejected(),
        }
    }

    /// A detach by others may have ended since Nova refused this one: then the error is that the volume is not
    /// attached, which Nova's word proves, since it found the attached volume by this id before.
    fn unless_gone(&self, detach: &DetachVolume, refusal: Error, until: Until) -> Error {
        let get = GetVolumeAttachment::new(&detach.server_id, &detach.volume_id);
        match self.send_until(&get, until) {
            Err(error) if is_absent(&error) => error,
            Err(error) if error.status() == Status::Interrupted => error.rejected(),
            _ => refusal,
        }
    }
}

/// Whether it is proven that the volume is not attached.
pub(super) fn is_absent(error: &Error) -> bool {
    error.status() == Status::OpenstackVolumeNotAttached
}
