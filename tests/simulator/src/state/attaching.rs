//! Attaching volumes to servers and detaching them, and how that ends.

use std::time::{Duration, Instant};

use super::volumes::Changing;
use super::{ActionEnd, Attachment, Mode, State, Volume, new_uuid};

/// What a client wants of an attachment.
#[derive(Default)]
pub(crate) struct Attach {
    pub(crate) server_id: String,
    /// Its last letters, such as the `b` of `/dev/sdb`.
    pub(crate) letters: String,
    pub(crate) tag: Option<String>,
    pub(crate) delete_on_termination: bool,
}

impl Attach {
    pub(super) fn made(self, attached_at: Duration) -> Attachment {
        Attachment {
            server_id: self.server_id,
            device: format!("/dev/sd{}", self.letters),
            attachment_id: new_uuid(),
            bdm_uuid: new_uuid(),
            is_root: false,
            tag: self.tag,
            delete_on_termination: self.delete_on_termination,
            attached_at,
        }
    }
}

impl State {
    /// Begins to attach a volume: the server has it in its list at once.
    pub(crate) fn start_attaching(&mut self, volume_id: &str, attach: Attach, request_id: &str) {
        let (now, at, task_time) = (self.clock.now(), self.clock.unix(), self.options.task_time);
        if let Some(volume) = self.volume_mut(volume_id) {
            volume.attachment = Some(attach.made(at));
            let until = now + volume.attach.time(task_time);
            volume.start_attaching(until, at, request_id);
        }
    }

    pub(crate) fn start_detaching(&mut self, volume_id: &str, request_id: &str) {
        let (now, at) = (self.clock.now(), self.clock.unix());
        if let Some(volume) = self.volume_mut(volume_id) {
            volume.changing =
                Some(Changing::Detaching { since: now, request_id: request_id.to_owned() });
            volume.updated_at = Some(at);
        }
    }

    /// The first letters that no volume of the server has in its device, after those of the root.
    pub(crate) fn free_letters(&self, server: &str) -> String {
        let is_free = |letters: &String| !self.is_device_used(server, letters);
        ('b'..='z').map(String::from).chain(two_letters()).find(is_free).unwrap_or_default()
    }

    pub(crate) fn is_device_used(&self, server: &str, letters: &str) -> bool {
        let mut volumes = self.volumes.iter().filter(|volume| volume.is_attached_to(server));
        volumes.any(|volume| {
            let device = volume.attachment.as_ref().map(|attachment| attachment.device.as_str());
            device.and_then(|device| device.strip_prefix("/dev/sd")) == Some(letters)
        })
    }

    /// The attachment of a volume to this server.
    pub(crate) fn attachment_mut(&mut self, server: &str, volume: &str) -> Option<&mut Attachment> {
        let volume = self.volume_mut(volume).filter(|volume| volume.is_attached_to(server))?;
        volume.attachment.as_mut()
    }

    /// Ends what goes on with volumes, if it is due, and its actions.
    pub(super) fn finish_volumes(&mut self) {
        let (now, at, task_time) = (self.clock.now(), self.clock.unix(), self.options.task_time);
        let mut ended = Vec::new();
        self.volumes.retain_mut(|volume| {
            let Some(changing) = volume.changing.take() else { return true };
            if now < changing.end(volume, task_time) {
                volume.changing = Some(changing);
                return true;
            }
            volume.updated_at = Some(at);
            match changing {
                Changing::Creating { .. } => {}
                Changing::Deleting { .. } => return false,
                Changing::Attaching { request_id, .. } => {
                    volume.attached = volume.attach != Mode::Fails;
                    ended.push((request_id, !volume.attached));
                }
                Changing::Detaching { request_id, .. } => {
                    volume.attached = volume.detach == Mode::Fails;
                    ended.push((request_id, volume.attached));
                }
            }
            true
        });
        for (request_id, failed) in ended {
            if let Some(action) = self.actions.iter_mut().find(|a| a.request_id == request_id) {
                action.end = Some(ActionEnd { at, failed });
            }
        }
    }
}

impl Volume {
    pub(super) fn start_attaching(&mut self, until: Instant, at: Duration, request_id: &str) {
        self.attached = true;
        self.available_in_cinder = false;
        self.changing = Some(Changing::Attaching { until, request_id: request_id.to_owned() });
        self.updated_at = Some(at);
        if let Some(attachment) = &mut self.attachment {
            attachment.attached_at = at;
        }
    }
}

impl Changing {
    fn end(&self, volume: &Volume, task_time: Duration) -> Instant {
        match self {
            Self::Creating { until } | Self::Deleting { until } | Self::Attaching { until, .. } => {
                *until
            }
            Self::Detaching { since, .. } => {
                *since + volume.detach_time.unwrap_or_else(|| volume.detach.time(task_time))
            }
        }
    }
}

fn two_letters() -> impl Iterator<Item = String> {
    ('a'..='z').flat_map(|first| ('a'..='z').map(move |second| format!("{first}{second}")))
}
