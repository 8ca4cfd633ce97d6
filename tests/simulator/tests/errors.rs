//! Every error of the Katapult side, in the form that was recorded.

mod common;

use common::{Reply, Sim, avoid_end_of_minute};
use serde_json::{Value, json};

fn errors(reply: &Reply) -> Value {
    assert_eq!(reply.error(), (422, "validation_error".into()));
    reply.json()["error"]["detail"]["errors"].clone()
}

#[test]
fn tokens() {
    let sim = Sim::start();
    let ask = |headers: &[(&str, &str)]| {
        sim.request("GET", "/core/v1/disks/disk?disk[id]=x", headers, "")
    };
    assert_eq!(ask(&[]).error(), (400, "missing_api_token".into()));
    assert_eq!(ask(&[("Authorization", "Basic x")]).error(), (400, "missing_api_token".into()));
    let wrong = ask(&[("Authorization", "Bearer nonsense")]);
    assert_eq!(wrong.error(), (403, "invalid_api_token".into()));
    assert_eq!(wrong.json()["error"]["detail"], json!({ "details": null }));
    let unknown = sim.request("GET", "/core/v1/nope", &[], "");
    assert_eq!(unknown.error(), (404, "route_not_found".into()));
}

#[test]
fn not_found() {
    let sim = Sim::start();
    for (path, code) in [
        ("/disks/disk?disk[id]=disk_missing", "disk_not_found"),
        ("/disks/disk?disk[id]=", "disk_not_found"),
        ("/tasks/task?task[id]=task_missing", "task_not_found"),
        ("/data_centers/data_center?data_center[permalink]=x", "data_center_not_found"),
        ("/organizations/organization/disks?organization[id]=x", "organization_not_found"),
        ("/nothing", "route_not_found"),
    ] {
        assert_eq!(sim.get(path).error(), (404, code.into()), "{path}");
    }
    let text = r#"{"error":{"code":"disk_not_found","description":"No disk was found matching any of the criteria provided in the arguments","detail":{}}}"#;
    assert_eq!(sim.get("/disks/disk?disk[id]=x").text(), text);
    assert_eq!(sim.katapult("PUT", "/tasks/task", &json!({})).error().1, "route_not_found");
}

#[test]
fn create() {
    let sim = Sim::start();
    for (properties, code) in [
        (json!({ "data_center": { "id": "x" } }), "data_center_not_found"),
        (json!({ "io_profile": { "permalink": "x" } }), "disk_io_profile_not_found"),
        (
            json!({ "virtual_machine_disk": { "virtual_machine": { "fqdn": "x" } } }),
            "virtual_machine_not_found",
        ),
    ] {
        assert_eq!(sim.create(&properties).error(), (404, code.into()));
    }
    let blank = json!(["Name can't be blank"]);
    assert_eq!(errors(&sim.create(&json!({ "name": " " }))), blank);
    assert_eq!(errors(&sim.create(&json!({ "name": null }))), blank);
    for (properties, error) in [
        (json!({ "size_in_gb": null }), "Size in gb can't be blank"),
        (json!({ "size_in_gb": 9 }), "Size in gb must be greater than or equal to 10"),
        (json!({ "data_center": null }), "Data center can't be blank"),
    ] {
        assert_eq!(errors(&sim.create(&properties)), json!([error]));
    }
    let path = "/organizations/organization/disks";
    let unknown = json!({ "organization": { "sub_domain": "x" }, "properties": {} });
    let reply = sim.katapult("POST", path, &unknown);
    assert_eq!(reply.error(), (404, "organization_not_found".into()));
    assert_eq!(sim.control("GET", "/state", &Value::Null)["created"], 0);
}

#[test]
fn unassigned_disk() {
    let sim = Sim::start();
    let disk = json!({ "disk": { "id": sim.known("/disks/unassigned") } });
    let reply = sim.katapult("POST", "/disks/disk/detach", &disk);
    let text = r#"{"error":{"code":"unassigned_disk","description":"Disk is not assigned to a virtual machine.","detail":{}}}"#;
    assert_eq!((reply.status, reply.text()), (422, text));
    let attach = sim.katapult("POST", "/disks/disk/attach", &disk);
    assert_eq!(attach.error(), (422, "unassigned_disk".into()));
    let mut update = disk;
    update["properties"] = json!({ "name": "x", "virtual_machine_disk": { "boot": true } });
    let update = sim.katapult("PATCH", "/disks/disk", &update);
    assert_eq!(update.error(), (422, "unassigned_disk".into()));
    assert_ne!(sim.disk(&sim.known("/disks/unassigned"))["name"], "x");
}

