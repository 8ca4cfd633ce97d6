//! What happens to the cloud's servers, volumes, tokens and parts: as orders of the control API, or as acts of
//! others beside a request.

use serde::Deserialize;

use super::{Attach, Deed, Mode, RootDevice, Seconds, State, Volume, new_uuid};
use crate::json;

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServerOrder {
    vm_state: Option<String>,
    /// Null is the state of a server that does nothing.
    #[serde(default, deserialize_with = "json::present")]
    task_state: Option<Option<String>>,
    /// After which it does nothing again; without it the state stays.
    task_seconds: Option<Seconds>,
    locked: Option<bool>,
    compute_down: Option<bool>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VolumeOrder {
    attached: Option<bool>,
    /// How attaches go from now on.
    attach: Option<Mode>,
    detach: Option<Mode>,
    /// Null is what the mode says.
    #[serde(default, deserialize_with = "json::present")]
    detach_seconds: Option<Option<Seconds>>,
    available_in_cinder: Option<bool>,
    reserved: Option<bool>,
    /// Somebody attaches it, which takes so long.
    attach_seconds: Option<Seconds>,
    /// Somebody begins to detach it; it must be in use.
    #[serde(default)]
    detach_begins: bool,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConditionsOrder {
    root_device: Option<RootDevice>,
    actions_forbidden: Option<bool>,
    keystone_down: Option<bool>,
    cinder_down: Option<bool>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokensOrder {
    lifetime_seconds: Option<Seconds>,
    #[serde(default)]
    expire: bool,
    #[serde(default)]
    revoke: bool,
    /// Only Nova does not know it, because it has the tokens in its cache.
    #[serde(default)]
    revoke_unnoticed: bool,
}

/// One of them, as an act.
#[derive(Clone)]
pub(crate) enum CloudAct {
    Server { server: String, set: ServerOrder },
    Volume { volume: String, set: VolumeOrder },
    Conditions { openstack: ConditionsOrder },
    Tokens { tokens: TokensOrder },
}

/// Why an order is not carried out.
pub(crate) enum NotDone {
    /// There is no such server or volume.
    Unknown(&'static str),
    Wrong(String),
}

impl State {
    pub(crate) fn act_in_cloud(&mut self, act: CloudAct) -> Result<(), NotDone> {
        match act {
            CloudAct::Server { server, set } => self.order_server(&server, set),
            CloudAct::Volume { volume, set } => self.order_volume(&volume, set),
            CloudAct::Conditions { openstack } => {
                self.order_conditions(&openstack);
                Ok(())
            }
            CloudAct::Tokens { tokens } => self.order_tokens(&tokens),
        }
    }

    pub(crate) fn order_server(&mut self, id: &str, order: ServerOrder) -> Result<(), NotDone> {
        let task_time = order.task_seconds.map(|seconds| seconds.0);
        let (now, at) = (self.clock.now(), self.clock.unix());
        let server = self.servers.iter_mut().find(|server| server.id == id);
        let server = server.ok_or(NotDone::Unknown("server"))?;
        if let Some(vm_state) = order.vm_state {
            server.vm_state = vm_state;
        }
        if let Some(task_state) = order.task_state {
            server.task_state = task_state;
            server.idle_at = task_time.map(|task_time| now + task_time);
        }
        server.updated_at = at;
        server.locked = order.locked.unwrap_or(server.locked);
        server.compute_down = order.compute_down.unwrap_or(server.compute_down);
        Ok(())
    }

    /// A mistake changes nothing.
    pub(crate) fn order_volume(&mut self, id: &str, order: VolumeOrder) -> Result<(), NotDone> {
        let (before, actions) = (self.volume(id).cloned(), self.actions.len());
        let done = self.change_volume(id, order);
        if done.is_err() {
            if let (Some(volume), Some(before)) = (self.volume_mut(id), before) {
                *volume = before;
            }
            self.actions.truncate(actions);
        }
        done
    }

    fn change_volume(&mut self, id: &str, order: VolumeOrder) -> Result<(), NotDone> {
        let detach_time = order.detach_seconds.map(|seconds| seconds.map(|seconds| seconds.0));
        let attach_time = order.attach_seconds.map(|seconds| seconds.0);
        self.give_attachment(id, &order)?;
        let (now, at) = (self.clock.now(), self.clock.unix());
        let volume = self.volume_mut(id).ok_or(NotDone::Unknown("volume"))?;
        if let Some(attached) = order.attached {
            volume.set_attached(attached);
            volume.updated_at = Some(at);
        }
        volume.attach = order.attach.unwrap_or(volume.attach);
        volume.detach = order.detach.unwrap_or(volume.detach);
        volume.detach_time = detach_time.unwrap_or(volume.detach_time);
        volume.available_in_cinder =
            order.available_in_cinder.unwrap_or(volume.available_in_cinder);
        volume.reserved = order.reserved.unwrap_or(volume.reserved);
        if let Some(attach_time) = attach_time {
            let request_id = format!("req-{}", new_uuid());
            volume.start_attaching(now + attach_time, at, &request_id);
            self.others_act(Deed::AttachVolume, id, &request_id);
        }
        if order.detach_begins {
            self.others_detach(id)?;
        }
        Ok(())
    }

    /// A volume that was never attached gets attached to the first server of its project.
    fn give_attachment(&mut self, id: &str, order: &VolumeOrder) -> Result<(), NotDone> {
        let volume = self.volume(id).ok_or(NotDone::Unknown("volume"))?;
        let is_needed = order.attached == Some(true) || order.attach_seconds.is_some();
        if volume.attachment.is_some() || !is_needed {
            return Ok(());
        }
        let (region, project) = (volume.region, volume.project_id);
        let mut servers = self.servers.iter();
        let server = servers.find(|it| it.region == region && it.project_id == project);
        let server_id = server.map(|server| server.id.clone());
        let server_id = server_id
            .ok_or_else(|| NotDone::Wrong("attached: its project has no server".to_owned()))?;
        let letters = self.free_letters(&server_id);
        let made = Attach { server_id, letters, ..Attach::default() }.made(self.clock.unix());
        if let Some(volume) = self.volume_mut(id) {
            volume.attachment = Some(made);
        }
        Ok(())
    }

    fn others_detach(&mut self, id: &str) -> Result<(), NotDone> {
        if !self.volume(id).is_some_and(Volume::is_in_use) {
            return Err(NotDone::Wrong("detach_begins: the volume is not in use".to_owned()));
        }
        let request_id = format!("req-{}", new_uuid());
        self.start_detaching(id, &request_id);
        self.others_act(Deed::DetachVolume, id, &request_id);
        Ok(())
    }

    fn others_act(&mut self, deed: Deed, volume: &str, request_id: &str) {
        let attachment = self.volume(volume).and_then(|volume| volume.attachment.as_ref());
        if let Some(server) = attachment.map(|attachment| attachment.server_id.clone()) {
            self.start_action_of_others(deed, &server, request_id);
        }
    }

    pub(crate) fn order_conditions(&mut self, order: &ConditionsOrder) {
        let conditions = &mut self.conditions;
        conditions.root_device = order.root_device.unwrap_or(conditions.root_device);
        conditions.actions_forbidden =
            order.actions_forbidden.unwrap_or(conditions.actions_forbidden);
        conditions.keystone_down = order.keystone_down.unwrap_or(conditions.keystone_down);
        conditions.cinder_down = order.cinder_down.unwrap_or(conditions.cinder_down);
    }

    pub(crate) fn order_tokens(&mut self, order: &TokensOrder) -> Result<(), NotDone> {
        let lifetime = order.lifetime_seconds.map(|seconds| seconds.0);
        let now = self.clock.unix();
        let identity = &mut self.identity;
        identity.lifetime = lifetime.unwrap_or(identity.lifetime);
        if order.expire {
            identity.expire_all(now);
        }
        if order.revoke || order.revoke_unnoticed {
            identity.revoke_all(!order.revoke);
        }
        Ok(())
    }
}
