//! Places and changes Katapult's objects without the API.

use axum::extract::{Path, Query, State};
use axum::http::Uri;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::order::{Order, Reply};
use crate::state::{Annotation, Placed, Seconds, Shared};

pub(super) async fn place(State(shared): State<Shared>, Order(placed): Order<Placed>) -> Reply {
    match shared.lock().place(placed) {
        Ok(()) => Reply::done(),
        Err(problem) => Reply::bad_request(problem),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    #[serde(default)]
    settled: bool,
}

/// In the form in which they are placed.
pub(super) async fn view(State(shared): State<Shared>, uri: Uri) -> Reply {
    match Query::<Wanted>::try_from_uri(&uri) {
        Ok(Query(wanted)) => Reply::ok(shared.lock().objects(wanted.settled)),
        Err(error) => Reply::bad_request(error.body_text()),
    }
}

pub(super) async fn place_disks(
    State(shared): State<Shared>,
    Order(fields): Order<Map<String, Value>>,
) -> Reply {
    match shared.lock().place_disks(fields) {
        Ok(count) => Reply::ok(json!({ "placed": count })),
        Err(problem) => Reply::bad_request(problem),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DiskOrder {
    state: Option<String>,
    attachment_state: Option<String>,
    in_trash: Option<bool>,
    size_in_gb: Option<i64>,
    hide_relation: Option<bool>,
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
            return Reply::bad_request("attachment_state: the disk is not assigned");
        };
        relation.state = attachment_state;
    }
    if let Some(state) = order.state {
        disk.state = state;
    }
    disk.size_in_gb = order.size_in_gb.unwrap_or(disk.size_in_gb);
    disk.hide_relation = order.hide_relation.unwrap_or(disk.hide_relation);
    if let Some(in_trash) = order.in_trash {
        state.set_in_trash(&id, "Disk", in_trash);
    }
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VirtualMachineOrder {
    state: Option<String>,
    /// How long its disks take to follow.
    #[serde(default)]
    lag_seconds: Seconds,
    in_trash: Option<bool>,
    annotations: Option<Vec<Annotation>>,
}

pub(super) async fn virtual_machine(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Order(order): Order<VirtualMachineOrder>,
) -> Reply {
    let lag = order.lag_seconds.0;
    let mut state = shared.lock();
    let found = state.virtual_machines.iter_mut().find(|machine| machine.id() == id);
    let Some(machine) = found else {
        return Reply::not_found("virtual machine");
    };
    if let Some(annotations) = order.annotations {
        machine.annotations = annotations;
    }
    if let Some(to) = order.state {
        state.set_virtual_machine_state(&id, &to, lag);
    }
    if let Some(in_trash) = order.in_trash {
        state.set_in_trash(&id, "VirtualMachine", in_trash);
    }
    Reply::done()
}
