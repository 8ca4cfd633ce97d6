//! Histories made by hand: what is broken is found, and what nobody could know is not.

use std::sync::Arc;

use serde_json::{Value, json};

use super::judge;
use crate::run::{Call, Lived};
use crate::scenario::{DISK, KEY, KEY_ANNOTATION, MACHINE, OTHER_MACHINE, scenarios};
use crate::world::{Known, World};

fn world(name: &str) -> World {
    let scenario = scenarios().into_iter().find(|scenario| scenario.name == name);
    let scenario = scenario.unwrap_or_else(|| panic!("no scenario {name}"));
    World { known: Arc::new(Known { scenario, asked: Vec::new() }), events: Vec::new() }
}

fn disk(id: &str, relation: Value, annotations: Value) -> Value {
    json!({ "id": id, "name": "world", "size_in_gb": 20, "state": "built", "io_profile": null,
        "virtual_machine_disk": relation, "annotations": annotations, "in_trash": false })
}

fn assigned_to(machine: &str, state: &str, attach_on_boot: bool) -> Value {
    let relation = json!({ "virtual_machine": { "id": machine }, "state": state,
        "attach_on_boot": attach_on_boot });
    disk(DISK, relation, json!([]))
}

fn assigned(state: &str, attach_on_boot: bool) -> Value {
    assigned_to(MACHINE, state, attach_on_boot)
}

fn version(cause: Value, disks: Value) -> Value {
    json!({ "at": 0.0, "cause": cause, "disks": disks, "trash_objects": [],
        "virtual_machines": { MACHINE: { "state": "started", "in_trash": false } } })
}

fn by(request: usize) -> Value {
    json!({ "request": request })
}

/// A request about the disk; what it showed, if it was answered.
fn request(method: &str, path: &str, received: usize, shown: Option<usize>) -> Value {
    json!({ "at": 0.0, "method": method, "path": format!("/core/v1{path}"),
        "query": [["disk[id]", DISK]], "body": null, "status": shown.map(|_| 200),
        "received": received, "shown": shown, "acts": [], "ordered": false })
}

fn get(received: usize, shown: usize) -> Value {
    request("GET", "/disks/disk", received, Some(shown))
}

fn lived(versions: Value, requests: Value, outcome: Result<Value, Value>) -> Lived {
    let history = json!({ "versions": versions, "requests": requests });
    let history: crate::truth::History = serde_json::from_value(history).expect("a history");
    let (requests, end) = (0..history.requests.len(), history.versions.len() - 1);
    Lived { calls: vec![Call { outcome, seconds: 1.0, requests, end }], history }
}

fn success() -> Result<Value, Value> {
    Ok(json!({ "disk": { "id": DISK } }))
}

fn failure(status: &str, outcome: &str) -> Result<Value, Value> {
    Err(json!({ "status": status, "outcome": outcome, "description": "it was in vain" }))
}

/// A detach: an attached disk, its PATCH and its detach, and last a reading that shows a version.
fn detached(versions: Value, shown: usize) -> Lived {
    let last = versions.as_array().map_or(0, Vec::len) - 1;
    let requests = json!([
        get(0, 0),
        request("PATCH", "/disks/disk", 0, Some(1)),
        request("POST", "/disks/disk/detach", 1, Some(1)),
        get(last, shown),
    ]);
    lived(versions, requests, success())
}

fn broken(name: &str, lived: &Lived) -> Vec<String> {
    judge(&world(name), lived)
}

#[track_caller]
fn assert_broken(name: &str, lived: &Lived, words: &str) {
    let broken = broken(name, lived);
    assert!(broken.iter().any(|text| text.contains(words)), "{broken:?}");
}

#[track_caller]
fn assert_whole(name: &str, lived: &Lived) {
    assert_eq!(broken(name, lived), Vec::<String>::new());
}

const DETACH: &str = "ensure_disk_detached.attached";

fn three_versions() -> Vec<Value> {
    vec![
        version(json!("order"), json!([assigned("attached", true)])),
        version(by(1), json!([assigned("attached", false)])),
        version(by(2), json!([assigned("detached", false)])),
    ]
}

#[test]
fn a_success_must_have_been_true_since_the_last_change_and_reading() {
    assert_whole(DETACH, &detached(json!(three_versions()), 2));
    // Nothing was detached, and the last reading says so.
    assert_broken(DETACH, &detached(json!(three_versions()[..2]), 1), "success: Detached");
    let attached_again = version(json!("actor"), json!([assigned("attached", true)]));
    let versions = [three_versions(), vec![attached_again]].concat();
    // The last reading is older than what another did; or it shows that.
    assert_whole(DETACH, &detached(json!(versions), 2));
    assert_broken(DETACH, &detached(json!(versions), 3), "success: Detached");
}

#[test]
fn a_stale_reading_from_before_the_own_change_proves_nothing() {
    let versions = json!([
        version(json!("order"), json!([assigned("detached", false)])),
        version(json!("actor"), json!([assigned("attached", true)])),
        version(by(0), json!([assigned("attached", true), disk("disk_x", json!(null), json!([]))])),
    ]);
    let changed = json!([request("PATCH", "/disks/disk", 1, Some(2)), get(2, 0)]);
    assert_broken(DETACH, &lived(versions.clone(), changed, success()), "success: Detached");
    // Who changed nothing may believe it.
    let only_read = lived(json!([versions[0], versions[1]]), json!([get(1, 0)]), success());
    assert_whole(DETACH, &only_read);
}

