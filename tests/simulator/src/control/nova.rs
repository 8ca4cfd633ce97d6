//! Changes the cloud directly: servers, volumes, tokens, and which parts are down.

use std::time::Duration;

use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::order::{Order, Reply};
use crate::json;
use crate::state::{DetachMode, RootDevice, Shared, Volume, new_uuid};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServerOrder {
    vm_state: Option<String>,
    /// Null is the state of a server that does nothing.
    #[serde(default, deserialize_with = "json::present")]
    task_state: Option<Option<String>>,
    /// After which it does nothing again; without it the state stays.
    task_seconds: Option<f64>,
    locked: Option<bool>,
    compute_down: Option<bool>,
}

pub(super) async fn server(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Order(order): Order<ServerOrder>,
) -> Reply {
    let task_time = match time_span(order.task_seconds) {
        Ok(task_time) => task_time,
        Err(problem) => return problem,
    };
    let mut state = shared.lock();
    let now = state.clock.now();
    let Some(server) = state.servers.iter_mut().find(|server| server.id == id) else {
        return Reply::not_found("server");
    };
    if let Some(vm_state) = order.vm_state {
        server.vm_state = vm_state;
    }
    if let Some(task_state) = order.task_state {
        server.task_state = task_state;
        server.idle_at = task_time.map(|task_time| now + task_time);
    }
    if let Some(locked) = order.locked {
        server.locked = locked;
    }
    if let Some(down) = order.compute_down {
        server.compute_down = down;
    }
    Reply::done()
}

/// All servers, whichever region and project they are in.
pub(super) async fn servers(State(shared): State<Shared>) -> Reply {
    let state = shared.lock();
    let servers = state.servers.iter().map(|server| {
        let volumes = state.volumes.iter().filter(|v| v.attachment.server_id == server.id);
        json!({
            "id": server.id,
            "region_name": server.region,
            "project_id": server.project_id,
            "volumes": volumes.map(volume_view).collect::<Vec<_>>(),
        })
    });
    Reply::ok(json!({ "servers": servers.collect::<Vec<_>>() }))
}

fn volume_view(volume: &Volume) -> Value {
    json!({
        "id": volume.attachment.volume_id,
        "attached": volume.attached,
        "is_root": volume.attachment.is_root,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VolumeOrder {
    attached: Option<bool>,
    detach: Option<DetachMode>,
    /// Null is what the mode says.
    #[serde(default, deserialize_with = "json::present")]
    detach_seconds: Option<Option<f64>>,
    available_in_cinder: Option<bool>,
    reserved: Option<bool>,
    /// Somebody attaches it, which takes so long.
    attach_seconds: Option<f64>,
}

pub(super) async fn volume(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Order(order): Order<VolumeOrder>,
) -> Reply {
    let detach_time = match order.detach_seconds.map(time_span).transpose() {
        Ok(detach_time) => detach_time,
        Err(problem) => return problem,
    };
    let attach_time = match time_span(order.attach_seconds) {
        Ok(attach_time) => attach_time,
        Err(problem) => return problem,
    };
    let mut state = shared.lock();
    let now = state.clock.now();
    let found = state.volumes.iter_mut().find(|volume| volume.attachment.volume_id == id);
    let Some(volume) = found else {
        return Reply::not_found("volume");
    };
    if let Some(attached) = order.attached {
        volume.set_attached(attached);
    }
    if let Some(detach) = order.detach {
        volume.detach = detach;
    }
    if let Some(detach_time) = detach_time {
        volume.detach_time = detach_time;
    }
    if let Some(available) = order.available_in_cinder {
        volume.available_in_cinder = available;
    }
    if let Some(reserved) = order.reserved {
        volume.reserved = reserved;
    }
    if let Some(attach_time) = attach_time {
        let (server, request_id) = (volume.attachment.server_id, format!("req-{}", new_uuid()));
        volume.start_attaching(now + attach_time, &request_id);
        state.start_attach_action(server, &request_id);
    }
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConditionsOrder {
    root_device: Option<RootDevice>,
    actions_forbidden: Option<bool>,
    keystone_down: Option<bool>,
    cinder_down: Option<bool>,
}

pub(super) async fn conditions(
    State(shared): State<Shared>,
    Order(order): Order<ConditionsOrder>,
) -> Reply {
    let conditions = &mut shared.lock().conditions;
    conditions.root_device = order.root_device.unwrap_or(conditions.root_device);
    conditions.actions_forbidden = order.actions_forbidden.unwrap_or(conditions.actions_forbidden);
    conditions.keystone_down = order.keystone_down.unwrap_or(conditions.keystone_down);
    conditions.cinder_down = order.cinder_down.unwrap_or(conditions.cinder_down);
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokensOrder {
    lifetime_seconds: Option<f64>,
    #[serde(default)]
    expire: bool,
    #[serde(default)]
    revoke: bool,
    /// Only Nova does not know it, because it has the tokens in its cache.
    #[serde(default)]
    revoke_unnoticed: bool,
}

pub(super) async fn tokens(
    State(shared): State<Shared>,
    Order(order): Order<TokensOrder>,
) -> Reply {
    let lifetime = match time_span(order.lifetime_seconds) {
        Ok(lifetime) => lifetime,
        Err(problem) => return problem,
    };
    let mut state = shared.lock();
    let now = state.clock.unix();
    let identity = &mut state.identity;
    identity.lifetime = lifetime.unwrap_or(identity.lifetime);
    if order.expire {
        identity.expire_all(now);
    }
    if order.revoke || order.revoke_unnoticed {
        identity.revoke_all(!order.revoke);
    }
    Reply::done()
}

fn time_span(seconds: Option<f64>) -> Result<Option<Duration>, Reply> {
    let span = seconds.map(Duration::try_from_secs_f64).transpose();
    span.map_err(|error| Reply::bad_request(format!("seconds: {error}")))
}
