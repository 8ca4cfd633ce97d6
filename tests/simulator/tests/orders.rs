//! Orders about one request: aimed, with others who act, and readings that are not of now.

mod common;

use common::Sim;
use serde_json::{Value, json};

fn disk(sim: &Sim, which: &str) -> Value {
    json!({ "disk": { "id": sim.known(&format!("/disks/{which}")) } })
}

/// The answers that the log has.
fn statuses(sim: &Sim) -> Value {
    let requests = sim.control("GET", "/requests", &Value::Null);
    requests.as_array().expect("a log").iter().map(|request| request["status"].clone()).collect()
}

#[test]
fn an_order_waits_for_the_request_that_it_is_aimed_at() {
    let sim = Sim::start();
    let (attached, boot) = (sim.known("/disks/attached"), sim.known("/disks/boot"));
    sim.control(
        "POST",
        "/answers",
        &json!([
            { "status": 418, "path": "/disks/disk", "id": attached, "nth": 2 },
            { "status": 419, "nth": 4 },
            { "status": 420, "method": "PUT" },
        ]),
    );
    let get = |id: &str| sim.get(&format!("/disks/disk?disk[id]={id}")).status;
    assert_eq!([get(&attached), get(&boot), get(&attached), get(&boot)], [200, 200, 418, 419]);
    let body = json!({ "disk": { "id": attached }, "size_in_gb": 30, "resize_method": "online" });
    assert_eq!(sim.katapult("PUT", "/disks/disk/resize", &body).status, 420);
    assert_eq!(sim.control("DELETE", "/answers", &Value::Null), json!({ "left": 0, "lasting": 0 }));
}

#[test]
fn others_act_before_a_request_is_handled_and_before_it_is_answered() {
    let sim = Sim::start();
    let id = sim.known("/disks/attached");
    let machine = sim.known("/virtual_machine/id");
    let detach = json!({ "method": "POST", "path": "/disks/disk/detach",
        "body": disk(&sim, "attached"), "task": { "seconds": 0 } });
    let stop = json!({ "virtual_machine": machine, "state": "stopped", "in_trash": true });
    sim.control(
        "POST",
        "/answers",
        &json!({ "perform": true, "before": [detach], "after": [stop] }),
    );
    assert_eq!(sim.disk(&id)["virtual_machine_disk"]["state"], "detached");
    assert_eq!(sim.get(&format!("/virtual_machines/{machine}")).status, 406);
}