#[test]
fn an_ignored_change_counts_as_one() {
    let versions = json!([version(json!("order"), json!([assigned("detached", true)])),]);
    let ignored = json!([get(0, 0), request("PATCH", "/disks/disk", 0, Some(0))]);
    assert_broken(DETACH, &lived(versions, ignored, success()), "success: Detached");
}

#[test]
fn an_outcome_must_be_true_later_too() {
    let lost = || json!([get(0, 0), request("PATCH", "/disks/disk", 0, None)]);
    let versions = json!(three_versions()[..2]);
    for outcome in ["not_sent", "rejected"] {
        let mut lived = lived(versions.clone(), lost(), failure("refused", outcome));
        lived.calls[0].end = 0;
        assert_broken("ensure_disk_detached.attached", &lived, outcome);
    }
    let unknown = failure("connection_failed", "unknown");
    let mut world = world(DETACH);
    Arc::get_mut(&mut world.known).expect("one world").scenario.succeeds = false;
    assert_eq!(judge(&world, &lived(versions, lost(), unknown)), Vec::<String>::new());
}

#[test]
fn strangers_stay_as_they_are() {
    let other = |state| {
        disk(
            "disk_x",
            json!({ "virtual_machine": { "id": MACHINE },
        "state": state, "attach_on_boot": true }),
            json!([]),
        )
    };
    let versions = json!([
        version(json!("order"), json!([assigned("detached", false), other("attached")])),
        version(by(1), json!([assigned("detached", false), other("detached")])),
    ]);
    let requests = json!([get(0, 0), request("POST", "/disks/disk/detach", 0, Some(1)), get(1, 1)]);
    assert_broken(DETACH, &lived(versions, requests, success()), "strangers: version 1");
}

#[test]
fn an_attached_disk_is_not_unassigned_unless_it_became_so_unseen() {
    let name = "ensure_disk_unassigned.detached-off";
    let none = disk(DISK, json!(null), json!([]));
    let story = |shown: usize| {
        let versions = json!([
            version(json!("order"), json!([assigned("detached", false)])),
            version(json!("actor"), json!([assigned("attached", false)])),
            version(by(1), json!([none])),
        ]);
        let unassign = request("POST", "/disks/disk/unassign", 1, Some(2));
        lived(versions, json!([get(1, shown), unassign, get(2, 2)]), success())
    };
    assert_whole(name, &story(0));
    assert_broken(name, &story(1), "not safe: an attached disk is unassigned");
}

#[test]
fn a_disk_of_another_machine_is_left_alone() {
    let name = "ensure_disk_unassigned.detached-off";
    let versions = json!([
        version(json!("order"), json!([assigned_to(OTHER_MACHINE, "detached", true)])),
        version(by(1), json!([disk(DISK, json!(null), json!([]))])),
    ]);
    let unassign = request("POST", "/disks/disk/unassign", 0, Some(1));
    let lived = lived(versions, json!([get(0, 0), unassign, get(1, 1)]), success());
    assert_broken(name, &lived, "not safe: another machine's disk");
}

#[test]
fn gone_for_good_is_a_disk_that_does_not_exist() {
    let mut trashed = disk(DISK, json!(null), json!([]));
    trashed["in_trash"] = true.into();
    let versions = json!([version(json!("order"), json!([trashed]))]);
    let gone = Ok(json!({ "trash_object": null }));
    let lived = lived(versions, json!([get(0, 0)]), gone);
    assert_broken("ensure_disk_deleted.trashed", &lived, "gone for good");
}

#[test]
fn a_call_ends_in_its_time_and_says_so() {
    let versions = json!(three_versions()[..1]);
    let failed = failure("timed_out", "unknown");
    let mut lived = lived(versions, json!([get(0, 0)]), failed);
    assert_broken(DETACH, &lived, "time: nothing about it");
    lived.calls[0].seconds = 60.0;
    assert_broken(DETACH, &lived, "time: it took 60.0 s");
    assert_broken(DETACH, &lived, "failed: timed_out");
}

#[test]
fn two_disks_of_one_key_are_excused_only_where_nobody_could_know() {
    let name = "create_disk_once.first";
    let made = |id| disk(id, json!(null), json!([{ "key": KEY_ANNOTATION, "value": KEY }]));
    let (first, second) = (made("disk_first"), made("disk_second"));
    let post =
        |received, shown| request("POST", "/organizations/organization/disks", received, shown);
    let story = |versions: Value, received: usize, one_call: bool| {
        let found = Ok(json!({ "disk": { "id": "disk_second" } }));
        let mut lived = lived(versions, json!([post(0, None), post(received, Some(2))]), found);
        if !one_call {
            let unknown = failure("connection_failed", "unknown");
            let earlier = Call { outcome: unknown, seconds: 1.0, requests: 0..1, end: 0 };
            lived.calls[0].requests = 1..2;
            lived.calls.insert(0, earlier);
        }
        broken(name, &lived).iter().any(|text| text.contains("one key: 2 disks"))
    };
    let nothing = version(json!("order"), json!([]));
    let in_time =
        json!([nothing, version(by(0), json!([first])), version(by(1), json!([first, second])),]);
    let late =
        json!([nothing, version(by(1), json!([second])), version(by(0), json!([first, second])),]);
    assert!(story(in_time, 1, false));
    assert!(!story(late.clone(), 0, false));
    assert!(story(late, 0, true));
}

#[test]
fn an_answer_about_another_disk_is_none() {
    let versions = json!(three_versions()[2..]);
    let foreign = Ok(json!({ "disk": { "id": "disk_x" } }));
    assert_broken(DETACH, &lived(versions, json!([get(0, 0)]), foreign), "about disk_x");
}
