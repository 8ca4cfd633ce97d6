//! Detach a volume, and wait until it is gone.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::detach_volume::is_gone;
use super::instance_action::{GetInstanceAction, InstanceActionResponse};
use super::{
    Client, DetachVolume, GetVolumeAttachment, VolumeAttachment, VolumeAttachmentResponse,
    VolumeDetach,
};
use crate::poll::{self, Patience, Watch};
use crate::{ApiResponse, Error, Operation as _, Outcome, Result, Status, WaitOptions};

/// After this many polls, a detach whose response was lost counts as not begun.
const POLLS_AFTER_LOSS: u32 = 4;

impl Client {
    /// Detaches a volume and waits until its attachment is gone: sends the DELETE, then reads the
    /// attachment at once, after 0.5, 1, 2 s and so on, until it is not found. With `missing_ok` a
    /// volume that is not attached (404) counts as detached.
    ///
    /// While nothing changes it asks `os-instance-actions` whether the detach has failed. After an
    /// answer that was lost it reads before anything else, and never sends the DELETE twice. A
    /// volume that is being detached already is waited for; Nova answers the same for one that the
    /// block storage calls available while a server still has it, so that wait then times out.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// let server = "6d2b9c4e-3c55-4a55-8c0e-0c5d1f7e9b02";
    /// let volume = "2f1c7e1b-0f0e-4b6a-9a0e-6d1d3f6b5a11";
    /// client.detach_volume_and_wait(server, volume, false, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::detach_volume`], but `OpenstackAlreadyDetaching`; `OpenstackDetachFailed` with
    /// the request id of the detach; `TimedOut`, after which it may still happen. Once the DELETE
    /// was sent, [`Outcome::Unknown`].
    pub fn detach_volume_and_wait(
        &self,
        server_id: &str,
        volume_id: &str,
        missing_ok: bool,
        mut options: WaitOptions<'_, VolumeAttachment>,
    ) -> Result<VolumeDetach> {
        let detach = DetachVolume::new(server_id, volume_id);
        self.detach_and_wait(&detach, missing_ok, &mut options)
            .map_err(|error| error.in_operation(DetachVolume::NAME, Some(volume_id.to_owned())))
    }

    fn detach_and_wait(
        &self,
        detach: &DetachVolume,
        missing_ok: bool,
        options: &mut WaitOptions<'_, VolumeAttachment>,
    ) -> Result<VolumeDetach> {
        let patience = Patience::of(options.timeout);
        let sent = self.send_until(detach, patience.request_deadline());
        let (detach_id, lost) = match sent.and_then(|answer| answer.decode::<VolumeDetach>()) {
            // Without a request id, too: a gateway may take it away.
            Ok(VolumeDetach { request_id }) => (request_id, None),
            Err(error) if missing_ok && is_gone(&error) => return Ok(VolumeDetach::default()),
            Err(error) if error.status() == Status::OpenstackAlreadyDetaching => (None, None),
            Err(error)
                if error.outcome() == Outcome::Unknown && error.status() != Status::Interrupted =>
            {
                (None, Some(error))
            }
            Err(error) => return Err(error),
        };
        let mut watch = DetachWatch {
            client: self,
            attachment: GetVolumeAttachment::new(&detach.server_id, &detach.volume_id),
            patience,
            options,
            has_actions: detach_id.is_some(),
            detach_id,
            lost,
            failures: 0,
            is_limited: false,
        };
        poll::until_end(&mut watch, patience).map_err(|error| watch.explain(error))?;
        Ok(VolumeDetach { request_id: watch.detach_id })
    }
}

/// Polls the attachment until it is gone.
struct DetachWatch<'a, 'o> {
    client: &'a Client,
    attachment: GetVolumeAttachment,
    patience: Patience,
    options: &'a mut WaitOptions<'o, VolumeAttachment>,
    /// The request id of the DELETE, if it is known.
    detach_id: Option<String>,
    /// The error of a DELETE whose response was lost.
    lost: Option<Error>,
    /// Whether the server's list of actions can be read and has the detach.
    has_actions: bool,
    /// How many polls in a row have failed.
    failures: u32,
    /// Whether a rate limit prevented the latest poll.
    is_limited: bool,
}

/// How many polls in a row may fail.
const PASSING_FAILURES: u32 = 2;

impl Watch for DetachWatch<'_, '_> {
    type End = ();

