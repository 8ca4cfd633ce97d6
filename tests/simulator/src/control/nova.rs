//! Changing Nova's servers and volumes behind its back.

use axum::extract::{Path, State};
use serde::Deserialize;

use super::order::{Order, Reply};
use crate::json;
use crate::state::{DetachMode, Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServerOrder {
    vm_state: Option<String>,
    /// Null is the state of a server that does nothing.
    #[serde(default, deserialize_with = "json::present")]
    task_state: Option<Option<String>>,
    locked: Option<bool>,
}

pub(super) async fn server(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Order(order): Order<ServerOrder>,
) -> Reply {
    let mut state = shared.lock();
    let Some(server) = state.servers.iter_mut().find(|server| server.id == id) else {
        return Reply::not_found("server");
    };
    if let Some(vm_state) = order.vm_state {
        server.vm_state = vm_state;
    }
    if let Some(task_state) = order.task_state {
        server.task_state = task_state;
    }
    if let Some(locked) = order.locked {
        server.locked = locked;
    }
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VolumeOrder {
    attached: Option<bool>,
    detach: Option<DetachMode>,
}

pub(super) async fn volume(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Order(order): Order<VolumeOrder>,
) -> Reply {
    let mut state = shared.lock();
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
    Reply::done()
}
