//! What may happen to a detach's requests: the rows of the table that concern OpenStack.

use serde_json::{Value, json};

use super::{SERVER, VOLUME};
use crate::acts;
use crate::event::{Asked, Event, Kind};
use crate::kinds::{act, always, fault, is_write, never};

/// All kinds, in the order of the table.
pub(crate) static KINDS: [Kind; 40] = [
    act("volume_gone", "another detaches the volume", |_| volume(json!({ "attached": false }))),
    act("volume_back", "another detaches the volume, and attaches it again", |_| {
        [volume(json!({ "attached": false })), volume(json!({ "attached": true }))].concat()
    }),
    act("volume_attached", "another attaches the volume", |_| volume(json!({ "attached": true }))),
    act("others_detach", "another begins to detach the volume", |_| {
        volume(json!({ "detach_begins": true }))
    }),
    act("others_fail", "another begins to detach the volume, which fails", |_| {
        volume(json!({ "detach_begins": true, "detach": "fails" }))
    }),
    act("others_attach", "another begins to attach the volume", |_| {
        volume(json!({ "attach_seconds": 1.0 }))
    }),
    act("detach_fails", "a detach will fail", |_| volume(json!({ "detach": "fails" }))),
    act("detach_slow", "a detach will take 5 s", |_| volume(json!({ "detach": "slow" }))),
    act("reserved", "the volume is reserved", |_| volume(json!({ "reserved": true }))),
    act("busy", "the server is busy for 1 s", |_| {
        server(json!({ "task_state": "rebooting", "task_seconds": 1.0 }))
    }),
    act("locked", "the server is locked", |_| server(json!({ "locked": true }))),
    renewed("token_expired", "the token expires", |_| tokens("expire")),
    renewed("token_revoked", "the token is revoked", |_| tokens("revoke")),
    act("token_revoked_unnoticed", "the token is revoked, which Nova does not notice", |_| {
        tokens("revoke_unnoticed")
    }),
    act("keystone_down", "Keystone goes down", |_| cloud("keystone_down")),
    act("cinder_down", "Cinder goes down", |_| cloud("cinder_down")),
    act("actions_forbidden", "the server's actions are forbidden", |_| cloud("actions_forbidden")),
    fault("lost", "the request is lost", always, |_| not_performed("nothing"), Asked::is_read),
    fault("lost_after", "the answer is lost", always, |_| performed("nothing"), Asked::is_read),
    fault(
        "broken_off",
        "the answer breaks off",
        always,
        |_| performed("half_head"),
        Asked::is_read,
    ),
    fault(
        "late_1",
        "the detach is performed 1 s later, its answer is lost",
        is_detach,
        |_| late(1.0),
        never,
    ),
    fault(
        "late_5",
        "the detach is performed 5 s later, its answer is lost",
        is_detach,
        |_| late(5.0),
        never,
    ),
    fault(
        "late_30",
        "the detach is performed 30 s later, its answer is lost",
        is_detach,
        |_| late(30.0),
        never,
    ),
    fault("ignored", "the detach is accepted and ignored", is_detach, |_| accepted_only(), never),
    fault("no_volume", "404 of Nova about the volume", is_of_nova, |_| no_volume(), never),
    fault("no_server", "404 of Nova about the server", is_of_nova, |_| no_server(), never),
    fault("no_action", "404 of Nova about nothing", is_of_nova, |_| no_resource(), never),
    fault("refused_token", "401", is_of_nova, |_| refused_token(), always),
    fault("limited", "429 with Retry-After: 1", always, |_| limited(1), always),
    fault("limited_long", "429 with Retry-After: 3600", always, |_| limited(3600), never),
    fault("unavailable", "503 of the service", always, |_| broken(503, false), Asked::is_read),
    fault("broken", "500 of the service, not performed", always, |_| broken(500, false), never),
    fault("broken_done", "500 of the service, performed", is_write, |_| broken(500, true), never),
    fault(
        "proxy_503",
        "503 of a proxy, not performed",
        always,
        |_| acts::page(503, false),
        Asked::is_read,
    ),
    fault(
        "proxy_503_done",
        "503 of a proxy, performed",
        is_write,
        |_| acts::page(503, true),
        never,
    ),
    fault("proxy_502", "502 of a proxy, not performed", always, |_| acts::page(502, false), never),
    fault(
        "proxy_502_done",
        "502 of a proxy, performed",
        is_write,
        |_| acts::page(502, true),
        never,
    ),
    fault("proxy_403", "403 of a proxy", always, |_| acts::page(403, false), never),
    fault("proxy_404", "404 of a proxy", always, |_| acts::page(404, false), never),
    fault("proxy_200", "a proxy's page with 200", always, |_| acts::page(200, false), never),
];

