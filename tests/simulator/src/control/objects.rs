//! Changing single objects behind the API's back.

use axum::extract::{Path, State};
use serde::Deserialize;

use super::order::{Order, Reply};
use crate::json;
use crate::state::{DetachMode, Shared, VirtualMachineState};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DiskOrder {
    state: Option<String>,
    attachment_state: Option<String>,
    in_trash: Option<bool>,
    size_in_gb: Option<i64>,
}

pub(super) async fn disk(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Order(order): Order<DiskOrder>,
) -> Reply {
    let mut state = shared.lock();
    let Some(disk) = state.disks.get_mut(&id) else {
        return Reply::not_found("disk");
    };
    if let Some(attachment_state) = order.attachment_state {
        let Some(relation) = &mut disk.virtual_machine_disk else {
            return Reply::bad_request("the disk is not assigned");
        };
        relation.state = attachment_state;
    }
    if let Some(state) = order.state {
        disk.state = state;
    }
    if let Some(size_in_gb) = order.size_in_gb {
        disk.size_in_gb = size_in_gb;
    }
    match order.in_trash {
        Some(true) if disk.trash_object.is_none() => {
            disk.move_to_trash();
        }
        Some(false) => disk.trash_object = None,
        _ => {}
    }
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VirtualMachineOrder {
    state: VirtualMachineState,
}

pub(super) async fn virtual_machine(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Order(order): Order<VirtualMachineOrder>,
) -> Reply {
    if shared.lock().set_virtual_machine_state(&id, order.state) {
        Reply::done()
    } else {
        Reply::not_found("virtual machine")
    }
}

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
