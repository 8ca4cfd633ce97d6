//! What a test can arrange: objects, the clock, tasks that deceive, long lists.

mod common;

use std::time::Instant;

use common::{Sim, wait_for};
use serde_json::{Value, json};

fn page(sim: &Sim, query: &str) -> Value {
    let organization = format!("organization[sub_domain]={}", sim.known("/organization"));
    sim.get(&format!("/organizations/organization/disks?{organization}{query}")).json()
}

#[test]
fn objects_are_placed_under_given_ids() {
    let sim = Sim::start();
    let objects = json!({
        "virtual_machines": [{ "id": "vm_x", "name": "x", "future": [1] }],
        "disks": [{
            "id": "disk_x",
            "name": "x",
            "io_profile": null,
            "annotations": [{ "key": "team", "value": "storage" }],
            "virtual_machine_disk": { "virtual_machine": { "id": "vm_x" }, "state": "failed" },
        }],
        "disk_backup_policies": [{ "id": "dbp_x", "target": { "disk": "disk_x" } }],
        "trash_objects": [{ "id": "trsh_x", "object_type": "ObjectStorageAccount" }],
        "tasks": [{ "id": "task_x", "name": "Stop virtual machine", "seconds": 100 }],
    });
    sim.control("POST", "/objects", &objects);
    let machine = sim.get("/virtual_machines/vm_x").json()["virtual_machine"].clone();
    assert_eq!((&machine["future"], &machine["state"]), (&json!([1]), &json!("started")));
    let disk = sim.disk("disk_x");
    assert_eq!((&disk["io_profile"], &disk["size_in_gb"]), (&Value::Null, &json!(20)));
    let relation = &disk["virtual_machine_disk"];
    assert_eq!(relation["virtual_machine"]["fqdn"], "x.sim-acme.example.com");
    assert_eq!((&relation["state"], &relation["boot"]), (&json!("failed"), &json!(false)));
    let found = page(&sim, "&annotations[][key]=team&annotations[][value]=storage");
    assert_eq!(found["pagination"]["total"], 1);
    assert_eq!(sim.get("/disk_backup_policies/dbp_x").status, 200);
    let trash_object = sim.get("/trash_objects/trsh_x").json()["trash_object"].clone();
    assert_eq!(trash_object.get("object_id"), None);
    assert_eq!(sim.task(&json!("task_x"))["status"], "running");

    // What exists is changed, and keeps what is not given.
    sim.control("POST", "/objects", &json!({ "disks": [{ "id": "disk_x", "size_in_gb": 50 }] }));
    let disk = sim.disk("disk_x");
    assert_eq!((&disk["name"], &disk["size_in_gb"]), (&json!("x"), &json!(50)));
    for mistake in [
        json!({ "disks": [{ "colour": "red" }] }),
        json!({ "disks": [{ "virtual_machine_disk": { "virtual_machine": { "id": "?" } } }] }),
        json!({ "virtual_machines": [{ "name": "without id" }] }),
    ] {
        let reply = sim.request("POST", "/__sim/objects", &[], &mistake.to_string());
        assert_eq!(reply.status, 400, "{mistake}");
    }
}

#[test]
fn many_disks_are_listed_quickly() {
    let sim = Sim::start();
    let placed = sim.control("POST", "/disks", &json!({ "count": 20_000, "name": "many" }));
    assert_eq!(placed, json!({ "placed": 20_000 }));
    let started = Instant::now();
    for number in [1, 50, 100] {
        let list = page(&sim, &format!("&per_page=200&page={number}"));
        assert_eq!(list["disk"].as_array().map(Vec::len), Some(200));
        assert_eq!(list["pagination"]["total"], 20_004);
    }
    assert!(started.elapsed().as_secs() < 5);
    assert_eq!(page(&sim, "&per_page=201")["error"]["code"], "invalid_argument");
}

#[test]
fn a_new_name_or_the_trash_changes_the_list_at_once() {
    let sim = Sim::start();
    assert_eq!(page(&sim, "")["disk"][0]["name"], "System Disk");
    let disk = json!({ "id": sim.known("/disks/unassigned") });
    sim.katapult("PATCH", "/disks/_", &json!({ "disk": disk, "properties": { "name": "A" } }));
    assert_eq!(page(&sim, "")["disk"][0]["name"], "A");
    sim.katapult("DELETE", "/disks/_", &json!({ "disk": disk }));
    assert_eq!(page(&sim, "")["disk"][0]["name"], "System Disk");
}

