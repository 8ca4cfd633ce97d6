//! Starting and stopping virtual machines.

mod common;

use common::Sim;
use serde_json::{Value, json};

/// A simulator whose clock moves only when it is told, with tasks of eight seconds, two of them
/// pending.
fn start() -> Sim {
    let sim = Sim::with_task_time(8.0);
    sim.control("POST", "/clock", &json!({ "stopped": true }));
    sim
}

fn switch(sim: &Sim, machine: &str, action: &str) -> Value {
    let body = json!({ "virtual_machine": { "id": sim.known(machine) } });
    let path = format!("/virtual_machines/virtual_machine/{action}");
    let reply = sim.katapult("POST", &path, &body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

fn state(sim: &Sim, machine: &str) -> Value {
    let answer = sim.get(&format!("/virtual_machines/{}", sim.known(machine))).json();
    answer["virtual_machine"]["state"].clone()
}

fn status(sim: &Sim, answer: &Value) -> Value {
    sim.task(&answer["task"]["id"])["status"].clone()
}

fn attachments(sim: &Sim) -> Vec<Value> {
    let disks = ["/disks/boot", "/disks/attached", "/disks/detached"];
    disks.map(|disk| sim.disk(&sim.known(disk))["virtual_machine_disk"]["state"].clone()).into()
}

const RUNNING: &str = "/virtual_machine/id";
const STOPPED: &str = "/stopped_virtual_machine/id";

/// recorded: the three fields, the names, and that the disks follow.
#[test]
fn a_machine_stops_and_starts_with_its_disks() {
    let sim = start();
    for (action, name, through) in [
        ("stop", "Stop virtual machine", "stopping"),
        ("shutdown", "Shutdown virtual machine", "shutting_down"),
    ] {
        let answer = switch(&sim, RUNNING, action);
        let id = answer["task"]["id"].clone();
        assert_eq!(answer, json!({ "task": { "id": id, "name": name, "status": "pending" } }));
        assert_eq!(
            (state(&sim, RUNNING), status(&sim, &answer)),
            ("started".into(), "pending".into())
        );
        sim.clock(3);
        assert_eq!(
            (state(&sim, RUNNING), status(&sim, &answer)),
            (through.into(), "running".into())
        );
        assert_eq!(attachments(&sim), ["attached", "attached", "detached"]);
        sim.clock(6);
        assert_eq!(
            (state(&sim, RUNNING), status(&sim, &answer)),
            ("stopped".into(), "completed".into())
        );
        assert_eq!(attachments(&sim), ["detached"; 3]);

        let answer = switch(&sim, RUNNING, "start");
        assert_eq!(answer["task"]["name"], "Start virtual machine");
        sim.clock(3);
        assert_eq!(state(&sim, RUNNING), "starting");
        sim.clock(6);
        assert_eq!(
            (state(&sim, RUNNING), status(&sim, &answer)),
            ("started".into(), "completed".into())
        );
        assert_eq!(attachments(&sim), ["attached", "attached", "detached"]);
    }
}

#[test]
fn a_reset_leaves_the_disks_alone() {
    let sim = start();
    let disk = json!({ "disk": { "id": sim.known("/disks/attached") } });
    sim.katapult("POST", "/disks/disk/detach", &disk);
    sim.clock(9);
    let before = attachments(&sim);
    assert_eq!(before, ["attached", "detached", "detached"]);
    let answer = switch(&sim, RUNNING, "reset");
    assert_eq!(answer["task"]["name"], "Reset virtual machine");
    sim.clock(3);
    assert_eq!((state(&sim, RUNNING), attachments(&sim)), ("resetting".into(), before.clone()));
    sim.clock(6);
    assert_eq!((state(&sim, RUNNING), attachments(&sim)), ("started".into(), before));
    assert_eq!(status(&sim, &answer), "completed");
}

/// Our choice: the task fails.
#[test]
fn what_makes_no_sense_fails() {
    let sim = start();
    for (machine, action) in
        [(RUNNING, "start"), (STOPPED, "stop"), (STOPPED, "shutdown"), (STOPPED, "reset")]
    {
        let before = state(&sim, machine);
        let answer = switch(&sim, machine, action);
        sim.clock(9);
        assert_eq!(
            (status(&sim, &answer), state(&sim, machine)),
            ("failed".into(), before),
            "{action}"
        );
    }
}

#[test]
fn tasks_of_one_machine_wait_for_each_other() {
    let sim = start();
    let stop = switch(&sim, RUNNING, "stop");
    let start = switch(&sim, RUNNING, "start");
    let disk = json!({ "disk": { "id": sim.known("/disks/detached") } });
    let attach = sim.katapult("POST", "/disks/disk/attach", &disk).json();
    sim.clock(9);
    assert_eq!((status(&sim, &stop), status(&sim, &start)), ("completed".into(), "running".into()));
    assert_eq!(state(&sim, RUNNING), "starting");
    // All that is left happens before the next answer, and in order.
    sim.clock(16);
    assert_eq!(
        (state(&sim, RUNNING), status(&sim, &attach)),
        ("started".into(), "completed".into())
    );
    assert_eq!(attachments(&sim), ["attached"; 3]);

    switch(&sim, RUNNING, "stop");
    let attach = sim.katapult("POST", "/disks/disk/attach", &disk).json();
    sim.clock(20);
    assert_eq!(status(&sim, &attach), "failed");
}

#[test]
fn orders_about_the_next_task_are_about_power_too() {
    let sim = start();
    for order in [json!({ "fail": true }), json!({ "no_effect": true })] {
        sim.control("POST", "/next_task", &order);
        let answer = switch(&sim, RUNNING, "stop");
        sim.clock(3);
        assert_eq!(state(&sim, RUNNING), "stopping");
        sim.clock(6);
        let expected = if order["fail"] == true { "failed" } else { "completed" };
        assert_eq!(
            (status(&sim, &answer), state(&sim, RUNNING)),
            (expected.into(), "started".into())
        );
        assert_eq!(attachments(&sim), ["attached", "attached", "detached"]);
    }
    sim.control("POST", "/next_task", &json!({ "seconds": 0, "lag_seconds": 5 }));
    switch(&sim, RUNNING, "stop");
    assert_eq!(state(&sim, RUNNING), "stopped");
    assert_eq!(attachments(&sim), ["attached", "attached", "detached"]);
    sim.clock(6);
    assert_eq!(attachments(&sim), ["detached"; 3]);

    sim.control("POST", "/next_task", &json!({ "queueing_error": true }));
    let body = json!({ "virtual_machine": { "fqdn": sim.known("/virtual_machine/fqdn") } });
    let path = "/virtual_machines/virtual_machine/start";
    assert_eq!(sim.katapult("POST", path, &body).error(), (406, "task_queueing_error".into()));
    let missing = json!({ "virtual_machine": { "id": "vm_missing" } });
    let error = sim.katapult("POST", path, &missing).error();
    assert_eq!(error, (404, "virtual_machine_not_found".into()));
    let machine = format!("/virtual_machines/{}", sim.known(STOPPED));
    sim.control("POST", &machine, &json!({ "in_trash": true }));
    let trashed = json!({ "virtual_machine": { "id": sim.known(STOPPED) } });
    assert_eq!(sim.katapult("POST", path, &trashed).error(), (406, "object_in_trash".into()));
}
