//! Detach a volume, and wait until it is gone.

use std::time::{Duration, Instant};

use serde::Deserialize;

use super::detach_volume::is_gone;
use super::endpoint::checked_id;
use super::volume_attachment::path;
use super::{Client, VolumeAttachment, VolumeAttachmentAnswer, VolumeDetach};
use crate::poll::next_poll;
use crate::transport::deadline_after;
use crate::{ApiResponse, Client as KatapultClient, Error, Outcome, Request, Result, Status};

/// How to wait for a volume to be gone.
pub struct DetachOptions<'a> {
    /// Whether a volume that is not attached counts as detached.
    pub missing_ok: bool,
    /// When to give up; `None` is never, zero is to look once. 10 minutes by default.
    pub timeout: Option<Duration>,
    /// Called after each look that still finds the volume attached.
    pub progress: Option<&'a mut DetachProgressHook<'a>>,
}

/// Sees the attachment after each look; an error ends the wait with it (the detach goes on).
pub type DetachProgressHook<'a> = dyn FnMut(&VolumeAttachment) -> Result<()> + 'a;

impl Default for DetachOptions<'_> {
    fn default() -> Self {
        let timeout = Some(KatapultClient::DEFAULT_WAIT);
        DetachOptions { missing_ok: false, timeout, progress: None }
    }
}

/// After how many looks a detach whose answer was lost counts as not begun.
const LOOKS_AFTER_LOSS: u32 = 4;

impl Client {
    /// Detaches a volume and waits until its attachment is gone: sends the DELETE, then reads the
    /// attachment at once, after 0.5, 1, 2 s and so on, until it is not found.
    ///
    /// While nothing changes it asks `os-instance-actions` whether the detach has failed. After an
    /// answer that was lost it reads before anything else, and never sends the DELETE twice. A
    /// volume that is being detached already is waited for; Nova answers the same for one that the
    /// block storage calls available while a server still has it, so then the wait is in vain.
    ///
    /// # Errors
    /// As [`Client::detach_volume`], but `OpenstackAlreadyDetaching`; `OpenstackDetachFailed` with
    /// the request id of the detach; `TimedOut`, after which it may still happen. Once the DELETE
    /// was sent, [`Outcome::Unknown`].
    pub fn detach_volume_and_wait(
        &self,
        server_id: &str,
        volume_id: &str,
        options: DetachOptions<'_>,
    ) -> Result<VolumeDetach> {
        let mut progress = options.progress;
        let mut seen = |_: &ApiResponse, attachment: &VolumeAttachment| match &mut progress {
            Some(progress) => progress(attachment),
            None => Ok(()),
        };
        let DetachOptions { missing_ok, timeout, .. } = options;
        self.detach_volume_and_wait_seen(server_id, volume_id, missing_ok, timeout, &mut seen)
    }

    /// [`Client::detach_volume_and_wait`] for callers that want what it sees as it came.
    ///
    /// # Errors
    /// As [`Client::detach_volume_and_wait`].
    pub fn detach_volume_and_wait_seen(
        &self,
        server_id: &str,
        volume_id: &str,
        missing_ok: bool,
        timeout: Option<Duration>,
        progress: &mut dyn FnMut(&ApiResponse, &VolumeAttachment) -> Result<()>,
    ) -> Result<VolumeDetach> {
        let deadline = deadline_after(timeout);
        let wait = Wait { client: self, server_id, volume_id, timeout, deadline };
        match self.detach_volume_until(server_id, volume_id, missing_ok, wait.limit()) {
            Ok(None) => Ok(VolumeDetach { request_id: None }),
            // Without a request id, too: a gateway may take it away.
            Ok(Some(detach)) => {
                wait.until_gone(detach.request_id.as_deref(), None, progress)?;
                Ok(detach)
            }
            Err(error) if error.status() == Status::OpenstackAlreadyDetaching => {
                wait.until_gone(None, None, progress)?;
                Ok(VolumeDetach { request_id: None })
            }
            Err(error)
                if error.outcome() == Outcome::Unknown && error.status() != Status::Interrupted =>
            {
                wait.until_gone(None, Some(error), progress)?;
                Ok(VolumeDetach { request_id: None })
            }
            Err(error) => Err(error),
        }
    }
}

struct Wait<'a> {
    client: &'a Client,
    server_id: &'a str,
    volume_id: &'a str,
    timeout: Option<Duration>,
    deadline: Option<Instant>,
}

