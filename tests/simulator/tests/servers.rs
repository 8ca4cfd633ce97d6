//! Nova's servers and their flavor.

mod common;

use common::Sim;
use serde_json::{Value, json};

fn get(sim: &Sim, path: &str, version: &str) -> Value {
    let reply = sim.cloud("GET", path, version, &Value::Null);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.json()
}

#[test]
fn a_server_with_all_its_members() {
    let sim = Sim::start();
    let (id, base) = (sim.known("/server_id"), sim.known("/openstack_url"));
    let (root, volume) = (sim.known("/root_volume_id"), sim.known("/volume_id"));
    let server = get(&sim, &format!("/v2.1/servers/{id}"), "")["server"].clone();
    let names: Vec<_> = server.as_object().expect("an object").keys().collect();
    let expected = "id name status tenant_id user_id metadata hostId image flavor created updated addresses \
        accessIPv4 accessIPv6 links OS-DCF:diskConfig progress OS-EXT-AZ:availability_zone config_drive key_name \
        OS-SRV-USG:launched_at OS-SRV-USG:terminated_at security_groups OS-EXT-STS:task_state \
        OS-EXT-STS:vm_state OS-EXT-STS:power_state os-extended-volumes:volumes_attached";
    assert_eq!(names, expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(
        server["os-extended-volumes:volumes_attached"],
        json!([{ "id": root }, { "id": volume }])
    );
    assert_eq!(server["addresses"]["sim-network"][0]["version"], 4);
    let links = json!([
        { "rel": "self", "href": format!("{base}/v2.1/servers/{id}") },
        { "rel": "bookmark", "href": format!("{base}/servers/{id}") },
    ]);
    assert_eq!(server["links"], links);
    let flavor = server["flavor"]["id"].as_str().expect("an id");
    assert_eq!(get(&sim, &format!("/v2.1/flavors/{flavor}"), "")["flavor"]["name"], "sim.small");

    // With later microversions there is more; with a project in the URL, in the links, too.
    let project = sim.known("/project_id");
    let newest = &get(&sim, &format!("/v2.1/{project}/servers/{id}"), "compute 2.100")["server"];
    for name in [
        "locked",
        "locked_reason",
        "description",
        "tags",
        "server_groups",
        "pinned_availability_zone",
    ] {
        assert!(newest.get(name).is_some() && server.get(name).is_none(), "{name}");
    }
    assert_eq!(newest["flavor"]["original_name"], "sim.small");
    assert_eq!(newest["os-extended-volumes:volumes_attached"][0]["delete_on_termination"], false);
    assert_eq!(newest["links"][0]["href"], format!("{base}/v2.1/{project}/servers/{id}"));
    let old = get(
        &sim,
        &format!("/sim-south/internal/v2/servers/{}", sim.known("/servers/1/server_id")),
        "",
    );
    let link = old["server"]["links"][1]["href"].as_str().expect("a link");
    assert!(link.starts_with(&format!("{base}/sim-south/internal/servers/")), "{link}");
}

#[test]
fn the_states_of_a_server() {
    let sim = Sim::start();
    let id = sim.known("/server_id");
    let path = format!("/v2.1/servers/{id}");
    let states = |order: Value| {
        sim.control("POST", &format!("/servers/{id}"), &order);
        let server = get(&sim, &path, "compute 2.9")["server"].clone();
        let list = get(&sim, "/v2.1/servers/detail", "compute 2.9")["servers"][0].clone();
        assert_eq!(server, list);
        let text = |name: &str| server[name].as_str().unwrap_or("-").to_owned();
        (
            text("status"),
            text("OS-EXT-STS:vm_state"),
            text("OS-EXT-STS:task_state"),
            server["locked"].clone(),
        )
    };
    let expected = |status: &str, vm: &str, task: &str, locked: bool| {
        (status.to_owned(), vm.to_owned(), task.to_owned(), json!(locked))
    };
    assert_eq!(states(json!({})), expected("ACTIVE", "active", "-", false));
    let order = json!({ "task_state": "rebooting", "locked": true });
    assert_eq!(states(order), expected("REBOOT", "active", "rebooting", true));
    let order = json!({ "task_state": null, "vm_state": "stopped" });
    assert_eq!(states(order), expected("SHUTOFF", "stopped", "-", true));
    assert_eq!(states(json!({ "vm_state": "error" })), expected("ERROR", "error", "-", true));
    assert_eq!(get(&sim, &path, "")["server"]["fault"]["code"], 500);
}

#[test]
fn lists_of_servers() {
    let sim = Sim::start();
    let id = sim.known("/server_id");
    let found = |query: &str| {
        let list = get(&sim, &format!("/v2.1/servers/detail{query}"), "");
        assert_eq!(
            get(&sim, &format!("/v2.1/servers{query}"), "")["servers"][0]["id"],
            list["servers"][0]["id"]
        );
        list["servers"].as_array().expect("a list").len()
    };
    for (query, expected) in [
        ("", 1),
        ("?status=ACTIVE", 1),
        ("?status=active", 1),
        ("?status=SHUTOFF", 0),
        ("?name=web-1", 1),
        ("?ip=192.0.2", 1),
        ("?image=x", 0),
        ("?flavor=1", 1),
        ("?all_tenants=0", 1),
        ("?host=x", 1),
        ("?limit=0", 0),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
    assert_eq!(found(&format!("?marker={id}")), 0);
    let page = get(&sim, "/v2.1/servers?limit=1&name=web", "");
    let next = page["servers_links"][0]["href"].as_str().expect("a link");
    assert_eq!(
        next,
        format!("{}/v2.1/servers?limit=1&name=web&marker={id}", sim.known("/openstack_url"))
    );
    assert_eq!(
        get(&sim, &next.replace(&sim.known("/openstack_url"), ""), ""),
        json!({ "servers": [] })
    );

    for (query, status, words) in [
        (
            "all_tenants=1",
            403,
            "Policy doesn't allow os_compute_api:servers:index:get_all_tenants to be performed.",
        ),
        (
            "all_tenants=",
            403,
            "Policy doesn't allow os_compute_api:servers:index:get_all_tenants to be performed.",
        ),
        ("marker=x", 400, "marker [x] not found"),
        (
            "limit=x",
            400,
            "Invalid input for query parameters limit. Value: x. 'x' does not match '^[0-9]*$'",
        ),
    ] {
        let reply = sim.cloud("GET", &format!("/v2.1/servers?{query}"), "", &Value::Null);
        let kind = if status == 403 { "forbidden" } else { "badRequest" };
        assert_eq!((reply.status, &reply.json()[kind]["message"]), (status, &json!(words)));
    }
}

#[test]
fn flavors() {
    let sim = Sim::start();
    assert_eq!(get(&sim, "/v2.1/flavors", "")["flavors"][0]["id"], "1");
    assert_eq!(get(&sim, "/v2.1/flavors/detail", "")["flavors"][0]["swap"], "");
    let newest = &get(&sim, "/v2.1/flavors/1", "compute 2.100")["flavor"];
    assert_eq!((&newest["swap"], &newest["extra_specs"]), (&json!(0), &json!({})));
    let missing = sim.cloud("GET", "/v2.1/flavors/2", "", &Value::Null);
    assert_eq!(missing.json()["itemNotFound"]["message"], "Flavor 2 could not be found.");
}
