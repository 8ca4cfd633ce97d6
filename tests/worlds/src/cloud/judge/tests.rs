//! Histories made by hand: what is broken is found.

use std::sync::Arc;

use serde_json::{Value, json};

use super::super::{VOLUME, kinds, scenarios};
use super::judge;
use crate::event::{Event, When};
use crate::run::{Call, Lived};
use crate::world::{Known, World};

fn world(name: &str, event: Option<(&str, usize)>) -> World {
    let scenario = scenarios::scenarios().into_iter().find(|scenario| scenario.name == name);
    let scenario = scenario.unwrap_or_else(|| panic!("no scenario {name}"));
    let event = event.map(|(name, at)| {
        let kind = kinds::KINDS.iter().find(|kind| kind.name == name);
        Event { kind: kind.unwrap_or_else(|| panic!("no {name}")), at, when: When::Before }
    });
    let known = Arc::new(Known { scenario, asked: Vec::new() });
    World { known, events: event.into_iter().collect() }
}

/// A volume that is attached with this status, or `gone`.
fn version(cause: Value, status: &str) -> Value {
    let volume = |id: &str| json!({ "id": id, "attached": status != "gone", "status": status });
    json!({ "at": 0.0, "cause": cause, "disks": [], "virtual_machines": {}, "trash_objects": [],
        "volumes": [volume(VOLUME)] })
}

fn request(method: &str, received: usize, status: Option<u16>, shown: Option<usize>) -> Value {
    json!({ "at": 0.0, "method": method, "path": "/v2.1/servers/s/os-volume_attachments/v",
        "query": [], "body": null, "status": status, "received": received, "shown": shown,
        "acts": [], "ordered": shown.is_none() })
}

fn lived(versions: &[Value], requests: &[Value], outcome: Result<Value, Value>) -> Lived {
    let history = json!({ "versions": versions, "requests": requests });
    let history: crate::truth::History = serde_json::from_value(history).expect("a history");
    let (requests, end) = (0..history.requests.len(), history.versions.len() - 1);
    Lived { calls: vec![Call { outcome, seconds: 1.0, requests, end }], history }
}

fn gone() -> Result<Value, Value> {
    Ok(json!({ "request_id": null }))
}

fn failure(status: &str, outcome: &str) -> Result<Value, Value> {
    Err(json!({ "status": status, "outcome": outcome, "description": "it was in vain" }))
}

#[track_caller]
fn assert_judged(world: &World, lived: &Lived, words: &str) {
    let broken = judge(world, lived);
    match words {
        "" => assert_eq!(broken, Vec::<String>::new()),
        _ => assert!(broken.iter().any(|text| text.contains(words)), "{broken:?}"),
    }
}

const WAIT: &str = "detach_volume_and_wait.attached-missing-ok";
const ASK: &str = "detach_volume.attached-missing-ok";

#[test]
fn detached_means_gone_since_the_own_change_and_the_last_reading() {
    let by_call = json!({ "request": 0 });
    let mut versions = vec![
        version(json!("order"), "in-use"),
        version(by_call.clone(), "detaching"),
        version(json!("order"), "gone"),
    ];
    let delete = request("DELETE", 0, Some(202), Some(1));
    let requests = [delete.clone(), request("GET", 2, Some(404), Some(2))];
    assert_judged(&world(WAIT, None), &lived(&versions, &requests, gone()), "");
    let early = [delete.clone(), request("GET", 1, Some(200), Some(1))];
    assert_judged(&world(WAIT, None), &lived(&versions[..2], &early, gone()), "success");
    // Attached again, and the last reading has shown it.
    versions.push(version(json!("actor"), "in-use"));
    assert_judged(&world(WAIT, None), &lived(&versions, &requests, gone()), "");
    let seen = [delete, request("GET", 3, Some(200), Some(3))];
    assert_judged(&world(WAIT, None), &lived(&versions, &seen, gone()), "success");
    // It was gone, and came back before the call changed anything.
    let before = [
        version(json!("order"), "gone"),
        version(json!("actor"), "in-use"),
        version(by_call, "detaching"),
    ];
    let one = [request("DELETE", 1, Some(202), Some(2))];
    assert_judged(&world(ASK, None), &lived(&before, &one, gone()), "success");
}

#[test]
fn accepted_means_begun() {
    let accepted = || Ok(json!({ "request_id": "req-1" }));
    let versions =
        [version(json!("order"), "in-use"), version(json!({ "request": 0 }), "detaching")];
    let delete = |shown| [request("DELETE", 0, Some(202), shown)];
    assert_judged(&world(ASK, None), &lived(&versions, &delete(Some(1)), accepted()), "");
    let nothing = &versions[..1];
    assert_judged(&world(ASK, None), &lived(nothing, &delete(Some(0)), accepted()), "accepted");
    // Nova said so.
    let ignored = world(ASK, Some(("ignored", 1)));
    assert_judged(&ignored, &lived(nothing, &delete(None), accepted()), "");
}

#[test]
fn what_an_error_says_must_be_true() {
    let attached = [version(json!("order"), "in-use")];
    let missing = [version(json!("order"), "gone")];
    let one = [request("DELETE", 0, Some(404), Some(0))];
    let table = [
        ("detach_volume.absent", &missing, "openstack_volume_not_attached", ""),
        ("detach_volume.absent", &attached, "openstack_volume_not_attached", "was not gone"),
        (
            "detach_volume.detaching-missing-ok",
            &missing,
            "openstack_volume_not_attached",
            "in spite",
        ),
        ("detach_volume.detaching", &attached, "openstack_already_detaching", "being detached"),
        ("detach_volume.absent", &missing, "openstack_detach_failed", "still attached"),
        ("detach_volume.absent", &missing, "openstack_server_not_found", "the server exists"),
        ("detach_volume.attached", &attached, "openstack_forbidden", "failed"),
    ];
    for (name, versions, status, words) in table {
        let lived = lived(versions, &one, failure(status, "rejected"));
        assert_judged(&world(name, None), &lived, words);
    }
}

#[test]
fn a_detach_is_not_sent_again_after_one_that_may_have_been_performed() {
    let in_use = [version(json!("order"), "in-use")];
    let twice = |status, shown| {
        let first = request("DELETE", 0, status, shown);
        let failed = failure("openstack_error", "unknown");
        lived(&in_use, &[first, request("DELETE", 0, Some(409), Some(0))], failed)
    };
    let name = "detach_volume_and_wait.reserved-missing-ok";
    assert_judged(&world(name, None), &twice(Some(409), Some(0)), "");
    assert_judged(&world(name, Some(("limited", 1))), &twice(Some(429), None), "");
    assert_judged(&world(name, Some(("lost", 1))), &twice(None, None), "sent again");
    assert_judged(&world(name, Some(("proxy_403", 1))), &twice(Some(403), None), "sent again");
    assert_judged(&world(name, None), &twice(Some(500), Some(0)), "sent again");
}

#[test]
fn an_outcome_must_be_true_later_too() {
    let versions =
        [version(json!("order"), "in-use"), version(json!({ "request": 0 }), "detaching")];
    let one = [request("DELETE", 0, None, None)];
    let late = world(ASK, Some(("late_1", 1)));
    for outcome in ["rejected", "not_sent"] {
        let lived = lived(&versions, &one, failure("connection_failed", outcome));
        assert_judged(&late, &lived, outcome);
    }
    let lived = lived(&versions, &one, failure("connection_failed", "unknown"));
    assert_judged(&late, &lived, "");
}
