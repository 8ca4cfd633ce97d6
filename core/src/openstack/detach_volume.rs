//! Detach a volume: `DELETE /servers/{server_id}/os-volume_attachments/{volume_id}`.

use std::time::Instant;

use serde::de::IgnoredAny;
use ureq::http::Method;

use super::Client;
use super::volume_attachment::path;
use crate::katapult::error_response::excerpt;
use crate::transport::HttpResponse;
use crate::{Error, Outcome, Request, Result, Status};

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
        let detach = self.detach_volume_until(server_id, volume_id, missing_ok, None)?;
        Ok(detach.unwrap_or(VolumeDetach { request_id: None }))
    }

    /// `None` if nothing is there to detach.
    pub(super) fn detach_volume_until(
        &self,
        server_id: &str,
        volume_id: &str,
        missing_ok: bool,
        until: Option<Instant>,
    ) -> Result<Option<VolumeDetach>> {
        let request = Request::new(Method::DELETE, &path(server_id, volume_id)?);
        match self.send(&request, until) {
            Ok(answer) if is_accepted(&answer) => {
                Ok(Some(VolumeDetach { request_id: answer.request_id }))
            }
            Ok(answer) => Err(not_novas(&answer)),
            Err(error) if missing_ok && is_gone(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// 202 without a page is what Nova says (document, captured). Another success is somebody else's, a
/// captive portal's for instance, and the volume is still attached.
fn is_accepted(answer: &HttpResponse) -> bool {
    let is_json = || serde_json::from_slice::<IgnoredAny>(&answer.body).is_ok();
    answer.status == 202 && (answer.body.trim_ascii().is_empty() || is_json())
}

fn not_novas(answer: &HttpResponse) -> Error {
    let start = excerpt(&answer.body);
    let text = format!(
        "HTTP {} is not how Nova accepts a detach; look whether it happened before you repeat it: {start}",
        answer.status
    );
    Error::new(Status::InvalidResponse, Outcome::Unknown, text)
        .with_answer(answer.status, answer.request_id.as_deref())
}

/// Whether Nova itself says that there is no such attachment, volume or server. Another 404, such
/// as a wrong URL's, says nothing about the volume.
pub(super) fn is_gone(error: &Error) -> bool {
    error.status() == Status::OpenstackNotFound && error.code() == Some("itemNotFound")
}