#[test]
fn a_large_set_does_not_tell_its_length() {
    let sim = Sim::start();
    sim.control("POST", "/large_set", &json!({ "on": true }));
    let expected = json!({ "current_page": 2, "total_pages": null, "total": null, "per_page": 3,
        "large_set": true });
    let list = page(&sim, "&per_page=3&page=2");
    assert_eq!(list["pagination"], expected);
    assert_eq!(list["disk"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_clock_moves_tasks_and_can_stand_still() {
    let sim = Sim::with_task_time(100.0);
    sim.control("POST", "/clock", &json!({ "stopped": true }));
    let answer = sim.create(&json!({})).json();
    let status = || sim.task(&answer["task"]["id"])["status"].clone();
    assert_eq!(status(), "pending");
    sim.clock(25);
    assert_eq!(status(), "running");
    sim.clock(75);
    assert_eq!(status(), "completed");
    let task = sim.task(&answer["task"]["id"]);
    let created = task["created_at"].as_u64().expect("a time");
    assert_eq!(
        (&task["started_at"], &task["finished_at"]),
        (&json!(created + 25), &json!(created + 100))
    );
    let before = sim.clock(0);
    sim.control("POST", "/clock", &json!({ "stopped": false }));
    assert!(sim.clock(0) - before < 5);
}

#[test]
fn tasks_of_one_machine_wait_for_each_other() {
    let sim = Sim::with_task_time(100.0);
    let detach = |disk: &str| {
        let body = json!({ "disk": { "id": sim.known(disk) } });
        sim.katapult("POST", "/disks/disk/detach", &body).json()["task"]["id"].clone()
    };
    let (first, second) = (detach("/disks/attached"), detach("/disks/boot"));
    let elsewhere = sim.create(&json!({})).json()["task"]["id"].clone();
    let statuses = || [&first, &second, &elsewhere].map(|task| sim.task(task)["status"].clone());
    sim.clock(50);
    assert_eq!(statuses(), ["running", "pending", "running"]);
    sim.clock(70);
    assert_eq!(statuses(), ["completed", "running", "completed"]);
}

#[test]
fn the_next_task_may_be_late_or_without_effect() {
    let sim = Sim::start();
    let disk = json!({ "id": sim.known("/disks/attached") });
    let relation = || sim.disk(&sim.known("/disks/attached"))["virtual_machine_disk"].clone();
    sim.control("POST", "/next_task", &json!({ "seconds": 0, "lag_seconds": 50 }));
    let answer = sim.katapult("POST", "/disks/disk/detach", &json!({ "disk": disk })).json();
    assert_eq!(sim.wait(&answer)["status"], "completed");
    assert_eq!(relation()["state"], "detaching");
    sim.clock(60);
    assert_eq!(relation()["state"], "detached");

    sim.control("POST", "/next_task", &json!({ "seconds": 0, "no_effect": true }));
    let body = json!({ "disk": disk, "size_in_gb": 10 });
    let answer = sim.katapult("PUT", "/disks/disk/resize", &body).json();
    assert_eq!(sim.wait(&answer)["status"], "completed");
    let disk = sim.disk(&sim.known("/disks/attached"));
    assert_eq!((&disk["size_in_gb"], &disk["state"]), (&json!(20), &json!("built")));
}

#[test]
fn a_relation_can_be_hidden() {
    let sim = Sim::start();
    let id = sim.known("/disks/attached");
    sim.control("POST", &format!("/disks/{id}"), &json!({ "hide_relation": true }));
    let disk = sim.disk(&id);
    assert_eq!(disk.as_object().map(|disk| disk.len()), Some(11));
    assert_eq!(disk.get("virtual_machine_disk"), None);
    let list = page(&sim, "");
    let items = list["disk"].as_array().expect("a list");
    let item = wait_for("the disk", || items.iter().find(|item| item["id"] == id));
    assert_eq!(item.get("virtual_machine_disk"), None);
}

#[test]
fn an_empty_simulator() {
    let sim = Sim::start();
    sim.control("POST", "/reset", &json!({ "empty": true }));
    sim.control("POST", "/organization", &json!({ "sub_domain": "other" }));
    let path = "/organizations/_/disks?organization[sub_domain]=other";
    let expected = json!({ "current_page": 1, "total_pages": 0, "total": 0, "per_page": 30,
        "large_set": false });
    assert_eq!(sim.get(path).json()["pagination"], expected);
    sim.control("POST", "/reset", &Value::Null);
    assert_eq!(sim.disk(&sim.known("/disks/boot"))["size_in_gb"], 25);
}

#[test]
fn ids_in_the_path_serve_every_method() {
    let sim = Sim::with_task_time(0.0);
    let id = sim.known("/disks/attached");
    let empty = json!({});
    for (method, path, body) in [
        ("PATCH", format!("/disks/{id}"), json!({ "properties": { "name": "old client" } })),
        ("POST", format!("/disks/{id}/detach"), empty.clone()),
        ("PUT", format!("/disks/{id}/resize"), json!({ "size_in_gb": 30 })),
        ("POST", format!("/disks/{id}/unassign"), empty.clone()),
        ("DELETE", format!("/disks/:disk?disk[id]={id}"), Value::Null),
    ] {
        let reply = sim.katapult(method, &path, &body);
        assert_eq!((reply.status, &reply.json()["disk"]["id"]), (200, &json!(id)), "{path}");
    }
}
