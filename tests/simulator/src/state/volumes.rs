//! Nova's servers and Cinder's volumes.

use std::time::{Duration, Instant};

use serde::Deserialize;

/// A server with what decides whether a volume may be detached from it.
pub(crate) struct Server {
    pub(crate) id: &'static str,
    pub(crate) vm_state: String,
    pub(crate) task_state: Option<String>,
    pub(crate) locked: bool,
}

pub(crate) struct Volume {
    /// Where it is attached, or would be again.
    pub(crate) attachment: Attachment,
    pub(crate) attached: bool,
    pub(crate) detach: DetachMode,
    detaching_since: Option<Instant>,
}

/// The attachment of a volume.
pub(crate) struct Attachment {
    pub(crate) volume_id: &'static str,
    pub(crate) server_id: &'static str,
    pub(crate) device: &'static str,
    pub(crate) attachment_id: &'static str,
    pub(crate) bdm_uuid: &'static str,
    pub(crate) is_root: bool,
}

/// What becomes of a detach that was accepted.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DetachMode {
    /// It takes the time of a task.
    #[default]
    Normal,
    /// It takes ten times as long.
    Slow,
    /// recorded: afterwards the volume is attached as before, and nothing says why.
    Fails,
}

impl Volume {
    pub(super) fn new(attachment: Attachment) -> Self {
        Self { attachment, attached: true, detach: DetachMode::Normal, detaching_since: None }
    }

    pub(crate) fn is_detaching(&self) -> bool {
        self.detaching_since.is_some()
    }

    pub(crate) fn start_detaching(&mut self, now: Instant) {
        self.detaching_since = Some(now);
    }

    pub(crate) fn set_attached(&mut self, attached: bool) {
        self.attached = attached;
        self.detaching_since = None;
    }

    pub(super) fn advance(&mut self, now: Instant, task_time: Duration) {
        let lasts = match self.detach {
            DetachMode::Normal | DetachMode::Fails => task_time,
            DetachMode::Slow => task_time * 10,
        };
        if self.detaching_since.is_some_and(|since| now >= since + lasts) {
            self.set_attached(matches!(self.detach, DetachMode::Fails));
        }
    }
}