/// Whether a detach that met this may have been performed, as far as its client can know. `status` is what the
/// service answered where the event was that others acted.
pub(crate) fn leaves_unclear(event: Option<&Event>, status: Option<u16>) -> bool {
    const REFUSALS: [&str; 6] =
        ["no_volume", "no_server", "no_action", "refused_token", "limited", "limited_long"];
    match event {
        Some(event) if event.is_fault() => !REFUSALS.contains(&event.kind.name),
        _ => status.is_none_or(|status| !(400..500).contains(&status)),
    }
}

const fn renewed(name: &'static str, title: &'static str, acts: fn(&str) -> Vec<Value>) -> Kind {
    Kind { harmless: always, ..act(name, title, acts) }
}

fn is_of_nova(asked: &Asked) -> bool {
    asked.path.contains("/servers/")
}

fn is_detach(asked: &Asked) -> bool {
    asked.method == "DELETE"
}

fn volume(order: Value) -> Vec<Value> {
    vec![json!({ "volume": VOLUME, "set": order })]
}

fn server(order: Value) -> Vec<Value> {
    vec![json!({ "server": SERVER, "set": order })]
}

fn tokens(what: &str) -> Vec<Value> {
    vec![json!({ "tokens": { what: true } })]
}

fn cloud(what: &str) -> Vec<Value> {
    vec![json!({ "openstack": { what: true } })]
}

fn not_performed(send: &str) -> Value {
    json!({ "perform": false, "send": send })
}

fn performed(send: &str) -> Value {
    json!({ "send": send })
}

fn late(seconds: f64) -> Value {
    json!({ "perform": { "after_seconds": seconds }, "send": "nothing" })
}

fn accepted_only() -> Value {
    let id = "req-6a1f52f0-4d0e-4f43-9d1c-6a3f0f8b2a11";
    json!({ "perform": false, "status": 202, "headers": { "x-compute-request-id": id } })
}

/// In the form of Nova's errors.
fn fault_of_nova(status: u16, kind: &str, message: &str, headers: Value) -> Value {
    let fault = json!({ "code": status, "message": message });
    json!({ "perform": false, "status": status, "headers": headers, "body": { kind: fault } })
}

fn no_volume() -> Value {
    let message = format!("Volume {VOLUME} could not be found.");
    fault_of_nova(404, "itemNotFound", &message, json!({}))
}

fn no_server() -> Value {
    let message = format!("Instance {SERVER} could not be found.");
    fault_of_nova(404, "itemNotFound", &message, json!({}))
}

fn no_resource() -> Value {
    fault_of_nova(404, "itemNotFound", "The resource could not be found.", json!({}))
}

/// Of the middleware before Nova.
fn refused_token() -> Value {
    let error = json!({ "code": 401, "title": "Unauthorized", "message": "The request you have \
        made requires authentication." });
    let headers = json!({ "www-authenticate": "Keystone uri=\"http://127.0.0.1/identity/v3\"" });
    json!({ "perform": false, "status": 401, "headers": headers, "body": { "error": error } })
}

fn limited(retry_after: u64) -> Value {
    let headers = json!({ "retry-after": retry_after });
    fault_of_nova(429, "overLimit", "This request was rate-limited.", headers)
}

fn broken(status: u16, performed: bool) -> Value {
    let mut order = fault_of_nova(status, "computeFault", "Something is broken.", json!({}));
    order["perform"] = performed.into();
    order
}
