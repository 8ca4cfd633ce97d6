//! Backup policies, after the document: nobody has recorded one.

mod common;

use common::{Reply, Sim};
use serde_json::{Value, json};

const POLICY: &str = "/disk_backup_policies/disk_backup_policy";

fn create(sim: &Sim, properties: &Value) -> Reply {
    let disk = json!({ "id": sim.known("/disks/unassigned") });
    let body = json!({ "disk": disk, "properties": properties });
    sim.katapult("POST", "/disks/disk/disk_backup_policies", &body)
}

fn ids(list: &Value) -> Vec<&str> {
    let policies = list["disk_backup_policies"].as_array().expect("a list");
    policies.iter().filter_map(|policy| policy["id"].as_str()).collect()
}

fn get(sim: &Sim, id: &str) -> Reply {
    sim.get(&format!("{POLICY}?disk_backup_policy[id]={id}"))
}

#[test]
fn lists() {
    let sim = Sim::start();
    let known = |name: &str| sim.known(&format!("/disk_backup_policies/{name}"));
    let organization = format!("organization[id]={}", sim.known("/organization_id"));
    let path = format!("/organizations/organization/disk_backup_policies?{organization}");
    let list = sim.get(&path).json();
    assert_eq!(ids(&list), [known("virtual_machine"), known("disk")]);
    let schedule = list["disk_backup_policies"][0]["schedule"].as_object().expect("a schedule");
    assert_eq!(schedule.keys().collect::<Vec<_>>(), ["interval", "next_invocation_at"]);
    let target = &list["disk_backup_policies"][1]["target"]["target"];
    assert_eq!(target["id"], sim.known("/disks/attached"));

    let machine = sim.known("/virtual_machine/id");
    let path = "/virtual_machines/virtual_machine/disk_backup_policies";
    let path = format!("{path}?virtual_machine[id]={machine}");
    assert_eq!(ids(&sim.get(&path).json()), [known("virtual_machine")]);
    let with_disks = sim.get(&format!("{path}&include_disks=true")).json();
    assert_eq!(ids(&with_disks), [known("virtual_machine"), known("disk")]);
    let unassigned = sim.known("/disks/unassigned");
    let path = format!("/disks/disk/disk_backup_policies?disk[id]={unassigned}");
    assert_eq!(sim.get(&path).json()["pagination"]["total"], 0);
}

#[test]
fn create_update_delete() {
    let sim = Sim::start();
    let schedule = json!({ "interval": "weekly", "frequency": 2, "minute": 5, "time": 4 });
    let reply = create(&sim, &json!({ "retention": 3, "schedule": schedule }));
    assert_eq!(reply.status, 200);
    let policy = reply.json()["disk_backup_policy"].clone();
    let id = policy["id"].as_str().expect("an id");
    assert_eq!((&policy["retention"], &policy["auto_move_to_trash_at"]), (&json!(3), &Value::Null));
    for (name, value) in schedule.as_object().expect("an object") {
        assert_eq!(&policy["schedule"][name], value);
    }
    assert!(policy["schedule"]["next_invocation_at"].as_u64() > Some(sim.clock(0)));
    assert_eq!(get(&sim, id).json()["disk_backup_policy"], policy);

    let body = json!({
        "disk_backup_policy": { "id": id },
        "properties": { "schedule": { "interval": "monthly" } },
    });
    let updated = sim.katapult("PATCH", POLICY, &body).json()["disk_backup_policy"].clone();
    assert_eq!((&updated["retention"], &updated["schedule"]["time"]), (&json!(3), &json!(4)));
    assert_eq!(updated["schedule"]["interval"], "monthly");

    let body = json!({ "disk_backup_policy": { "id": id } });
    let deleted = sim.katapult("DELETE", POLICY, &body).json();
    assert_eq!(deleted, json!({ "disk_backup_policy": { "id": id } }));
    assert_eq!(get(&sim, id).error(), (406, "object_in_trash".into()));
    let restore = json!({ "trash_object": { "object_id": id } });
    sim.katapult("POST", "/trash_objects/trash_object/restore", &restore);
    assert_eq!(get(&sim, id).status, 200);
}

#[test]
fn nonsense_is_refused() {
    let sim = Sim::start();
    let daily = |more: Value| {
        let mut properties = json!({ "retention": 1, "schedule": { "interval": "daily" } });
        for (name, value) in more.as_object().expect("an object") {
            properties["schedule"][name] = value.clone();
        }
        properties
    };
    for (properties, error) in [
        (json!({ "schedule": { "interval": "daily" } }), "Retention can't be blank"),
        (json!({ "retention": 1 }), "Interval can't be blank"),
        (daily(json!({ "frequency": 0 })), "Frequency must be in 1..1000"),
        (daily(json!({ "minute": 60 })), "Minute must be in 0..59"),
        (daily(json!({ "time": -1 })), "Time must be in 0..23"),
    ] {
        let reply = create(&sim, &properties);
        assert_eq!(reply.error(), (422, "validation_error".into()));
        assert_eq!(reply.json()["error"]["detail"]["errors"], json!([error]));
    }
    assert_eq!(create(&sim, &json!({ "retention": "x" })).error().0, 400);
}

#[test]
fn a_deletion_can_be_scheduled_five_minutes_ahead() {
    let sim = Sim::start();
    let id = sim.known("/disk_backup_policies/disk");
    let schedule = |at: u64| {
        let body = json!({ "disk_backup_policy": { "id": id }, "timestamp": at });
        sim.katapult("DELETE", &format!("{POLICY}/schedule"), &body)
    };
    let now = sim.clock(0);
    assert_eq!(schedule(now + 290).error(), (400, "invalid_timestamp".into()));
    let answer = schedule(now + 310).json()["disk_backup_policy"].clone();
    assert_eq!(answer["auto_move_to_trash_at"], now + 310);
    assert_eq!(answer["retention"], Value::Null);
    sim.clock(300);
    assert_eq!(get(&sim, &id).json()["disk_backup_policy"]["auto_move_to_trash_at"], now + 310);
    sim.clock(20);
    assert_eq!(get(&sim, &id).error(), (406, "object_in_trash".into()));
}
