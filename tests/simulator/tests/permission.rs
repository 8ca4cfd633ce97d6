//! What a token may not do.

mod common;

use common::{Reply, Sim, avoid_end_of_minute};
use serde_json::{Value, json};

fn ask(sim: &Sim, token: &str, method: &str, path: &str, body: &Value) -> Reply {
    let authorization = format!("Bearer {token}");
    let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    sim.request(method, &format!("/core/v1{path}"), &headers, &body)
}

/// document: one of the scopes is enough, and they come before all arguments.
#[test]
fn a_scope_that_is_not_granted_is_named() {
    let sim = Sim::start();
    let token = sim.known("/read_only_token");
    let disk = json!({ "disk": { "id": sim.known("/disks/unassigned") } });
    let read = format!("/disks/disk?disk[id]={}", sim.known("/disks/unassigned"));
    assert_eq!(ask(&sim, &token, "GET", &read, &Value::Null).status, 200);
    for (method, path, scopes) in [
        ("DELETE", "/disks/disk", json!(["disks"])),
        ("POST", "/disks/_/detach", json!(["disks"])),
        (
            "POST",
            "/virtual_machines/virtual_machine/start",
            json!(["virtual_machines", "virtual_machines:power_actions"]),
        ),
        ("DELETE", "/trash_objects/trash_object", json!(["trash_objects:purge"])),
        ("POST", "/disks/disk/disk_backup_policies", json!(["disk_backup_policies"])),
    ] {
        for body in [&disk, &json!({})] {
            let reply = ask(&sim, &token, method, path, body);
            assert_eq!(reply.error(), (403, "scope_not_granted".into()), "{method} {path}");
            assert_eq!(reply.json()["error"]["detail"], json!({ "scopes": scopes }));
        }
    }
    assert_eq!(ask(&sim, &token, "GET", &read, &Value::Null).status, 200);
}

#[test]
fn tokens_are_placed_with_scopes() {
    let sim = Sim::start();
    let place = |scopes: Value| {
        let order = json!({ "api_token": "power", "scopes": scopes });
        sim.control("POST", "/api_tokens", &order);
    };
    place(json!(["virtual_machines:power_actions"]));
    let stop = || {
        let body = json!({ "virtual_machine": { "id": sim.known("/virtual_machine/id") } });
        ask(&sim, "power", "POST", "/virtual_machines/virtual_machine/stop", &body).status
    };
    let read = |path: &str| ask(&sim, "power", "GET", path, &Value::Null).status;
    let machine = format!("/virtual_machines/{}", sim.known("/virtual_machine/id"));
    assert_eq!((stop(), read(&machine)), (200, 403));
    // Any token may read these.
    assert_eq!((read("/data_centers"), read("/networks/netw_SimNetwork000001")), (200, 200));
    place(json!([]));
    assert_eq!((stop(), read("/data_centers")), (403, 200));
    place(Value::Null);
    assert_eq!((stop(), read(&machine)), (200, 200));
    sim.control("POST", "/reset", &json!({}));
    assert_eq!(read("/data_centers"), 403, "there is no such token any more");
}

/// Our choice: what is not there is not found, whatever the permissions are, and its state does not
/// matter.
#[test]
fn an_identity_may_lack_permission() {
    let sim = Sim::start();
    let token = sim.known("/limited_token");
    let disk = |known: &str| json!({ "disk": { "id": sim.known(known) } });
    let organization = json!({ "organization": { "id": sim.known("/organization_id") } });
    let machine = json!({ "virtual_machine": { "id": sim.known("/virtual_machine/id") } });
    let policy = json!({ "disk_backup_policy": { "id": sim.known("/disk_backup_policies/disk") } });
    let trash = json!({ "trash_object": { "id": sim.known("/trash_object_id") } });
    let with_properties = |mut body: Value| {
        body["properties"] = json!({});
        body
    };
    for (method, path, body) in [
        ("POST", "/organizations/organization/disks", with_properties(organization.clone())),
        ("POST", "/organizations/organization/trash_objects/purge_all", organization),
        ("PATCH", "/disks/disk", with_properties(disk("/disks/attached"))),
        ("DELETE", "/disks/disk", disk("/disks/trashed")),
        ("POST", "/virtual_machines/virtual_machine/stop", machine),
        ("DELETE", "/disk_backup_policies/disk_backup_policy", policy),
        ("POST", "/trash_objects/trash_object/restore", trash),
    ] {
        let reply = ask(&sim, &token, method, path, &body);
        assert_eq!(reply.error(), (403, "permission_denied".into()), "{method} {path}");
        assert_eq!(reply.json()["error"]["detail"], json!({ "details": null }));
    }
    let missing = ask(&sim, &token, "DELETE", "/disks/disk", &json!({ "disk": { "id": "x" } }));
    assert_eq!(missing.error(), (404, "disk_not_found".into()));
    let read = format!("/disks/{}", sim.known("/disks/attached"));
    assert_eq!(ask(&sim, &token, "GET", &read, &Value::Null).status, 200);
    // Others act by order, without a token.
    let act = json!({ "method": "POST", "path": "/disks/disk/detach",
        "body": disk("/disks/attached"), "task": { "seconds": 0 } });
    sim.control("POST", "/answers", &json!({ "perform": true, "before": [act] }));
    let seen = ask(&sim, &token, "GET", &read, &Value::Null).json();
    assert_eq!(seen["disk"]["virtual_machine_disk"]["state"], "detached");
}

#[test]
fn each_token_has_a_limit_of_its_own() {
    let sim = Sim::start();
    sim.control("POST", "/api_tokens", &json!({ "api_token": "own" }));
    sim.control("POST", "/rate_limit", &json!({ "permitted": 1, "token": "own" }));
    avoid_end_of_minute();
    let status = |token: &str| ask(&sim, token, "GET", "/data_centers", &Value::Null).status;
    assert_eq!((status("own"), status("own")), (200, 429));
    for token in ["/api_token", "/read_only_token", "/other_organization/api_token"] {
        assert_eq!(status(&sim.known(token)), 200);
    }
    let counts = sim.control("GET", "/counts", &Value::Null);
    let tokens: Vec<_> = counts["minutes"].as_array().expect("minutes").iter().collect();
    assert!(tokens.iter().any(|it| it["token"] == "own" && it["limited"] == 1), "{tokens:?}");
}