    fn poll(&mut self, number: u32) -> Result<ControlFlow<()>> {
        let until = self.patience.request_deadline();
        let response = self.client.send_until(&self.attachment, until);
        self.is_limited = false;
        let response = match response {
            Ok(response) => response,
            Err(error) if is_gone(&error) => return Ok(ControlFlow::Break(())),
            // The limit outlasts the wait, which goes on: the limit may end earlier than it seems.
            Err(error) if is_rate_limit(&error) => {
                self.is_limited = true;
                return Ok(ControlFlow::Continue(()));
            }
            // A short outage does not end the wait.
            Err(error) if is_passing(&error) && self.failures < PASSING_FAILURES => {
                self.failures += 1;
                return Ok(ControlFlow::Continue(()));
            }
            Err(error) => return Err(may_still_happen(error)),
        };
        self.failures = 0;
        let VolumeAttachmentResponse { volume_attachment, .. } = response.decode()?;
        self.options.show(&volume_attachment, &response, "volumeAttachment")?;
        if self.has_actions && number > 1 {
            self.check_action()?;
        }
        match self.lost.take_if(|_| number >= POLLS_AFTER_LOSS) {
            Some(lost) => Err(lost.in_context("the volume is still attached")),
            None => Ok(ControlFlow::Continue(())),
        }
    }

    fn pause(&self, number: u32, _: Duration) -> Duration {
        match number {
            1 => Duration::from_millis(500),
            2 => Duration::from_secs(1),
            3..=15 => Duration::from_secs(2),
            _ => Duration::from_secs(5),
        }
    }

    fn timed_out(&self) -> Error {
        let GetVolumeAttachment { volume_id, server_id, .. } = &self.attachment;
        let seconds = self.patience.seconds();
        let seen = match self.is_limited {
            false => format!("volume {volume_id} is still attached to server {server_id}"),
            true => format!(
                "whether volume {volume_id} is still attached to server {server_id} is not known, \
                 since a rate limit prevented the last poll,"
            ),
        };
        let text = format!(
            "{seen} after {seconds} s; the detach may still happen, so check the attachment before \
             you use the volume"
        );
        Error::new(Status::TimedOut, Outcome::Unknown, text)
    }

    fn sleep_until(&self, until: Instant) -> Result<()> {
        self.client.sleep_until(until).map_err(Error::unclear)
    }
}

impl DetachWatch<'_, '_> {
    /// Whether Nova has recorded that the detach failed. Only what interrupts the wait is an error
    /// otherwise.
    fn check_action(&mut self) -> Result<()> {
        let Some(id) = &self.detach_id else { return Ok(()) };
        let action = GetInstanceAction::new(&self.attachment.server_id, id);
        let answer: Result<ApiResponse> =
            self.client.send_until(&action, self.patience.request_deadline());
        let failed = match answer {
            Ok(answer) => {
                answer.decode().ok().map(|answer: InstanceActionResponse| answer.has_failed())
            }
            Err(error) if error.status() == Status::Interrupted => {
                return Err(may_still_happen(error));
            }
            Err(error) if is_rate_limit(&error) => return Ok(()),
            Err(_) => None,
        };
        match failed {
            Some(true) => Err(self.failed(id)),
            Some(false) => Ok(()),
            None => {
                self.has_actions = false;
                Ok(())
            }
        }
    }

    fn failed(&self, request_id: &str) -> Error {
        let text = format!(
            "the detach of volume {} from server {} was accepted and has failed; the volume is \
             still attached. The compute service's log says why, under {request_id}",
            self.attachment.volume_id, self.attachment.server_id
        );
        Error::new(Status::OpenstackDetachFailed, Outcome::Unknown, text)
    }

    /// The request id of the detach is the one that an operator can look up.
    fn explain(&self, error: Error) -> Error {
        match &self.detach_id {
            Some(id) => error.with_request_id(Some(id)),
            None => error,
        }
    }
}

fn may_still_happen(error: Error) -> Error {
    error.in_context("the detach was sent and may still happen").unclear()
}

fn is_rate_limit(error: &Error) -> bool {
    error.http_status() == Some(429)
}

/// Whether a failed poll says nothing about the next one.
fn is_passing(error: &Error) -> bool {
    match error.status() {
        Status::ConnectionFailed | Status::TimedOut | Status::ServiceUnavailable => true,
        Status::OpenstackError => error.http_status().is_some_and(|status| status >= 500),
        _ => false,
    }
}
