//! What others do, and what a service or a proxy answers instead: parts of orders.

use serde_json::{Value, json};

use crate::scenario::MACHINE;

/// In the trash from the start: the simulator's own.
pub(crate) const OTHER_TRASH_OBJECT: &str = "trsh_SimTrashObject01";
pub(crate) const OTHER_TRASHED_DISK: &str = "disk_SimTrashedDisk01";

/// A size that no workflow wishes for.
const ANOTHER_SIZE: u64 = 45;

pub(crate) fn machine(state: &str, lag_seconds: f64) -> Vec<Value> {
    vec![json!({ "virtual_machine": MACHINE, "state": state, "lag_seconds": lag_seconds })]
}

/// As the service does it: only a machine that is stopped.
pub(crate) fn machine_into_trash() -> Vec<Value> {
    vec![json!({ "virtual_machine": MACHINE, "state": "stopped", "in_trash": true })]
}

/// What starts a task is done at once.
fn request(method: &str, path: &str, body: Value) -> Value {
    json!({ "method": method, "path": path, "body": body, "task": { "seconds": 0 } })
}

fn about(method: &str, path: &str, disk: &str) -> Value {
    request(method, path, json!({ "disk": { "id": disk } }))
}

pub(crate) fn attach(disk: &str) -> Vec<Value> {
    vec![about("POST", "/disks/disk/attach", disk)]
}

pub(crate) fn detach(disk: &str) -> Vec<Value> {
    vec![about("POST", "/disks/disk/detach", disk)]
}

pub(crate) fn on_boot(disk: &str, on: bool) -> Vec<Value> {
    let properties = json!({ "virtual_machine_disk": { "attach_on_boot": on } });
    let body = json!({ "disk": { "id": disk }, "properties": properties });
    vec![request("PATCH", "/disks/disk", body)]
}

/// What the service refuses meanwhile does not happen: detaching what is not assigned.
pub(crate) fn unassign(disk: &str) -> Vec<Value> {
    [detach(disk), vec![about("POST", "/disks/disk/unassign", disk)]].concat()
}

/// Somewhere else than before; to its own machine only if it has none.
pub(crate) fn assign(disk: &str, machine: &str) -> Vec<Value> {
    let body = json!({ "disk": { "id": disk }, "virtual_machine": { "id": machine } });
    let assign = request("POST", "/disks/disk/assign", body);
    if machine == MACHINE { vec![assign] } else { [unassign(disk), vec![assign]].concat() }
}

pub(crate) fn resize(disk: &str) -> Vec<Value> {
    let body = json!({ "disk": { "id": disk }, "size_in_gb": ANOTHER_SIZE,
        "resize_method": "online" });
    vec![request("PUT", "/disks/disk/resize", body)]
}

pub(crate) fn delete(disk: &str) -> Vec<Value> {
    [unassign(disk), vec![about("DELETE", "/disks/disk", disk)]].concat()
}

pub(crate) fn restore(disk: &str) -> Vec<Value> {
    let body = json!({ "trash_object": { "object_id": disk } });
    vec![request("POST", "/trash_objects/trash_object/restore", body)]
}

pub(crate) fn purge(disk: &str) -> Vec<Value> {
    let body = json!({ "trash_object": { "object_id": disk } });
    [delete(disk), vec![request("DELETE", "/trash_objects/trash_object", body)]].concat()
}

/// An error of the API itself.
fn error(status: u16, code: &str, headers: Value) -> Value {
    let mut headers = headers;
    headers["x-api-schema"] = "json-error".into();
    let error = json!({ "code": code, "description": "arranged", "detail": {} });
    json!({ "perform": false, "status": status, "headers": headers, "body": { "error": error } })
}

pub(crate) fn limited(retry_after: u64) -> Value {
    error(429, "rate_limit_reached", json!({ "retry-after": retry_after }))
}

pub(crate) fn unavailable() -> Value {
    error(503, "service_unavailable", json!({}))
}

pub(crate) fn unknown_disk() -> Value {
    error(404, "disk_not_found", json!({}))
}

/// The page of a proxy.
pub(crate) fn page(status: u16, performed: bool) -> Value {
    let headers = json!({ "content-type": "text/html" });
    let text = format!("<html><head><title>{status}</title></head><body>proxy</body></html>");
    json!({ "perform": performed, "status": status, "headers": headers, "body_text": text })
}
