//! Cinder's volumes, and what Nova does with them.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::State;
use super::seconds::LONGEST;

#[derive(Clone)]
pub(crate) struct Volume {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) size_in_gb: u64,
    pub(crate) bootable: bool,
    pub(crate) metadata: BTreeMap<String, String>,
    pub(crate) region: &'static str,
    pub(crate) project_id: &'static str,
    pub(crate) user_id: &'static str,
    pub(crate) created_at: Duration,
    pub(crate) updated_at: Option<Duration>,
    /// Where it is attached, or was last.
    pub(crate) attachment: Option<Attachment>,
    pub(crate) attached: bool,
    pub(crate) attach: Mode,
    pub(crate) detach: Mode,
    /// How long a detach takes, if its mode does not tell.
    pub(crate) detach_time: Option<Duration>,
    /// Cinder does not take it for attached.
    pub(crate) available_in_cinder: bool,
    /// Cinder has promised it to somebody.
    pub(crate) reserved: bool,
    pub(super) changing: Option<Changing>,
}

/// An attachment of a volume to a server.
#[derive(Clone)]
pub(crate) struct Attachment {
    pub(crate) server_id: String,
    pub(crate) device: String,
    pub(crate) attachment_id: String,
    pub(crate) bdm_uuid: String,
    pub(crate) is_root: bool,
    pub(crate) tag: Option<String>,
    pub(crate) delete_on_termination: bool,
    pub(crate) attached_at: Duration,
}

/// What is going on with a volume.
#[derive(Clone)]
pub(super) enum Changing {
    Creating {
        until: Instant,
    },
    Deleting {
        until: Instant,
    },
    /// The server has the volume in its list already (Nova's source).
    Attaching {
        until: Instant,
        request_id: String,
    },
    Detaching {
        since: Instant,
        request_id: String,
    },
}

/// What becomes of an attach or a detach that was accepted.
#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    /// It takes the time of a task.
    #[default]
    Normal,
    /// It takes ten times as long.
    Slow,
    /// captured of a detach: afterwards the volume is attached as before, and only the action tells
    /// of it. Our choice: so it is of an attach.
    Fails,
}

impl Mode {
    pub(super) fn time(self, task_time: Duration) -> Duration {
        let time = match self {
            Self::Normal | Self::Fails => task_time,
            Self::Slow => task_time.saturating_mul(10),
        };
        time.min(LONGEST)
    }
}

/// In Cinder's words.
#[derive(Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum VolumeStatus {
    Attaching,
    Available,
    Creating,
    Deleting,
    Detaching,
    InUse,
    Reserved,
}

impl VolumeStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Attaching => "attaching",
            Self::Available => "available",
            Self::Creating => "creating",
            Self::Deleting => "deleting",
            Self::Detaching => "detaching",
            Self::InUse => "in-use",
            Self::Reserved => "reserved",
        }
    }
}

impl Volume {
    pub(crate) fn is_in_use(&self) -> bool {
        self.status() == VolumeStatus::InUse
    }

    /// What Cinder takes it for.
    pub(crate) fn status(&self) -> VolumeStatus {
        match self {
            Self { changing: Some(Changing::Creating { .. }), .. } => VolumeStatus::Creating,
            Self { changing: Some(Changing::Deleting { .. }), .. } => VolumeStatus::Deleting,
            Self { changing: Some(Changing::Attaching { .. }), .. } => VolumeStatus::Attaching,
            Self { changing: Some(Changing::Detaching { .. }), .. } => VolumeStatus::Detaching,
            Self { reserved: true, .. } => VolumeStatus::Reserved,
            Self { attached: true, available_in_cinder: false, .. } => VolumeStatus::InUse,
            _ => VolumeStatus::Available,
        }
    }

    /// Its attachment, if the server has it in its list.
    pub(crate) fn attachment_in_nova(&self) -> Option<&Attachment> {
        self.attachment.as_ref().filter(|_| self.attached)
    }

    /// captured: while it is detached, too. Of Cinder's source: not before it is attached.
    pub(crate) fn attachment_in_cinder(&self) -> Option<&Attachment> {
        let is_known = matches!(self.status(), VolumeStatus::InUse | VolumeStatus::Detaching);
        self.attachment_in_nova().filter(|_| is_known)
    }

    pub(crate) fn is_attached_to(&self, server: &str) -> bool {
        self.attachment_in_nova().is_some_and(|attachment| attachment.server_id == server)
    }

    pub(super) fn set_attached(&mut self, attached: bool) {
        self.attached = attached;
        self.changing = None;
    }
}

impl State {
    pub(crate) fn volume(&self, id: &str) -> Option<&Volume> {
        self.volumes.iter().find(|volume| volume.id == id)
    }

    pub(super) fn volume_mut(&mut self, id: &str) -> Option<&mut Volume> {
        self.volumes.iter_mut().find(|volume| volume.id == id)
    }

    /// Makes a volume, which takes the time of a task.
    pub(crate) fn start_creating_volume(&mut self, volume: NewVolume) -> &Volume {
        let until = self.clock.now() + Mode::Normal.time(self.options.task_time);
        let mut volume = volume.made(self.clock.unix());
        volume.changing = Some(Changing::Creating { until });
        self.volumes.push(volume);
        &self.volumes[self.volumes.len() - 1]
    }

    pub(crate) fn start_deleting_volume(&mut self, id: &str) {
        let (at, until) =
            (self.clock.unix(), self.clock.now() + Mode::Normal.time(self.options.task_time));
        if let Some(volume) = self.volume_mut(id) {
            volume.changing = Some(Changing::Deleting { until });
            volume.updated_at = Some(at);
        }
    }
}

/// A volume that is attached nowhere.
pub(crate) struct NewVolume {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) size_in_gb: u64,
    pub(crate) metadata: BTreeMap<String, String>,
    pub(crate) region: &'static str,
    pub(crate) project_id: &'static str,
    pub(crate) user_id: &'static str,
}

impl NewVolume {
    pub(super) fn made(self, created_at: Duration) -> Volume {
        Volume {
            id: self.id,
            name: self.name,
            description: self.description,
            size_in_gb: self.size_in_gb,
            bootable: false,
            metadata: self.metadata,
            region: self.region,
            project_id: self.project_id,
            user_id: self.user_id,
            created_at,
            updated_at: None,
            attachment: None,
            attached: false,
            attach: Mode::Normal,
            detach: Mode::Normal,
            detach_time: None,
            available_in_cinder: false,
            reserved: false,
            changing: None,
        }
    }
}
