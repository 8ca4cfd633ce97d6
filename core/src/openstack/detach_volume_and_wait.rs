//! Detach a volume, and wait until it is gone.

use std::time::{Duration, Instant};

use super::absence::{self, Given};
use super::activity::{self, Activity};
use super::detach_volume::is_absent;
use super::detach_watch::{Begun, DetachWatch};
use super::error_response::{says_busy, says_not_in_use};
use super::{Client, DetachVolume, VolumeAttachment, VolumeDetach};
use crate::poll::{self, Patience};
use crate::{Error, Operation as _, Outcome, Result, Status, WaitOptions};

/// How long before the end of the time a rejected DELETE is repeated for the last time.
const LAST_REQUEST: Duration = Duration::from_secs(1);

impl Client {
    /// Detaches a volume and waits until its attachment is gone: sends the DELETE, then reads the
    /// attachment at once, after 0.5, 1, 2 s and so on, until Nova says that the volume is not attached.
    /// `missing_ok` is as for [`Client::detach_volume`].
    ///
    /// While nothing changes it asks `os-instance-actions` whether the detach has failed. After an answer that
    /// was lost it reads before anything else, and never sends the DELETE again; what it finds gone then must
    /// be missing in the server's list of attachments, too.
    ///
    /// Nova refuses a volume that is not in use. If the server's actions show a detach under way, that is
    /// waited for, until none is; the volume that is still attached then is an error with Nova's words. If they
    /// show an attach under way, and while the server is busy (409, `task_state`), the DELETE is repeated after
    /// 2 s and every 5 s within the timeout, since it was rejected; once and at once, if they show an attach that
    /// has just ended. Else Nova's words are the error at once: a reserved volume stays what it is.
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
    /// the request id of the detach; `TimedOut`, after which it may still happen;
    /// `OpenstackServerNotFound` with an unknown outcome if the server disappears meanwhile. Once the DELETE
    /// was accepted, or its answer lost, [`Outcome::Unknown`].
    pub fn detach_volume_and_wait(
        &self,
        server_id: &str,
        volume_id: &str,
        missing_ok: bool,
        mut options: WaitOptions<'_, VolumeAttachment>,
    ) -> Result<VolumeDetach> {
        let detach = DetachVolume::new(server_id, volume_id);
        match self.as_one_call().detach_and_wait(&detach, &mut options) {
            Err(error) if missing_ok && is_absent(&error) => Ok(VolumeDetach::default()),
            other => other.map_err(|error| {
                error.in_operation(DetachVolume::NAME, Some(volume_id.to_owned()))
            }),
        }
    }

    fn detach_and_wait(
        &self,
        detach: &DetachVolume,
        options: &mut WaitOptions<'_, VolumeAttachment>,
    ) -> Result<VolumeDetach> {
        let patience = Patience::of(options.timeout);
        let begun = self.begin_detach(detach, patience)?;
        let mut watch = DetachWatch::new(self, detach, patience, options, begun);
        poll::until_end(&mut watch, patience).map_err(|error| watch.explain(error))?;
        Ok(VolumeDetach { request_id: watch.into_detach_id() })
    }

    /// Sends the DELETE, and again as long as it is rejected for what passes.
    fn begin_detach(&self, detach: &DetachVolume, patience: Patience) -> Result<Begun> {
        let mut attempt = 0;
        let mut was_attached = false;
        let mut was_just_attached = false;
        loop {
            attempt += 1;
            let until = patience.request_deadline();
            let sent = self.send_until(detach, until);
            let error = match sent.and_then(|answer| answer.decode::<VolumeDetach>()) {
                // Without a request id, too: a gateway may take it away.
                Ok(VolumeDetach { request_id }) => return Ok(Begun::Accepted(request_id)),
                Err(error) => error,
            };
            if absence::is_not_found(&error) {
                let error = absence::judged(self, detach, error, Given::Refused, until);
                // Others have detached it meanwhile, which the wait is for, too.
                return if was_attached && is_absent(&error) {
                    Ok(Begun::Before)
                } else {
                    Err(error)
                };
            }
            if error.status() == Status::OpenstackAlreadyDetaching {
                return Ok(Begun::Before);
            }
            if says_not_in_use(&error) {
                was_attached = true;
                match activity::of(self, &detach.server_id, until).map_err(Error::rejected)? {
                    Activity::Attaching => {}
                    Activity::JustAttached if !was_just_attached => {
                        was_just_attached = true;
                        continue;
                    }
                    activity => return Ok(Begun::Perhaps(error, activity)),
                }
            } else if !says_busy(&error) {
                let is_lost =
                    error.outcome() == Outcome::Unknown && error.status() != Status::Interrupted;
                return if is_lost { Ok(Begun::Lost(error)) } else { Err(error) };
            }
            self.pause_before_repeat(attempt, patience, error)?;
        }
    }

    /// Sleeps, the last time until just before the deadline; or gives `error` back if the time is over.
    fn pause_before_repeat(&self, attempt: u32, patience: Patience, error: Error) -> Result<()> {
        let pause = Duration::from_secs(if attempt == 1 { 2 } else { 5 });
        let next = Instant::now() + pause;
        // Room for one more request.
        let latest =
            patience.deadline.and_then(|deadline| deadline.checked_sub(LAST_REQUEST.min(pause)));
        let next = latest.map_or(next, |latest| next.min(latest));
        if next <= Instant::now() {
            let seconds = patience.seconds();
            let context = format!("refused {attempt} times within the timeout of {seconds} s");
            return Err(error.in_context(&context));
        }
        self.sleep_until(next).map_err(Error::rejected)
    }
}