impl Wait<'_> {
    /// Looks until the attachment is gone. `lost` is what became of a DELETE without an answer.
    fn until_gone(
        &self,
        request_id: Option<&str>,
        lost: Option<Error>,
        progress: &mut dyn FnMut(&ApiResponse, &VolumeAttachment) -> Result<()>,
    ) -> Result<()> {
        let after = |error: Error| {
            let error = error.in_context("the detach was sent and may still happen").unclear();
            if request_id.is_some() { error.with_request_id(request_id) } else { error }
        };
        let mut actions_speak = request_id.is_some();
        let mut failures = 0;
        for look in 1u32.. {
            let response = match self.look() {
                Ok(Some(response)) => response,
                Ok(None) => return Ok(()),
                // A service that is away for a moment ends no wait.
                Err(error) if is_passing(&error) && failures < PASSING_FAILURES => {
                    failures += 1;
                    self.pause(look, request_id).map_err(Error::unclear)?;
                    continue;
                }
                Err(error) => return Err(after(error)),
            };
            failures = 0;
            let answer: VolumeAttachmentAnswer = response.decode()?;
            let stopped = |error: Error| error.with_request_id(request_id);
            progress(&response, &answer.volume_attachment).map_err(stopped)?;
            if let Some(request_id) = request_id.filter(|_| actions_speak && look > 1) {
                match self.has_failed(request_id).map_err(after)? {
                    Some(true) => return Err(self.failed(request_id)),
                    Some(false) => {}
                    None => actions_speak = false,
                }
            }
            if look >= LOOKS_AFTER_LOSS {
                if let Some(lost) = lost {
                    return Err(lost.in_context("the volume is still attached"));
                }
            }
            self.pause(look, request_id).map_err(Error::unclear)?;
        }
        Ok(())
    }

    /// The attachment, unless it is gone.
    fn look(&self) -> Result<Option<ApiResponse>> {
        let request = Request::get(&path(self.server_id, self.volume_id)?);
        match self.client.send(&request, self.limit()) {
            Ok(answer) => ApiResponse::of_answer(answer, &["volumeAttachment"]).map(Some),
            Err(error) if is_gone(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether Nova has recorded that the detach failed; `None` if it does not say.
    ///
    /// # Errors
    /// Only what interrupts the wait.
    fn has_failed(&self, request_id: &str) -> Result<Option<bool>> {
        #[derive(Deserialize)]
        struct ActionAnswer {
            #[serde(rename = "instanceAction")]
            action: Action,
        }
        #[derive(Deserialize)]
        struct Action {
            message: Option<String>,
            events: Option<Vec<Event>>,
        }
        #[derive(Deserialize)]
        struct Event {
            result: Option<String>,
        }
        let server = checked_id("server_id", self.server_id)?;
        let Ok(id) = checked_id("request id", request_id) else { return Ok(None) };
        let request = Request::get(&format!("/servers/{server}/os-instance-actions/{id}"));
        let answer = match self.client.send(&request, self.limit()) {
            Ok(answer) => answer,
            Err(error) if error.status() == Status::Interrupted => return Err(error),
            Err(_) => return Ok(None),
        };
        let Ok(ActionAnswer { action }) = serde_json::from_slice(&answer.body) else {
            return Ok(None);
        };
        let is_error = |text: &Option<String>| text.as_deref() == Some("Error");
        let events = action.events.unwrap_or_default();
        let failed =
            is_error(&action.message) || events.iter().any(|event| is_error(&event.result));
        Ok(Some(failed))
    }

    fn failed(&self, request_id: &str) -> Error {
        let text = format!(
            "the detach of volume {} from server {} was accepted and has failed; the volume is \
             still attached. The compute service's log says why, under {request_id}",
            self.volume_id, self.server_id
        );
        Error::new(Status::OpenstackDetachFailed, Outcome::Unknown, text)
            .with_request_id(Some(request_id))
    }

    fn pause(&self, look: u32, request_id: Option<&str>) -> Result<()> {
        let length = match look {
            1 => Duration::from_millis(500),
            2 => Duration::from_secs(1),
            3..=15 => Duration::from_secs(2),
            _ => Duration::from_secs(5),
        };
        match next_poll(length, self.deadline) {
            Some(next) => self.client.sleep_until(next),
            None => {
                self.client.sleep_until(self.deadline.unwrap_or_else(Instant::now))?;
                Err(self.timed_out(request_id))
            }
        }
    }

    fn timed_out(&self, request_id: Option<&str>) -> Error {
        let seconds = self.timeout.unwrap_or_default().as_secs_f64();
        let text = format!(
            "volume {} is still attached to server {} after {seconds} s; the detach may still \
             happen, so look at the attachment before you use the volume",
            self.volume_id, self.server_id
        );
        Error::new(Status::TimedOut, Outcome::Unknown, text).with_request_id(request_id)
    }

    /// With no time at all there is still one look, which takes what a request may take.
    fn limit(&self) -> Option<Instant> {
        self.deadline.filter(|_| self.timeout != Some(Duration::ZERO))
    }
}

/// How many looks in a row may fail.
const PASSING_FAILURES: u32 = 2;

/// Whether a failed look says nothing about the next one.
fn is_passing(error: &Error) -> bool {
    match error.status() {
        Status::ConnectionFailed | Status::TimedOut | Status::ServiceUnavailable => true,
        Status::OpenstackError => error.http_status().is_some_and(|status| status >= 500),
        _ => false,
    }
}
