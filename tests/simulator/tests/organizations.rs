//! Several organizations, and tokens that reach one of them, or may not do everything.

mod common;

use common::{Reply, Sim};
use serde_json::{Value, json};

fn ask(sim: &Sim, token: &str, method: &str, path: &str, body: &Value) -> Reply {
    let authorization = format!("Bearer {token}");
    let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    sim.request(method, &format!("/core/v1{path}"), &headers, &body)
}

fn get(sim: &Sim, token: &str, path: &str) -> Reply {
    ask(sim, token, "GET", path, &Value::Null)
}

/// The members of a list that tell what its items are.
fn listed(sim: &Sim, token: &str, organization: &str, list: &str, key: &str) -> Vec<Value> {
    let path = format!("/organizations/organization/{list}?organization[id]={organization}");
    let answer = get(sim, token, &format!("{path}&include_universal=true")).json();
    let field = if list == "disks" { "disk" } else { list };
    answer[field].as_array().expect("a list").iter().map(|item| item[key].clone()).collect()
}

#[test]
fn organizations_are_listed_and_read() {
    let sim = Sim::start();
    let names = |token: &str| {
        let answer = get(&sim, &sim.known(token), "/organizations").json();
        let organizations = answer["organizations"].as_array().expect("a list").clone();
        organizations.iter().map(|it| it["sub_domain"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names("/api_token"), ["sim-acme"]);
    assert_eq!(names("/other_organization/api_token"), ["sim-umbra"]);
    assert_eq!(names("/two_organizations_token"), ["sim-acme", "sim-umbra"]);
    let list = get(&sim, &sim.known("/api_token"), "/organizations").json();
    let members: Vec<_> = list["organizations"][0].as_object().expect("one").keys().collect();
    let told = ["id", "name", "sub_domain", "infrastructure_domain"];
    assert_eq!(members[..4], told);
    assert_eq!(members[4..], ["created_at", "activated_at", "suspended", "managed"]);

    let path = format!("/organizations/{}", sim.known("/organization_id"));
    let whole = sim.get(&path).json()["organization"].clone();
    assert_eq!(
        (&whole["name"], &whole["country"]["iso_code2"]),
        (&json!("Sim Acme"), &json!("SX"))
    );
    let machine = sim.get(&format!("/virtual_machines/{}", sim.known("/virtual_machine/id")));
    assert_eq!(machine.json()["virtual_machine"]["organization"], whole);
    let other = sim.get("/organizations/organization?organization[sub_domain]=sim-umbra");
    assert_eq!(other.error(), (404, "organization_not_found".into()));

    sim.control("POST", "/organization", &json!({ "state": "suspended" }));
    assert_eq!(sim.get(&path).error(), (403, "organization_suspended".into()));
    let list = get(&sim, &sim.known("/two_organizations_token"), "/organizations").json();
    let suspended = |number: usize| list["organizations"][number]["suspended"].clone();
    assert_eq!((suspended(0), suspended(1)), (true.into(), false.into()));
    let order = json!({ "organization": "sim-umbra", "state": "not_activated" });
    sim.control("POST", "/organization", &order);
    let other = format!("/organizations/{}", sim.known("/other_organization/organization_id"));
    let answer = get(&sim, &sim.known("/other_organization/api_token"), &other);
    assert_eq!(answer.error(), (403, "organization_not_activated".into()));
    let missing = json!({ "organization": "nobody", "state": "active" }).to_string();
    assert_eq!(sim.request("POST", "/__sim/organization", &[], &missing).status, 404);
}

/// Every object of one organization is unknown to a token that reaches only the other.
#[test]
fn what_is_of_one_organization_is_not_found_in_the_other() {
    let sim = Sim::start();
    let (token, other) = (sim.known("/api_token"), sim.known("/other_organization/api_token"));
    let resize = json!({ "disk": { "id": sim.known("/disks/unassigned") }, "size_in_gb": 30 });
    let task = sim.katapult("PUT", "/disks/disk/resize", &resize).json()["task"]["id"].clone();
    for (path, id) in [
        ("disks", sim.known("/disks/unassigned")),
        ("disks", sim.known("/disks/attached")),
        ("virtual_machines", sim.known("/virtual_machine/id")),
        ("virtual_machine_network_interfaces", sim.known("/network_interface")),
        ("virtual_networks", "vnet_SimVirtualNet001".into()),
        ("disk_templates", sim.known("/disk_templates/own")),
        ("disk_template_versions", "dtv_SimTemplVersion4".into()),
        ("disk_backup_policies", sim.known("/disk_backup_policies/disk")),
        ("disk_backup_policies", sim.known("/disk_backup_policies/virtual_machine")),
        ("trash_objects", sim.known("/trash_object_id")),
        ("tasks", task.as_str().expect("an id").into()),
    ] {
        let path = format!("/{path}/{id}");
        assert_eq!(get(&sim, &token, &path).status, 200, "{path}");
        let (status, code) = get(&sim, &other, &path).error();
        assert!(status == 404 && code.ends_with("_not_found"), "{path}: {code}");
    }
    let shared = format!("/disk_templates/{}", sim.known("/disk_templates/universal"));
    assert_eq!(get(&sim, &other, &shared).status, 200);
    for (path, body) in [
        ("/disks/disk/attach", json!({ "disk": { "id": sim.known("/disks/detached") } })),
        (
            "/virtual_machines/virtual_machine/stop",
            json!({ "virtual_machine": { "id": sim.known("/virtual_machine/id") } }),
        ),
        (
            "/trash_objects/trash_object/restore",
            json!({ "trash_object": { "id": sim.known("/trash_object_id") } }),
        ),
        (
            "/organizations/organization/trash_objects/purge_all",
            json!({ "organization": { "id": sim.known("/organization_id") } }),
        ),
    ] {
        let (status, _) = ask(&sim, &other, "POST", path, &body).error();
        assert_eq!(status, 404, "{path}");
    }
}

#[test]
fn lists_have_what_is_of_their_organization() {
    let sim = Sim::start();
    let both = sim.known("/two_organizations_token");
    let ids = ["/organization_id", "/other_organization/organization_id"].map(|it| sim.known(it));
    for (list, key, here, there) in [
        (
            "disks",
            "name",
            vec!["System Disk", "backup", "data", "spare"],
            vec!["System Disk", "spare"],
        ),
        ("virtual_machines", "name", vec!["spare-1", "web-1"], vec!["web-1"]),
        ("virtual_networks", "name", vec!["Backbone"], vec![]),
        ("trash_objects", "object_type", vec!["Disk"], vec![]),
        ("disk_backup_policies", "retention", vec![], vec![]),
        (
            "disk_templates",
            "name",
            vec!["Golden image", "Simux 24.04", "Toynix 12"],
            vec!["Simux 24.04", "Toynix 12"],
        ),
    ] {
        if list == "disk_backup_policies" {
            assert_eq!(listed(&sim, &both, &ids[0], list, key).len(), 2);
            assert_eq!(listed(&sim, &both, &ids[1], list, key).len(), 0);
            continue;
        }
        assert_eq!(listed(&sim, &both, &ids[0], list, key), here, "{list}");
        assert_eq!(listed(&sim, &both, &ids[1], list, key), there, "{list}");
    }
    let available = format!("/organizations/{}/available_networks", ids[1]);
    assert_eq!(get(&sim, &both, &available).json()["virtual_networks"], json!([]));
}

#[test]
fn what_is_made_belongs_to_its_organization() {
    let sim = Sim::start();
    let (other, both) =
        (sim.known("/other_organization/api_token"), sim.known("/two_organizations_token"));
    let organization = sim.known("/other_organization/organization_id");
    let create = |machine: &str| {
        let relation = json!({ "virtual_machine": { "id": machine } });
        let body = json!({ "organization": { "id": organization }, "properties": {
            "name": "new", "size_in_gb": 20, "data_center": { "permalink": "sim-north-01" },
            "virtual_machine_disk": relation } });
        ask(&sim, &both, "POST", "/organizations/organization/disks", &body)
    };
    let machine = sim.known("/virtual_machine/id");
    assert_eq!(create(&machine).error(), (404, "virtual_machine_not_found".into()));
    let made = create(&sim.known("/other_organization/virtual_machine/id")).json();
    let disk = made["disk"]["id"].as_str().expect("an id").to_owned();
    let task = format!("/tasks/{}", made["task"]["id"].as_str().expect("an id"));
    assert_eq!(get(&sim, &other, &task).status, 200);
    assert_eq!(sim.get(&task).error(), (404, "task_not_found".into()));
    assert_eq!(sim.get(&format!("/disks/{disk}")).error(), (404, "disk_not_found".into()));
    let spare = sim.known("/other_organization/disks/unassigned");
    let assign = json!({ "disk": { "id": spare }, "virtual_machine": { "id": machine } });
    let (status, code) = ask(&sim, &both, "POST", "/disks/disk/assign", &assign).error();
    assert_eq!((status, code.as_str()), (404, "virtual_machine_not_found"));

    let body = json!({ "disk": { "id": spare } });
    let trashed = ask(&sim, &other, "DELETE", "/disks/disk", &body).json();
    let trash_object = trashed["trash_object"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(trashed["trash_object"].get("organization"), None);
    let trash_object = format!("/trash_objects/{trash_object}");
    assert_eq!(get(&sim, &other, &trash_object).status, 200);
    assert_eq!(sim.get(&trash_object).error(), (404, "trash_object_not_found".into()));
    let everything = json!({ "organization": { "id": organization } });
    let path = "/organizations/organization/trash_objects/purge_all";
    let purge = ask(&sim, &other, "POST", path, &everything).json()["task"]["id"].clone();
    sim.clock(10);
    let purge = format!("/tasks/{}", purge.as_str().expect("an id"));
    assert_eq!(get(&sim, &other, &purge).json()["task"]["status"], "completed");
    assert_eq!(get(&sim, &other, &trash_object).status, 404);
    let here = format!("/trash_objects/{}", sim.known("/trash_object_id"));
    assert_eq!(sim.get(&here).status, 200, "only the trash of this organization");
}

#[test]
fn organizations_and_their_objects_are_placed() {
    let sim = Sim::start();
    sim.control(
        "POST",
        "/objects",
        &json!({
            "organizations": [{ "id": "org_3", "sub_domain": "third", "name": "Third" }],
            "virtual_machines": [{ "id": "vm_3", "name": "m", "organization": "org_3" }],
            "disks": [{ "id": "disk_3", "organization": "org_3" }],
            "disk_templates": [{ "id": "dtpl_3", "name": "T", "permalink": "t", "organization": "org_3" }],
        }),
    );
    sim.control(
        "POST",
        "/api_tokens",
        &json!({ "api_token": "third", "organizations": ["third"] }),
    );
    let get = |path: &str| get(&sim, "third", path);
    let organizations = get("/organizations").json();
    assert_eq!(organizations["organizations"][0]["name"], "Third");
    assert_eq!(get("/disks/disk_3").status, 200);
    assert_eq!(get("/disk_templates/dtpl_3").status, 200);
    let machine = get("/virtual_machines/vm_3").json()["virtual_machine"].clone();
    assert_eq!(machine["organization"]["sub_domain"], "third");
    assert_eq!(sim.get("/disks/disk_3").error(), (404, "disk_not_found".into()));

    sim.control("POST", "/organization", &json!({ "organization": "org_3", "id": "org_4" }));
    assert_eq!(get("/disks/disk_3").status, 200, "its objects went along");
    let list = "/organizations/organization/disks?organization[id]=";
    assert_eq!(get(&format!("{list}org_4")).json()["disk"][0]["id"], "disk_3");
    assert_eq!(get(&format!("{list}org_3")).error(), (404, "organization_not_found".into()));
    for (path, body) in [
        ("/objects", json!({ "disks": [{ "organization": "org_missing" }] })),
        ("/objects", json!({ "organizations": [{ "name": "no id" }] })),
        ("/api_tokens", json!({ "api_token": "x", "organizations": ["missing"] })),
    ] {
        let path = format!("/__sim{path}");
        assert_eq!(sim.request("POST", &path, &[], &body.to_string()).status, 400, "{body}");
    }
}
