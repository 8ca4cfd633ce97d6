//! Objects as they are placed again, by an order or from a file; orders with mistakes.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{Sim, wait_for};
use katapult_sim::{Options, Simulator};
use serde_json::{Value, json};

fn objects(sim: &Sim) -> Value {
    sim.control("GET", "/objects", &Value::Null)
}

fn example(sim: &Sim) -> Value {
    let index = sim.control("GET", "/", &Value::Null);
    let orders = index["orders"].as_array().expect("orders").iter();
    let mut example = orders
        .filter(|order| order["method"] == "POST")
        .find(|order| order["path"] == "/objects")
        .map(|order| order["example"].clone())
        .expect("the example");
    example["disks"][0].as_object_mut().expect("a disk").remove("count");
    // An unfinished one has less to wait for with each look.
    example["tasks"][0]["wait_seconds"] = json!(0);
    example["tasks"][0]["seconds"] = json!(0);
    example
}

#[test]
fn what_is_shown_can_be_placed() {
    let sim = Sim::with_task_time(0.0);
    sim.control("POST", "/objects", &example(&sim));
    sim.control(
        "POST",
        "/disks",
        &json!({ "count": 3, "name": "many", "annotations": [{ "key": "a", "value": "b" }] }),
    );
    let id = sim.known("/disks/unassigned");
    sim.control("POST", &format!("/disks/{id}"), &json!({ "state": "odd", "hide_relation": true }));
    sim.control("POST", "/organization", &json!({ "state": "suspended" }));
    sim.control(
        "POST",
        &format!("/disks/{}", sim.known("/disks/detached")),
        &json!({ "in_trash": true }),
    );
    let disk = json!({ "disk": { "id": sim.known("/disks/attached") } });
    sim.katapult("POST", "/disks/disk/detach", &disk);
    let before = objects(&sim);
    assert!(before["disks"].as_array().is_some_and(|disks| disks.len() > 8));
    for kind in before.as_object().expect("objects").values() {
        assert!(!kind.as_array().expect("an array").is_empty(), "{before}");
    }
    sim.control("POST", "/reset", &json!({ "empty": true }));
    assert_eq!(objects(&sim)["disks"], json!([]));
    sim.control("POST", "/objects", &before);
    let after = objects(&sim);
    for (kind, expected) in before.as_object().expect("objects") {
        assert_eq!(&after[kind], expected, "{kind}");
    }
    assert_eq!(before, after);
}

#[test]
fn an_order_with_a_mistake_changes_nothing() {
    let sim = Sim::with_task_time(0.0);
    let before = objects(&sim);
    let good = example(&sim);
    let wrong_disk = json!({ "id": "disk_y", "colour": "red" });
    for (kind, wrong) in [
        ("disks", wrong_disk.clone()),
        ("disks", json!({ "virtual_machine_disk": { "virtual_machine": { "id": "vm_none" } } })),
        ("disks", json!({ "count": 1_000_000 })),
        ("virtual_machines", json!({ "name": "no id" })),
        ("network_interfaces", json!({ "id": "x", "virtual_machine": "vm_none", "network": "x" })),
        ("trash_objects", json!({ "object_id": "disk_x", "keep_until": "soon" })),
        ("organizations", json!({ "sub_domain": "no id" })),
        (
            "virtual_networks",
            json!({ "id": "x", "name": "x", "organization": "org_none",
            "data_center": { "id": "x", "name": "x", "permalink": "x" } }),
        ),
        ("tasks", json!({ "id": "task_y", "name": "x", "seconds": -1 })),
    ] {
        let mut order = good.clone();
        let objects_of_kind = order[kind].as_array().cloned().unwrap_or_default();
        order[kind] = json!([objects_of_kind, vec![wrong]].concat());
        let reply = sim.request("POST", "/__sim/objects", &[], &order.to_string());
        assert_eq!(reply.status, 400, "{kind}");
        assert_eq!(objects(&sim), before, "{kind}");
    }
    for (path, order) in [
        ("/disks".to_owned(), json!({ "count": 2, "colour": "red" })),
        (
            format!("/disks/{}", sim.known("/disks/unassigned")),
            json!({ "state": "odd", "size_in_gb": 9, "attachment_state": "attached" }),
        ),
        ("/clock".to_owned(), json!({ "advance_seconds": -1, "stopped": true })),
    ] {
        let reply = sim.request("POST", &format!("/__sim{path}"), &[], &order.to_string());
        assert_eq!(reply.status, 400, "{path}");
        assert_eq!(objects(&sim), before, "{path}");
    }
    // And it still takes the good one.
    sim.control("POST", "/objects", &good);
    assert_ne!(objects(&sim), before);
}

#[test]
fn an_order_about_a_volume_with_a_mistake_changes_nothing() {
    let sim = Sim::start();
    let servers = || sim.control("GET", "/servers", &Value::Null);
    let before = servers();
    let path = format!("/__sim/volumes/{}", sim.known("/volume_id"));
    let order = json!({ "attached": false, "reserved": true, "detach_begins": true });
    assert_eq!(sim.request("POST", &path, &[], &order.to_string()).status, 400);
    assert_eq!(servers(), before);
    let order = json!({ "detach_begins": true }).to_string();
    assert_eq!(sim.request("POST", &path, &[], &order).status, 200);
}