#[test]
fn update() {
    let sim = Sim::start();
    for properties in [
        json!({ "size_in_gb": 30 }),
        json!({ "virtual_machine_disk": { "attach": true } }),
        json!({ "name": "" }),
    ] {
        let disk = json!({ "id": sim.known("/disks/attached") });
        let body = json!({ "disk": disk, "properties": properties });
        let errors = errors(&sim.katapult("PATCH", "/disks/disk", &body));
        assert_eq!(errors.as_array().map(Vec::len), Some(1), "{errors}");
    }
}

#[test]
fn trash() {
    let sim = Sim::start();
    let id = sim.known("/disks/trashed");
    let disk = json!({ "disk": { "id": id }, "properties": {}, "size_in_gb": 30 });
    for (method, path) in [
        ("PATCH", "/disks/disk"),
        ("DELETE", "/disks/disk"),
        ("POST", "/disks/disk/detach"),
        ("PUT", "/disks/disk/resize"),
    ] {
        let reply = sim.katapult(method, path, &disk);
        assert_eq!(reply.error(), (406, "object_in_trash".into()));
        let trash_object = &reply.json()["error"]["detail"]["trash_object"];
        assert_eq!(
            (&trash_object["object_id"], &trash_object["object_type"]),
            (&json!(id), &json!("Disk"))
        );
        assert!(trash_object["keep_until"].is_u64());
    }
}

#[test]
fn organization_states() {
    let sim = Sim::start();
    for (state, code) in
        [("suspended", "organization_suspended"), ("not_activated", "organization_not_activated")]
    {
        sim.control("POST", "/organization", &json!({ "state": state }));
        assert_eq!(sim.create(&json!({})).error(), (403, code.into()));
    }
    sim.control("POST", "/organization", &json!({ "state": "active" }));
    assert_eq!(sim.create(&json!({})).status, 201);
}

#[test]
fn tasks_that_fail_or_are_not_queued() {
    let sim = Sim::start();
    let id = sim.known("/disks/attached");
    let detach = || sim.katapult("POST", "/disks/disk/detach", &json!({ "disk": { "id": id } }));
    sim.control("POST", "/next_task", &json!({ "queueing_error": true }));
    let reply = detach();
    assert_eq!(reply.error(), (406, "task_queueing_error".into()));
    assert!(reply.json()["error"]["detail"]["details"].is_string());
    assert_eq!(sim.disk(&id)["virtual_machine_disk"]["state"], "attached");

    sim.control("POST", "/next_task", &json!({ "fail": true, "seconds": 0.01 }));
    assert_eq!(sim.wait(&detach().json())["status"], "failed");
    assert_eq!(sim.disk(&id)["virtual_machine_disk"]["state"], "attached");

    // Only the next one.
    assert_eq!(sim.wait(&detach().json())["status"], "completed");

    sim.control("POST", "/next_task", &json!({ "queueing_error": true }));
    assert_eq!(sim.create(&json!({})).error(), (406, "task_queueing_error".into()));
    assert_eq!(sim.control("GET", "/state", &Value::Null)["created"], 0);
}

#[test]
fn rate_limit() {
    avoid_end_of_minute();
    let sim = Sim::start();
    sim.control("POST", "/rate_limit", &json!({ "permitted": 3 }));
    let path = format!("/disks/disk?disk[id]={}", sim.known("/disks/boot"));
    let remaining: Vec<_> = (0..2).map(|_| sim.get(&path)).collect();
    let remaining: Vec<_> = remaining.iter().map(|r| r.header("x-ratelimit-remaining")).collect();
    assert_eq!(remaining, [Some("2"), Some("1")]);
    // Errors count, too.
    let missing = sim.get("/disks/disk?disk[id]=x");
    assert_eq!(missing.header("x-ratelimit-remaining"), Some("0"));
    let refused = sim.get(&path);
    assert_eq!(refused.error(), (429, "rate_limit_reached".into()));
    assert_eq!(refused.json()["error"]["detail"], json!({ "total_permitted": 3 }));
    assert_eq!(refused.header("x-ratelimit-remaining"), Some("0"));
    assert_eq!(refused.header("x-ratelimit-permitted"), Some("3"));
    assert_eq!(refused.header("retry-after"), None);
}
