//! Detaches, and the states in which they begin.

use serde_json::{Value, json};

use super::{ABOUT_SERVER, ABOUT_VOLUME, SERVER, VOLUME};
use crate::scenario::{Scenario, Start, TIMEOUT, Wish};

/// All of them: with and without a wait, with and without `missing_ok`.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let attached = || volume(json!({ "attached": true }));
    let absent = || volume(json!({ "attached": false }));
    let detaching = || volume(json!({ "detach_begins": true }));
    let others_fail = || volume(json!({ "detach_begins": true, "detach": "fails" }));
    let attaching = || volume(json!({ "attach_seconds": 1.0 }));
    let reserved = || volume(json!({ "reserved": true }));
    let fails = || volume(json!({ "detach": "fails" }));
    let busy = || vec![(ABOUT_SERVER, json!({ "task_state": "rebooting", "task_seconds": 1.0 }))];
    vec![
        asked("attached", attached(), false, true),
        asked("attached-missing-ok", attached(), true, true),
        asked("absent", absent(), false, false),
        asked("absent-missing-ok", absent(), true, true),
        asked("detaching", detaching(), false, false),
        asked("detaching-missing-ok", detaching(), true, false),
        asked("attaching-missing-ok", attaching(), true, false),
        waited("attached", attached(), false, true),
        waited("attached-missing-ok", attached(), true, true),
        waited("absent", absent(), false, false),
        waited("absent-missing-ok", absent(), true, true),
        // When Nova is asked, it may be gone.
        waited("detaching", detaching(), false, false),
        waited("detaching-missing-ok", detaching(), true, true),
        waited("others-fail-missing-ok", others_fail(), true, false),
        waited("attaching", attaching(), false, true),
        waited("reserved-missing-ok", reserved(), true, false),
        waited("fails-missing-ok", fails(), true, false),
        waited("busy", busy(), false, true),
    ]
}

type Arrangement = Vec<(&'static str, Value)>;

fn volume(order: Value) -> Arrangement {
    vec![(ABOUT_VOLUME, order)]
}

/// One request, and its answer.
fn asked(state: &str, arrangement: Arrangement, missing_ok: bool, succeeds: bool) -> Scenario {
    let arguments = json!({ "server_id": SERVER, "volume_id": VOLUME, "missing_ok": missing_ok,
        "timeout": TIMEOUT, "wait": false });
    Scenario {
        name: format!("detach_volume.{state}"),
        workflow: "detach_volume",
        operation: "openstack_detach_volume",
        arguments,
        machine_state: "started",
        start: Start::Gone,
        wish: Wish::VolumeGone,
        arrangement,
        succeeds,
    }
}

fn waited(state: &str, arrangement: Arrangement, missing_ok: bool, succeeds: bool) -> Scenario {
    let scenario = asked(state, arrangement, missing_ok, succeeds).with(json!({ "wait": true }));
    Scenario {
        name: format!("detach_volume_and_wait.{state}"),
        workflow: "detach_volume_and_wait",
        ..scenario
    }
}
