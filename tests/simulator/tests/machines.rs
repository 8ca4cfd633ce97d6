//! Virtual machines, and what their states do to disks.

mod common;

use common::Sim;
use serde_json::{Value, json};

fn list(sim: &Sim, query: &str) -> Vec<Value> {
    let organization = format!("organization[id]={}", sim.known("/organization_id"));
    let path = format!("/organizations/organization/virtual_machines?{organization}{query}");
    sim.get(&path).json()["virtual_machines"].as_array().expect("a list").clone()
}

#[test]
fn get_has_more_than_the_document() {
    let sim = Sim::start();
    let by_fqdn = format!("virtual_machine[fqdn]={}", sim.known("/virtual_machine/fqdn"));
    let answer = sim.get(&format!("/virtual_machines/virtual_machine?{by_fqdn}")).json();
    let machine = &answer["virtual_machine"];
    assert_eq!(machine["id"], sim.known("/virtual_machine/id"));
    assert_eq!(machine["state"], "started");
    assert_eq!((&machine["suspended"], &machine["suspended_at"]), (&json!(false), &Value::Null));
    assert!(machine["organization"]["uuid"].is_string());
    assert!(machine["ip_addresses"][0]["subnet"]["gateway"].is_string());
    assert!(machine["initial_root_password"].is_string());
    assert_eq!(answer["annotations"], json!([{ "key": "role", "value": "web" }]));
    assert_eq!(sim.get("/virtual_machines/vm_missing").error().1, "virtual_machine_not_found");
}

#[test]
fn lists_filter_by_annotations() {
    let sim = Sim::start();
    let all = list(&sim, "");
    assert_eq!(all.len(), 2);
    assert_eq!((&all[0]["name"], all[0].get("state")), (&json!("spare-1"), None));
    assert_eq!(all[0]["package"], json!({ "name": "PEBBLE-3" }));
    assert_eq!(all[0]["zone"]["data_center"].get("country"), None);
    for (query, count) in [
        ("&annotations[][key]=role&annotations[][value]=web", 1),
        ("&annotations[][key]=role", 1),
        ("&annotations[][key]=role&annotations[][value]=db", 0),
        ("&annotations[][key]=role&annotations[][value]=web&annotations[][key]=x", 0),
    ] {
        assert_eq!(list(&sim, query).len(), count, "{query}");
    }
}

#[test]
fn a_machine_may_be_in_any_state() {
    let sim = Sim::start();
    let id = sim.known("/virtual_machine/id");
    for state in ["migrating", "orphaned", "dreaming"] {
        sim.control("POST", &format!("/virtual_machines/{id}"), &json!({ "state": state }));
        let machine = sim.get(&format!("/virtual_machines/{id}")).json();
        assert_eq!(machine["virtual_machine"]["state"], state);
        let disk = sim.disk(&sim.known("/disks/boot"));
        assert_eq!(disk["virtual_machine_disk"]["state"], "attached");
    }
}

/// recorded: a machine was started, and its disks detached for a second or two.
#[test]
fn disks_may_follow_their_machine_late() {
    let sim = Sim::start();
    let path = format!("/virtual_machines/{}", sim.known("/virtual_machine/id"));
    let boot = || sim.disk(&sim.known("/disks/boot"))["virtual_machine_disk"]["state"].clone();
    sim.control("POST", &path, &json!({ "state": "stopped" }));
    sim.control("POST", &path, &json!({ "state": "started", "lag_seconds": 50 }));
    assert_eq!(sim.get(&path).json()["virtual_machine"]["state"], "started");
    assert_eq!(boot(), "detached");
    sim.clock(60);
    assert_eq!(boot(), "attached");
}