#[test]
fn an_order_for_answers_with_a_mistake_adds_none() {
    let sim = Sim::start();
    let order = json!([{ "status": 500 }, { "status": 500, "nth": 0 }]).to_string();
    assert_eq!(sim.request("POST", "/__sim/answers", &[], &order).status, 400);
    assert_eq!(sim.control("DELETE", "/answers", &Value::Null)["left"], 0);
}

#[test]
fn settled_objects_are_as_if_all_had_ended() {
    let sim = Sim::with_task_time(500.0);
    let (attached, machine) = (sim.known("/disks/attached"), sim.known("/virtual_machine/id"));
    let resize = json!({ "disk": { "id": attached }, "size_in_gb": 77, "resize_method": "online" });
    assert_eq!(sim.katapult("PUT", "/disks/disk/resize", &resize).status, 200);
    let stop = json!({ "virtual_machine": { "id": machine } });
    assert_eq!(sim.katapult("POST", "/virtual_machines/virtual_machine/stop", &stop).status, 200);
    let trash = json!({ "trash_object": { "id": sim.known("/trash_object_id") } });
    assert_eq!(sim.katapult("DELETE", "/trash_objects/trash_object", &trash).status, 200);
    let find = |objects: &Value, kind: &str, id: &str| {
        let all = objects[kind].as_array().expect("objects").clone();
        all.into_iter().find(|it| it["id"] == id)
    };
    let now = objects(&sim);
    let settled = sim.control("GET", "/objects?settled=true", &Value::Null);
    let (before, after) = (find(&now, "disks", &attached), find(&settled, "disks", &attached));
    let (before, after) = (before.expect("it"), after.expect("it"));
    assert_eq!((&before["state"], &before["size_in_gb"]), (&json!("resizing"), &json!(20)));
    assert_eq!((&after["state"], &after["size_in_gb"]), (&json!("built"), &json!(77)));
    assert_eq!(after["virtual_machine_disk"]["state"], "detached");
    let state =
        |objects: &Value| find(objects, "virtual_machines", &machine).expect("it")["state"].clone();
    assert_eq!([state(&now), state(&settled)], ["started", "stopped"]);
    let trashed = sim.known("/disks/trashed");
    assert!(find(&now, "disks", &trashed).is_some() && find(&settled, "disks", &trashed).is_none());
    // What it says comes true.
    sim.clock(2_000);
    let mut later = sim.control("GET", "/objects?settled=true", &Value::Null);
    let mut settled = settled;
    for objects in [&mut later, &mut settled] {
        objects["tasks"] = Value::Null;
    }
    assert_eq!(later, settled);
}

struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("katapult-sim-{}-{name}", std::process::id()));
        let _ = fs::remove_file(&path);
        Self(path)
    }

    fn start(&self) -> Sim {
        let options = Options {
            state_file: Some(self.0.clone()),
            task_time: std::time::Duration::from_secs(500),
            ..Options::default()
        };
        Sim::of(Simulator::start(options).expect("a simulator"))
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.0).expect("the file")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn a_file_keeps_the_objects() {
    let file = File::new("keeps");
    let sim = file.start();
    assert!(file.text().contains("disk_SimBootDisk00001"));
    let id = sim.create(&json!({ "name": "kept" })).json()["disk"]["id"].clone();
    let id = id.as_str().expect("an id").to_owned();
    // While it runs, and at the end.
    wait_for("the disk in the file", || file.text().contains(&id).then_some(()));
    sim.control(
        "POST",
        &format!("/disks/{}", sim.known("/disks/boot")),
        &json!({ "size_in_gb": 99 }),
    );
    drop(sim);
    let sim = file.start();
    let disk = sim.disk(&id);
    assert_eq!((&disk["name"], &disk["state"]), (&json!("kept"), &json!("built")));
    assert_eq!(sim.disk(&sim.known("/disks/boot"))["size_in_gb"], 99);
    // It is what a reset leads back to.
    sim.katapult("DELETE", "/disks/disk", &json!({ "disk": { "id": id } }));
    sim.control("POST", "/reset", &Value::Null);
    assert_eq!(sim.disk(&id)["name"], "kept");
    let left = fs::read_dir(std::env::temp_dir()).expect("a directory").flatten();
    let name = file.0.file_name().expect("a name").to_string_lossy().into_owned();
    let mut left = left.filter(|entry| entry.file_name().to_string_lossy().starts_with(&name));
    assert!(left.by_ref().count() == 1);
}

#[test]
fn a_file_with_a_mistake_is_not_touched() {
    let file = File::new("mistake");
    for text in ["{", r#"{"disks": [{"colour": "red"}]}"#, r#"{"discs": []}"#] {
        fs::write(&file.0, text).expect("a file");
        let options = Options { state_file: Some(file.0.clone()), ..Options::default() };
        let error = Simulator::start(options).expect_err("an error").to_string();
        assert!(error.contains("katapult-sim-"), "{error}");
        assert_eq!(file.text(), text);
    }
    let options = Options { state_file: Some("/nowhere/at/all".into()), ..Options::default() };
    assert!(Simulator::start(options).is_err());
}
