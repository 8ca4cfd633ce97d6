//! Nova's servers and Cinder's volumes.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// A server with what decides whether a volume may be detached from it.
pub(crate) struct Server {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) region: &'static str,
    pub(crate) project_id: &'static str,
    pub(crate) vm_state: String,
    pub(crate) task_state: Option<String>,
    /// When `task_state` ends, if it does.
    pub(crate) idle_at: Option<Instant>,
    pub(crate) locked: bool,
    /// The service on its host does not report.
    pub(crate) compute_down: bool,
}

pub(crate) struct Volume {
    /// Where it is attached, or would be again.
    pub(crate) attachment: Attachment,
    pub(crate) attached: bool,
    pub(crate) detach: DetachMode,
    /// How long a detach takes, if its mode does not tell.
    pub(crate) detach_time: Option<Duration>,
    /// Cinder does not take it for attached.
    pub(crate) available_in_cinder: bool,
    /// Cinder has promised it to somebody.
    pub(crate) reserved: bool,
    detaching: Option<Detaching>,
    attaching: Option<Attaching>,
}

struct Detaching {
    since: Instant,
    request_id: String,
}

/// The server has the volume in its list already (Nova's source).
struct Attaching {
    until: Instant,
    request_id: String,
}

/// The end of a detach.
pub(super) struct Detached {
    pub(super) request_id: String,
    pub(super) failed: bool,
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
    /// captured: afterwards the volume is attached as before, and only the action tells of it.
    Fails,
}

/// In Cinder's words.
#[derive(Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum VolumeStatus {
    Attaching,
    Available,
    Detaching,
    InUse,
    Reserved,
}

impl Volume {
    pub(super) fn new(attachment: Attachment) -> Self {
        Self {
            attachment,
            attached: true,
            detach: DetachMode::Normal,
            detach_time: None,
            available_in_cinder: false,
            reserved: false,
            detaching: None,
            attaching: None,
        }
    }

    pub(crate) fn is_in_use(&self) -> bool {
        self.status() == VolumeStatus::InUse
    }

    /// What Cinder takes it for.
    pub(crate) fn status(&self) -> VolumeStatus {
        match self {
            Self { detaching: Some(_), .. } => VolumeStatus::Detaching,
            Self { attaching: Some(_), .. } => VolumeStatus::Attaching,
            Self { reserved: true, .. } => VolumeStatus::Reserved,
            Self { attached: true, available_in_cinder: false, .. } => VolumeStatus::InUse,
            _ => VolumeStatus::Available,
        }
    }

    pub(crate) fn start_attaching(&mut self, until: Instant, request_id: &str) {
        self.attached = true;
        self.attaching = Some(Attaching { until, request_id: request_id.to_owned() });
    }

    /// Ends the attach if it is due: the id of its request.
    pub(super) fn finish_attaching(&mut self, now: Instant) -> Option<String> {
        self.attaching.take_if(|attaching| now >= attaching.until).map(|it| it.request_id)
    }

    pub(crate) fn start_detaching(&mut self, since: Instant, request_id: &str) {
        self.detaching = Some(Detaching { since, request_id: request_id.to_owned() });
    }

    pub(crate) fn set_attached(&mut self, attached: bool) {
        self.attached = attached;
        self.detaching = None;
    }

    /// Ends the detach if it is due.
    pub(super) fn advance(&mut self, now: Instant, task_time: Duration) -> Option<Detached> {
        let lasts = self.detach_time.unwrap_or(match self.detach {
            DetachMode::Normal | DetachMode::Fails => task_time,
            DetachMode::Slow => task_time * 10,
        });
        let ended = self.detaching.take_if(|detaching| now >= detaching.since + lasts)?;
        let failed = matches!(self.detach, DetachMode::Fails);
        self.set_attached(failed);
        Some(Detached { request_id: ended.request_id, failed })
    }
}