#[test]
fn what_the_service_refuses_others_cannot_do() {
    let sim = Sim::start();
    sim.control("POST", "/history", &json!({ "on": true }));
    let delete = json!({ "method": "DELETE", "path": "/disks/disk",
        "body": disk(&sim, "attached") });
    let nothing = json!({ "method": "GET", "path": "/no/such/thing" });
    sim.control("POST", "/answers", &json!({ "perform": true, "before": [delete, nothing] }));
    sim.disk(&sim.known("/disks/attached"));
    let history = sim.control("GET", "/history", &Value::Null);
    assert_eq!(history["requests"][0]["acts"], json!([422, 404]));
    assert_eq!(history["versions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn others_name_the_disk_that_was_made_last() {
    let sim = Sim::start();
    let delete = json!({ "method": "DELETE", "path": "/disks/disk",
        "body": { "disk": { "id": "{created}" } } });
    sim.control("POST", "/answers", &json!({ "perform": true, "after": [delete] }));
    let id = sim.create(&json!({})).json()["disk"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(sim.get(&format!("/disks/{id}")).status, 406);
}

#[test]
fn a_change_may_be_answered_and_ignored() {
    let sim = Sim::start();
    let id = sim.known("/disks/unassigned");
    let ignored = json!({ "perform": "ignored", "times": 3 });
    sim.control("POST", "/answers", &ignored);
    assert_eq!(sim.katapult("DELETE", "/disks/disk", &disk(&sim, "unassigned")).status, 200);
    assert_eq!(sim.disk(&id)["id"], json!(id));
    sim.control("POST", "/answers", &ignored);
    let body = json!({ "disk": { "id": id }, "size_in_gb": 30 });
    let answer = sim.katapult("PUT", "/disks/disk/resize", &body).json();
    sim.control("DELETE", "/answers", &Value::Null);
    assert_eq!(sim.wait(&answer)["status"], "completed");
    let disk = sim.disk(&id);
    assert_eq!((&disk["size_in_gb"], &disk["state"]), (&json!(20), &json!("built")));
}

#[test]
fn a_change_may_come_later_and_its_answer_is_lost() {
    let sim = Sim::start();
    let id = sim.known("/disks/unassigned");
    let late = json!({ "perform": { "after_seconds": 50 }, "status": 504 });
    sim.control("POST", "/answers", &late);
    let body = json!({ "disk": { "id": id }, "properties": { "name": "late" } });
    assert_eq!(sim.katapult("PATCH", "/disks/disk", &body).status, 504);
    assert_ne!(sim.disk(&id)["name"], "late");
    sim.clock(60);
    assert_eq!(sim.disk(&id)["name"], "late");
}

#[test]
fn what_is_performed_may_be_answered_by_something_else() {
    let sim = Sim::start();
    let order = json!({ "perform": true, "status": 502, "body_text": "<html>" });
    sim.control("POST", "/answers", &order);
    let reply = sim.katapult("DELETE", "/disks/disk", &disk(&sim, "unassigned"));
    assert_eq!((reply.status, reply.text()), (502, "<html>"));
    assert_eq!(sim.get(&format!("/disks/{}", sim.known("/disks/unassigned"))).status, 406);
}

#[test]
fn a_reading_may_be_the_state_before_or_of_another() {
    let sim = Sim::start();
    sim.control("POST", "/history", &json!({ "on": true }));
    let id = sim.known("/disks/unassigned");
    let previous = json!({ "perform": "previous" });
    // There is none yet, so it is the present one.
    sim.control("POST", "/answers", &previous);
    let name = sim.disk(&id)["name"].clone();
    let body = json!({ "disk": { "id": id }, "properties": { "name": "new" } });
    sim.katapult("PATCH", "/disks/disk", &body);
    sim.control("POST", "/answers", &previous);
    assert_eq!([&sim.disk(&id)["name"], &sim.disk(&id)["name"]], [&name, &json!("new")]);
    sim.katapult("DELETE", "/disks/disk", &json!({ "disk": { "id": id } }));
    sim.control("POST", "/answers", &previous);
    let get = || sim.get(&format!("/disks/disk?disk[id]={id}")).status;
    assert_eq!([get(), get()], [200, 406]);
    let other = sim.known("/disks/boot");
    sim.control("POST", "/answers", &json!({ "perform": { "of": other } }));
    assert_eq!(sim.disk(&id)["id"], json!(other));
    assert_eq!(statuses(&sim), json!([200, 200, 200, 200, 200, 200, 406, 200]));
}

#[test]
fn an_order_may_be_about_the_task_that_a_request_starts() {
    let sim = Sim::start();
    let task = json!({ "seconds": 0, "fail": true });
    sim.control("POST", "/answers", &json!({ "perform": true, "nth": 2, "task": task }));
    let detach =
        |which: &str| sim.katapult("POST", "/disks/disk/detach", &disk(&sim, which)).json();
    let (first, second) = (detach("attached"), detach("boot"));
    assert_eq!(sim.wait(&second)["status"], "failed");
    assert_eq!(sim.wait(&first)["status"], "completed");
}

#[test]
fn new_disks_may_be_listed_later_and_behind_empty_pages() {
    let sim = Sim::start();
    let list = |page: usize| {
        let organization = format!("organization[sub_domain]={}", sim.known("/organization"));
        sim.get(&format!("/organizations/organization/disks?{organization}&page={page}")).json()
    };
    let count = |page: usize| list(page)["disk"].as_array().expect("disks").len();
    let before = count(1);
    sim.control("POST", "/lists", &json!({ "lag_seconds": 50 }));
    let id = sim.create(&json!({})).json()["disk"]["id"].as_str().expect("an id").to_owned();
    assert_eq!((count(1), sim.disk(&id)["id"] == id), (before, true));
    sim.clock(60);
    assert_eq!(count(1), before + 1);
    sim.control("POST", "/lists", &json!({ "empty_pages": 1 }));
    assert_eq!((count(1), count(2)), (0, before + 1));
    assert_eq!(list(1)["pagination"]["total_pages"], 2);
}

#[test]
fn the_history_tells_who_changed_what_and_what_was_shown() {
    let sim = Sim::start();
    let id = sim.known("/disks/attached");
    sim.disk(&id);
    sim.control("POST", "/history", &json!({ "on": true }));
    sim.control("POST", "/answers", &json!({ "perform": true, "nth": 2, "send": "nothing" }));
    sim.disk(&id);
    let body = disk(&sim, "attached");
    // Its answer is lost, and its task goes on.
    let request = || sim.katapult("POST", "/disks/disk/detach", &body);
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(request)).is_err());
    sim.clock(10);
    sim.disk(&id);
    sim.control("POST", &format!("/disks/{id}"), &json!({ "size_in_gb": 99 }));
    let history = sim.control("GET", "/history", &Value::Null);
    let versions = history["versions"].as_array().expect("versions");
    let causes: Vec<&Value> = versions.iter().map(|version| &version["cause"]).collect();
    // Numbers are places in this history: the request before it does not count.
    assert_eq!(json!(causes), json!(["order", { "request": 1 }, { "request": 1 }, "order"]));
    let shown: Vec<[&Value; 3]> = history["requests"]
        .as_array()
        .expect("requests")
        .iter()
        .map(|request| [&request["received"], &request["shown"], &request["status"]])
        .collect();
    assert_eq!(json!(shown), json!([[0, 0, 200], [0, null, 200], [2, 2, 200]]));
    let state = |version: usize| {
        let disks = versions[version]["disks"].as_array().expect("disks");
        let disk = disks.iter().find(|disk| disk["id"] == json!(id)).expect("the disk");
        disk["virtual_machine_disk"]["state"].clone()
    };
    assert_eq!([state(0), state(1), state(2)], ["attached", "detaching", "detached"]);
    sim.control("POST", "/history", &json!({ "on": false }));
    let history = sim.control("GET", "/history", &Value::Null);
    assert_eq!(history, json!({ "versions": [], "requests": [], "truncated": false }));
}

#[test]
fn others_act_in_openstack_and_the_history_tells_of_volumes() {
    let sim = Sim::start();
    let (server, volume) = (sim.known("/server_id"), sim.known("/volume_id"));
    let path = format!("/v2.1/servers/{server}/os-volume_attachments/{volume}");
    sim.control("POST", "/history", &json!({ "on": true }));
    let begins = json!({ "volume": volume, "set": { "detach_begins": true } });
    let locks = json!({ "server": server, "set": { "locked": true } });
    let acts = json!([begins, begins, { "volume": "none", "set": {} }, locks]);
    sim.control("POST", "/answers", &json!({ "perform": true, "before": acts }));
    assert_eq!(sim.nova("DELETE", &path, &[]).status, 409);
    let history = sim.control("GET", "/history", &Value::Null);
    assert_eq!(history["requests"][0]["acts"], json!([200, 400, 404, 200]));
    let status = |version: usize| {
        let volumes = history["versions"][version]["volumes"].as_array().expect("volumes");
        volumes.iter().find(|it| it["id"] == json!(volume)).expect("the volume")["status"].clone()
    };
    assert_eq!([status(0), status(1)], ["in-use", "detaching"]);
    assert_eq!(history["versions"][1]["cause"], "actor");
}

#[test]
fn a_detach_may_come_later_and_its_answer_is_lost() {
    let sim = Sim::start();
    let (server, volume) = (sim.known("/server_id"), sim.known("/volume_id"));
    let path = format!("/v2.1/servers/{server}/os-volume_attachments/{volume}");
    sim.control("POST", "/history", &json!({ "on": true }));
    let late = json!({ "perform": { "after_seconds": 50 }, "status": 504 });
    sim.control("POST", "/answers", &late);
    assert_eq!(sim.nova("DELETE", &path, &[]).status, 504);
    assert_eq!(sim.nova("GET", &path, &[]).status, 200);
    sim.clock(60);
    sim.nova("GET", &path, &[]);
    let history = sim.control("GET", "/history", &Value::Null);
    assert_eq!(history["versions"][1]["cause"], json!({ "request": 0 }));
    sim.clock(60);
    assert_eq!(sim.nova("GET", &path, &[]).status, 404);
}
