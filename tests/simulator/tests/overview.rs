//! The page, and the overview that feeds it.

mod common;

use common::Sim;
use serde_json::{Value, json};

fn overview(sim: &Sim, query: &str) -> Value {
    sim.control("GET", &format!("/overview{query}"), &Value::Null)
}

fn names(list: &Value) -> Vec<&str> {
    let shown = list["shown"].as_array().expect("an array");
    shown.iter().filter_map(|item| item["name"].as_str()).collect()
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let sim = Sim::start();
    let page = sim.request("GET", "/__sim/ui", &[], "");
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(policy.contains("connect-src 'self'"), "{policy}");
    for elsewhere in ["https://", " src=", "@import", "innerHTML", "insertAdjacentHTML"] {
        assert!(!page.text().contains(elsewhere), "{elsewhere}");
    }
}

#[test]
fn the_overview_shows_the_objects_with_what_hangs_on_them() {
    let sim = Sim::with_task_time(30.0);
    let created = sim.create(&json!({ "name": "orders" })).json();
    let all = overview(&sim, "");
    let disks = all["disks"]["shown"].as_array().expect("disks");
    assert_eq!(all["disks"]["total"], disks.len());
    let attached = disks.iter().find(|disk| disk["id"] == sim.known("/disks/attached"));
    let machine = &attached.expect("the attached disk")["virtual_machine"];
    assert_eq!(machine["id"], sim.known("/virtual_machine/id"));
    assert_eq!(machine["state"], "attached");
    assert!(disks.iter().all(|disk| disk["id"] != sim.known("/disks/trashed")));

    let task = &all["tasks"]["shown"][0];
    assert_eq!((&task["id"], &task["object_name"]), (&created["task"]["id"], &json!("orders")));
    assert_eq!((&task["status"], &all["tasks"]["underway"]), (&json!("pending"), &json!(1)));
    assert_eq!(all["trash_objects"]["shown"][0]["object_id"], sim.known("/disks/trashed"));
    assert_eq!(all["virtual_machines"]["shown"][0]["disks"], 3);
    let server = &all["servers"]["shown"][0];
    assert_eq!(server["volumes"].as_array().map(Vec::len), Some(2));
    assert_eq!(server["volumes"][1]["status"], "in-use");
    let free = all["volumes"]["shown"].as_array().expect("volumes");
    assert!(free.iter().all(|volume| volume["status"] == "available"));
    assert_eq!((&all["volumes"]["total"], free.len()), (&json!(8), 8));
}

#[test]
fn the_overview_is_cut_but_its_totals_are_not() {
    let sim = Sim::start();
    let before = overview(&sim, "")["disks"]["total"].as_u64().expect("a number");
    sim.control("POST", "/disks", &json!({ "count": 1_000, "name": "fleet" }));
    let tasks: Vec<_> = (0..400)
        .map(|n| {
            json!({ "id": format!("task_{n}"), "name": "Resize disk",
                    "seconds": if n % 40 == 0 { 60 } else { 0 } })
        })
        .collect();
    sim.control("POST", "/objects", &json!({ "tasks": tasks }));
    for _ in 0..120 {
        sim.get("/disks/disk");
    }
    let all = overview(&sim, "");
    assert_eq!((&all["disks"]["total"], names(&all["disks"]).len()), (&json!(before + 1_000), 300));
    assert_eq!((&all["requests"]["total"], names(&all["tasks"]).len()), (&json!(120), 300));
    assert_eq!(all["requests"]["shown"][0]["number"], 119);
    assert_eq!(all["requests"]["shown"].as_array().map(Vec::len), Some(100));
    let tasks = all["tasks"]["shown"].as_array().expect("tasks");
    let underway = tasks.iter().take_while(|task| task["finished_at"].is_null());
    assert_eq!((underway.count(), &all["tasks"]["underway"]), (10, &json!(10)));
}

#[test]
fn what_is_looked_for_is_found_beyond_the_cut() {
    let sim = Sim::start();
    sim.control("POST", "/disks", &json!({ "count": 1_000, "name": "fleet" }));
    sim.get("/disks/disk?disk[id]=disk_other");
    sim.get("/tasks/task?task[id]=task_other");
    let found = overview(&sim, "?find=FLEET-00099");
    assert_eq!((&found["disks"]["total"], names(&found["disks"]).len()), (&json!(10), 10));
    assert_eq!(found["requests"]["shown"], json!([]));
    let found = overview(&sim, "?find=disk_other");
    assert_eq!(found["requests"]["shown"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["requests"]["total"], 2);
}

#[test]
fn a_request_is_shown_in_full_without_its_secrets() {
    let sim = Sim::start();
    let login = json!({ "auth": { "identity": {
        "methods": ["password", "token", "application_credential"],
        "password": { "user": { "name": "n", "password": "hidden-1" } },
        "token": { "id": "hidden-2" },
        "application_credential": { "id": "kept", "secret": "hidden-3" },
    } } });
    let headers =
        [("Authorization", "Bearer hidden-4"), ("X-Auth-Token", "hidden-5"), ("X-Kept", "kept")];
    sim.request("POST", "/identity/v3/auth/tokens?x=1", &headers, &login.to_string());
    let number = &overview(&sim, "")["requests"]["shown"][0]["number"];
    let whole = sim.control("GET", &format!("/overview/requests/{number}"), &Value::Null);
    assert!(!whole.to_string().contains("hidden-"), "{whole}");
    assert_eq!(
        (&whole["headers"]["x-kept"], &whole["query"]),
        (&json!("kept"), &json!([["x", "1"]]))
    );
    let identity = &whole["body"]["auth"]["identity"];
    assert_eq!(identity["application_credential"]["id"], "kept");
    assert_eq!(identity["methods"], json!(["password", "token", "application_credential"]));
    assert_eq!(whole["status"], 400);

    let long = "x".repeat(100_000);
    sim.request("POST", "/v2/x", &[], &long);
    let whole = sim.control("GET", "/overview/requests/1", &Value::Null);
    assert_eq!((&whole["body"], &whole["body_bytes"]), (&Value::Null, &json!(100_002)));
    assert_eq!(sim.request("GET", "/__sim/overview/requests/2", &[], "").status, 404);
}

#[test]
fn orders_in_store_are_shown() {
    let sim = Sim::start();
    let faults = overview(&sim, "")["faults"].clone();
    assert_eq!((&faults["answers"], &faults["next_task"]), (&json!(0), &json!(false)));
    sim.control("POST", "/answers", &json!([{ "times": 2 }, { "status": 503 }]));
    sim.control("POST", "/next_task", &json!({ "fail": true }));
    sim.control("POST", "/latency", &json!({ "seconds": 0.01 }));
    sim.control("POST", "/rate_limit", &json!({ "permitted": 7 }));
    sim.control("POST", "/clock", &json!({ "advance_seconds": 60, "stopped": true }));
    let all = overview(&sim, "");
    let faults = &all["faults"];
    assert_eq!((&faults["answers"], &faults["next_task"]), (&json!(3), &json!(true)));
    assert_eq!((&faults["latency_seconds"], &faults["permitted"]), (&json!(0.01), &json!(7)));
    let clock = &all["clock"];
    assert_eq!((&clock["ahead_seconds"], &clock["stopped"]), (&json!(60.0), &json!(true)));
    // To look does not use them up, and is not in the log.
    assert_eq!(all["requests"]["total"], 0);
    assert_eq!(overview(&sim, "")["faults"]["answers"], 3);
}
