//! The trash: what is in it, and how it leaves.

mod common;

use common::Sim;
use serde_json::{Value, json};

fn organization(sim: &Sim) -> String {
    format!("organization[sub_domain]={}", sim.known("/organization"))
}

fn delete_disk(sim: &Sim, id: &str) -> Value {
    let reply = sim.katapult("DELETE", "/disks/disk", &json!({ "disk": { "id": id } }));
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["trash_object"].clone()
}

#[test]
fn a_purged_disk_is_gone_when_the_task_is_done() {
    let sim = Sim::with_task_time(100.0);
    let id = sim.known("/disks/unassigned");
    let now = sim.clock(0);
    let trash_object = delete_disk(&sim, &id);
    let kept = trash_object["keep_until"].as_u64().expect("a time") - now;
    assert!((172_800..172_805).contains(&kept), "{kept}");

    let trash_id = trash_object["id"].as_str().expect("an id");
    let by_id = format!("/trash_objects/trash_object?trash_object[id]={trash_id}");
    let by_object = format!("/trash_objects/_?trash_object[object_id]={id}");
    assert_eq!(sim.get(&by_object).json()["trash_object"], trash_object);
    let body = json!({ "trash_object": { "id": trash_id } });
    let answer = sim.katapult("DELETE", "/trash_objects/trash_object", &body).json();
    assert_eq!(answer["task"]["name"], "Purge items from trash");
    assert_eq!(answer.as_object().map(|answer| answer.len()), Some(1));

    sim.clock(90);
    assert_eq!(sim.task(&answer["task"]["id"])["status"], "running");
    assert_eq!(sim.get(&by_id).status, 200);
    assert_eq!(sim.get(&format!("/disks/disk?disk[id]={id}")).status, 406);
    sim.clock(20);
    assert_eq!(sim.task(&answer["task"]["id"])["status"], "completed");
    for path in [by_id, by_object] {
        assert_eq!(sim.get(&path).error(), (404, "trash_object_not_found".into()));
    }
    let gone = sim.get(&format!("/disks/disk?disk[id]={id}"));
    assert_eq!(gone.error(), (404, "disk_not_found".into()));
}

#[test]
fn old_clients_purge_by_the_query() {
    let sim = Sim::with_task_time(0.0);
    let path = format!("/trash_objects/_?trash_object[object_id]={}", sim.known("/disks/trashed"));
    assert_eq!(sim.katapult("DELETE", &path, &Value::Null).status, 200);
    assert_eq!(sim.get(&path).status, 404);
}

#[test]
fn a_restored_disk_lives_again() {
    let sim = Sim::start();
    let id = sim.known("/disks/trashed");
    let body = json!({ "trash_object": { "object_id": id } });
    let answer = sim.katapult("POST", "/trash_objects/trash_object/restore", &body).json();
    assert_eq!(answer["trash_object"]["object_id"], id);
    assert_eq!(answer.get("task"), None);
    assert_eq!(sim.disk(&id)["state"], "built");
    let again = sim.katapult("POST", "/trash_objects/trash_object/restore", &body);
    assert_eq!(again.error(), (404, "trash_object_not_found".into()));
}

#[test]
fn the_whole_trash_is_listed_and_purged() {
    let sim = Sim::with_task_time(0.0);
    delete_disk(&sim, &sim.known("/disks/unassigned"));
    let path = format!("/organizations/organization/trash_objects?{}", organization(&sim));
    let list = sim.get(&path).json();
    assert_eq!(list["pagination"]["total"], 2);
    assert_eq!(list["trash_objects"][0]["id"], sim.known("/trash_object_id"));
    let body = json!({ "organization": { "sub_domain": sim.known("/organization") } });
    let purge_all = "/organizations/organization/trash_objects/purge_all";
    let answer = sim.katapult("POST", purge_all, &body);
    assert_eq!((answer.status, answer.json()["task"]["status"].clone()), (200, json!("pending")));
    assert_eq!(sim.get(&path).json()["trash_objects"], json!([]));
}

#[test]
fn what_stays_longer_than_48_hours_is_purged() {
    let sim = Sim::start();
    let path = format!("/disks/disk?disk[id]={}", sim.known("/disks/trashed"));
    sim.clock(172_800 - 700);
    assert_eq!(sim.get(&path).status, 406);
    sim.clock(200);
    assert_eq!(sim.get(&path).error(), (404, "disk_not_found".into()));
}

#[test]
fn a_purged_machine_takes_its_disks_along() {
    let sim = Sim::with_task_time(0.0);
    let id = sim.known("/virtual_machine/id");
    let path = format!("/virtual_machines/virtual_machine?virtual_machine[id]={id}");
    sim.control("POST", &format!("/virtual_machines/{id}"), &json!({ "in_trash": true }));
    assert_eq!(sim.get(&path).error(), (406, "object_in_trash".into()));
    let body = json!({ "trash_object": { "object_id": id } });
    assert_eq!(sim.katapult("DELETE", "/trash_objects/trash_object", &body).status, 200);
    assert_eq!(sim.get(&path).error(), (404, "virtual_machine_not_found".into()));
    let boot = format!("/disks/disk?disk[id]={}", sim.known("/disks/boot"));
    assert_eq!(sim.get(&boot).status, 404);
}
