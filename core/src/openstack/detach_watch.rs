//! The wait for a volume to be gone from its server.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use super::absence::{self, Given};
use super::activity::{self, Activity};
use super::detach_volume::is_absent;
use super::error_response::is_passing;
use super::instance_action::{GetInstanceAction, InstanceActionResponse};
use super::{
    Client, DetachVolume, GetVolumeAttachment, VolumeAttachment, VolumeAttachmentResponse,
};
use crate::poll::{Patience, Watch};
use crate::{ApiResponse, Error, Outcome, Result, Status, WaitOptions};

/// After this many polls, a detach whose response was lost counts as not begun.
const POLLS_AFTER_LOSS: u32 = 4;

/// How many polls in a row may fail.
const PASSING_FAILURES: u32 = 2;

/// What is known of the detach when the wait begins.
pub(super) enum Begun {
    /// Nova has accepted it, under this request id.
    Accepted(Option<String>),
    /// Nova says that the volume is being detached already.
    Before,
    /// Nova says that the volume is not in use, which is also said of one that is being detached; with what the
    /// server's actions tell.
    Perhaps(Error, Activity),
    /// The response was lost.
    Lost(Error),
}

/// Polls the attachment until it is gone.
pub(super) struct DetachWatch<'a, 'o> {
    client: &'a Client,
    detach: &'a DetachVolume,
    patience: Patience,
    options: &'a mut WaitOptions<'o, VolumeAttachment>,
    /// Whether the id is known to be an attached volume's.
    given: Given,
    /// The request id of the DELETE, if it is known.
    detach_id: Option<String>,
    /// The error of a DELETE whose response was lost.
    lost: Option<Error>,
    /// The detach by others that may be under way.
    others: Option<OthersDetach>,
    /// Whether the server's list of actions can be read and has the detach.
    has_actions: bool,
    /// How many polls in a row have failed.
    failures: u32,
    /// Whether a rate limit prevented the latest poll.
    is_limited: bool,
}

/// A detach that was under way before the DELETE, or was not.
struct OthersDetach {
    /// What Nova said to the DELETE.
    refusal: Error,
    /// The request that began it, as it was seen last.
    request_id: Option<String>,
    is_under_way: bool,
}

impl Watch for DetachWatch<'_, '_> {
    type End = ();

    fn poll(&mut self, number: u32) -> Result<ControlFlow<()>> {
        let seen = self.look();
        self.is_limited = false;
        let response = match seen {
            Ok(Some(response)) => response,
            Ok(None) => return Ok(ControlFlow::Break(())),
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
            Err(error) if error.status() == Status::OpenstackServerNotFound => {
                return Err(error.unclear());
            }
            Err(error) => return Err(may_still_happen(error)),
        };
        self.failures = 0;
        let VolumeAttachmentResponse { volume_attachment, .. } = response.decode()?;
        self.given = Given::IsAttachedVolume;
        self.options.show(&volume_attachment, &response, "volumeAttachment")?;
        if self.has_actions && number > 1 {
            self.check_action()?;
        }
        self.check_others(number)?;
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
        let DetachVolume { volume_id, server_id } = self.detach;
        let seconds = self.patience.seconds();
        let seen = match self.is_limited {
            false => format!("volume {volume_id} is still attached to server {server_id}"),
            true => format!(
                "whether volume {volume_id} is still attached to server {server_id} is not known, \
                 since a rate limit prevented the last poll,"
            ),
        };
        let refused = match &self.others {
            Some(others) => format!(
                " (Nova refused this detach, since one seemed to be under way: {})",
                others.refusal.description()
            ),
            None => String::new(),
        };
        let text = format!(
            "{seen} after {seconds} s{refused}; the detach may still happen, so check the attachment before \
             you use the volume"
        );
        Error::new(Status::TimedOut, Outcome::Unknown, text)
    }

    fn sleep_until(&self, until: Instant) -> Result<()> {
        self.client.sleep_until(until).map_err(Error::unclear)
    }
}

impl<'a, 'o> DetachWatch<'a, 'o> {
    pub(super) fn new(
        client: &'a Client,
        detach: &'a DetachVolume,
        patience: Patience,
        options: &'a mut WaitOptions<'o, VolumeAttachment>,
        begun: Begun,
    ) -> DetachWatch<'a, 'o> {
        let mut watch = DetachWatch {
            client,
            detach,
            patience,
            options,
            given: Given::IsAttachedVolume,
            detach_id: None,
            lost: None,
            others: None,
            has_actions: false,
            failures: 0,
            is_limited: false,
        };
        match begun {
            Begun::Accepted(detach_id) => {
                watch.has_actions = detach_id.is_some();
                watch.detach_id = detach_id;
            }
            Begun::Before => {}
            Begun::Perhaps(refusal, activity) => {
                let request_id = match activity {
                    Activity::Detaching(id) => Some(id),
                    Activity::Attaching
                    | Activity::JustAttached
                    | Activity::Nothing
                    | Activity::NotKnown => None,
                };
                let is_under_way = request_id.is_some();
                watch.others = Some(OthersDetach { refusal, request_id, is_under_way });
            }
            Begun::Lost(error) => {
                watch.given = Given::Unknown;
                watch.lost = Some(error);
            }
        }
        watch
    }

    pub(super) fn into_detach_id(self) -> Option<String> {
        self.detach_id
    }

    /// The attachment; `None` if it is proven to be gone.
    fn look(&self) -> Result<Option<ApiResponse>> {
        let until = self.patience.request_deadline();
        let DetachVolume { server_id, volume_id } = self.detach;
        let get = GetVolumeAttachment::new(server_id, volume_id);
        let error = match self.client.send_until(&get, until) {
            Ok(response) => return Ok(Some(response)),
            Err(error) => error,
        };
        let is_known = self.given == Given::IsAttachedVolume;
        let error = match error.status() {
            Status::OpenstackVolumeNotAttached if is_known => return Ok(None),
            Status::OpenstackServerNotFound if is_known => {
                error.in_context("the server disappeared during the detach; check the volume")
            }
            _ if absence::is_not_found(&error) => {
                absence::judged(self.client, self.detach, error, self.given, until)
            }
            _ => error,
        };
        if is_absent(&error) { Ok(None) } else { Err(error) }
    }

    /// Whether Nova has recorded that the detach failed. Only what interrupts the wait is an error
    /// otherwise.
    fn check_action(&mut self) -> Result<()> {
        let Some(id) = &self.detach_id else { return Ok(()) };
        match self.has_failed(id)? {
            Some(true) => Err(self.failed(id)),
            Some(false) => Ok(()),
            None => {
                self.has_actions = false;
                Ok(())
            }
        }
    }

    /// Whether Nova has recorded that a request failed; `None` if that cannot be read.
    fn has_failed(&self, request_id: &str) -> Result<Option<bool>> {
        let action = GetInstanceAction::new(&self.detach.server_id, request_id);
        match self.client.send_until(&action, self.patience.request_deadline()) {
            Ok(answer) => {
                let record = answer.decode::<InstanceActionResponse>().ok();
                Ok(record.map(|record| record.action.has_failed()))
            }
            Err(error) if error.status() == Status::Interrupted => Err(may_still_happen(error)),
            Err(error) if is_rate_limit(&error) => Ok(Some(false)),
            Err(_) => Ok(None),
        }
    }

    /// Whether the detach by others still goes on, of a volume that was just seen attached. After its end the
    /// next look decides, since the volume may have gone in between.
    fn check_others(&mut self, number: u32) -> Result<()> {
        if let Some(ended) = self.others.take_if(|others| !others.is_under_way) {
            return Err(self.not_detached(ended)?);
        }
        let Some(others) = self.others.as_mut().filter(|_| number > 1) else { return Ok(()) };
        let until = self.patience.request_deadline();
        let activity = activity::of(self.client, &self.detach.server_id, until);
        match activity.map_err(may_still_happen)? {
            Activity::Detaching(id) => others.request_id = Some(id),
            Activity::Attaching | Activity::JustAttached | Activity::Nothing => {
                others.is_under_way = false;
            }
            Activity::NotKnown => {}
        }
        Ok(())
    }

    /// The error for a volume that is still attached and that nobody is detaching.
    fn not_detached(&self, others: OthersDetach) -> Result<Error> {
        let failed = match &others.request_id {
            Some(id) => self.has_failed(id)? == Some(true),
            None => false,
        };
        match others.request_id.filter(|_| failed) {
            Some(id) => Ok(self.failed(&id).rejected().with_request_id(Some(&id))),
            None => Ok(others.refusal),
        }
    }

    fn failed(&self, request_id: &str) -> Error {
        let DetachVolume { volume_id, server_id } = self.detach;
        let text = format!(
            "the detach of volume {volume_id} from server {server_id} was accepted and has failed; the volume is \
             still attached. The compute service's log says why, under {request_id}"
        );
        Error::new(Status::OpenstackDetachFailed, Outcome::Unknown, text)
    }

    /// The request id of the detach is the one that an operator can look up.
    pub(super) fn explain(&self, error: Error) -> Error {
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
