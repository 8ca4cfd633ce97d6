//! Cinder's volumes.

mod common;

use common::{Reply, Sim, wait_for};
use serde_json::{Value, json};

const VOLUMES: &str = "/volume/v3/volumes";

fn get(sim: &Sim, path: &str, version: &str) -> Value {
    let reply = sim.cloud("GET", path, version, &Value::Null);
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.json()
}

fn fault(reply: &Reply, kind: &str) -> String {
    let body = reply.json();
    assert_eq!(body[kind]["code"], reply.status, "{body}");
    body[kind]["message"].as_str().expect("a message").to_owned()
}

fn ids(list: &Value) -> Vec<&str> {
    let volumes = list["volumes"].as_array().expect("a list").iter();
    volumes.map(|volume| volume["id"].as_str().expect("an id")).collect()
}

#[test]
fn a_volume_as_captured() {
    let sim = Sim::start();
    let (project, id) = (sim.known("/project_id"), sim.known("/volume_id"));
    let base = sim.known("/openstack_url");
    let reply = sim.cloud("GET", &format!("/volume/v3/{project}/volumes/{id}"), "", &Value::Null);
    assert_eq!(reply.header("openstack-api-version"), Some("volume 3.0"));
    assert_eq!(reply.header("x-compute-request-id"), reply.header("x-openstack-request-id"));
    let volume = &reply.json()["volume"];
    let names: Vec<_> = volume.as_object().expect("an object").keys().collect();
    let captured = "id status size availability_zone created_at updated_at name description volume_type \
        snapshot_id source_volid metadata links user_id bootable encrypted replication_status \
        consistencygroup_id multiattach attachments os-vol-tenant-attr:tenant_id";
    assert_eq!(names, captured.split_whitespace().collect::<Vec<_>>());
    let links = json!([
        { "rel": "self", "href": format!("{base}/volume/v3/{project}/volumes/{id}") },
        { "rel": "bookmark", "href": format!("{base}/volume/{project}/volumes/{id}") },
    ]);
    assert_eq!((&volume["links"], &volume["status"]), (&links, &json!("in-use")));
    assert_eq!(volume["attachments"][0]["server_id"], sim.known("/server_id"));
    assert_eq!(volume["bootable"], "false");
    let root = get(&sim, &format!("{VOLUMES}/{}", sim.known("/root_volume_id")), "");
    assert_eq!(root["volume"]["bootable"], "true");
    assert_eq!(
        root["volume"]["links"][0]["href"],
        format!("{base}{VOLUMES}/{}", sim.known("/root_volume_id"))
    );
}

#[test]
fn each_region_and_project_has_volumes_of_its_own() {
    let sim = Sim::start();
    let all = sim.description()["servers"].as_array().expect("a list").clone();
    let theirs = |token: &str, region: &str| {
        let prefix = if region == "sim-north" { String::new() } else { format!("/{region}") };
        let reply =
            sim.request("GET", &format!("{prefix}{VOLUMES}"), &[("X-Auth-Token", token)], "");
        assert_eq!(reply.status, 200);
        reply.json()
    };
    let accounts =
        [sim.token_of(""), sim.token_of("/other_project"), sim.token_of("/other_domain")];
    let projects = ["/project_id", "/other_project/project_id", "/other_domain/project_id"];
    for (token, project) in accounts.iter().zip(projects) {
        for region in ["sim-north", "sim-south"] {
            let is_here = |place: &&Value| {
                place["region_name"] == region && place["project_id"] == sim.known(project)
            };
            let place = all.iter().find(is_here).expect("a place");
            let list = theirs(token, region);
            let mut found = ids(&list);
            let mut expected: Vec<_> = ["volume_id", "root_volume_id", "free_volume_id"]
                .iter()
                .map(|key| place[key].as_str().expect("an id"))
                .collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{project} {region}");
        }
    }
    let foreign = sim.known("/other_project/volume_id");
    let reply = sim.cloud("GET", &format!("{VOLUMES}/{foreign}"), "", &Value::Null);
    assert_eq!(fault(&reply, "itemNotFound"), format!("Volume {foreign} could not be found."));
    let path = format!("/volume/v3/{}/volumes", sim.known("/other_project/project_id"));
    let reply = sim.cloud("GET", &path, "", &Value::Null);
    assert_eq!((reply.status, fault(&reply, "badRequest")), (400, "Malformed request url".into()));
}

#[test]
fn lists_are_filtered_and_paged() {
    let sim = Sim::start();
    let free = sim.known("/free_volume_id");
    for (query, expected) in [
        ("?name=spare-1", 1),
        ("?name=spare", 0),
        ("?status=available", 1),
        ("?status=in-use", 2),
        ("?bootable=true", 1),
        ("?all_tenants=1", 3),
        ("?offset=2", 1),
    ] {
        for path in [VOLUMES.to_owned(), format!("{VOLUMES}/detail")] {
            let list = get(&sim, &format!("{path}{query}"), "");
            assert_eq!(ids(&list).len(), expected, "{path}{query}");
        }
    }
    assert_eq!(ids(&get(&sim, &format!("{VOLUMES}?name=spare-1"), "")), [free]);
    let all = get(&sim, &format!("{VOLUMES}/detail?with_count=true"), "volume 3.45");
    assert_eq!((&all["count"], all.get("volumes_links")), (&json!(3), None));
    assert_eq!(all["volumes"][0]["group_id"], Value::Null);

    let mut found = Vec::new();
    let mut path = format!("{VOLUMES}/detail?limit=1&name~=-");
    while let Some(next) = {
        let page = get(&sim, &path, "volume 3.31");
        found.extend(ids(&page).into_iter().map(str::to_owned));
        page["volumes_links"][0]["href"].as_str().map(str::to_owned)
    } {
        path = next.strip_prefix(&sim.known("/openstack_url")).expect("an own URL").to_owned();
        assert!(path.contains("limit=1") && path.contains("name~="), "{path}");
    }
    assert_eq!(found, ids(&all));

    let refused = |query: &str| sim.cloud("GET", &format!("{VOLUMES}?{query}"), "", &Value::Null);
    assert_eq!(fault(&refused("limit=x"), "badRequest"), "limit param must be an integer");
    assert_eq!(fault(&refused("limit=-1"), "badRequest"), "limit param must be positive");
    assert_eq!(fault(&refused("marker=x"), "itemNotFound"), "Volume x could not be found.");
}

#[test]
fn versions() {
    let sim = Sim::start();
    let base = sim.known("/openstack_url");
    for prefix in ["", "/internal", "/sim-south", "/sim-south/admin"] {
        let reply = sim.request("GET", &format!("{prefix}/volume/"), &[], "");
        assert_eq!(reply.status, 300);
        let version = &reply.json()["versions"][0];
        assert_eq!((&version["id"], &version["version"]), (&json!("v3.0"), &json!("3.71")));
        assert_eq!(version["links"][1]["href"], format!("{base}{prefix}/volume/v3/"));
        // Below the version, Keystone's middleware stands before everything.
        assert_eq!(sim.request("GET", &format!("{prefix}/volume/v3/"), &[], "").status, 401);
        assert_eq!(get(&sim, &format!("{prefix}/volume/v3/"), "")["versions"][0], *version);
    }
    for (version, status) in [
        ("volume 3.71", 200),
        ("volume latest", 200),
        ("compute 2.1", 200),
        ("volume 3.999", 406),
        ("volume 2.0", 406),
        ("volume x", 400),
    ] {
        assert_eq!(sim.cloud("GET", VOLUMES, version, &Value::Null).status, status, "{version}");
    }
    let newest = sim.cloud("GET", VOLUMES, "volume latest", &Value::Null);
    assert_eq!(newest.header("openstack-api-version"), Some("volume 3.71"));
    assert_eq!(sim.cloud("PATCH", VOLUMES, "", &Value::Null).status, 404);
    assert_eq!(sim.cloud("GET", "/volume/v3/snapshots", "", &Value::Null).status, 404);
}

#[test]
fn a_volume_is_made_and_deleted() {
    let sim = Sim::with_task_time(0.3);
    let wanted = json!({ "volume": { "size": 3, "name": "new", "metadata": { "a": "b" } } });
    let reply = sim.cloud("POST", VOLUMES, "", &wanted);
    assert_eq!((reply.status, &reply.json()["volume"]["status"]), (202, &json!("creating")));
    let id = reply.json()["volume"]["id"].as_str().expect("an id").to_owned();
    let path = format!("{VOLUMES}/{id}");
    assert_eq!(sim.cloud("DELETE", &path, "", &Value::Null).status, 400);
    let made = wait_for("the volume", || {
        let volume = get(&sim, &path, "")["volume"].clone();
        (volume["status"] == "available").then_some(volume)
    });
    assert_eq!(
        (&made["size"], &made["name"], &made["metadata"]),
        (&json!(3), &json!("new"), &json!({ "a": "b" }))
    );
    assert_eq!(ids(&get(&sim, &format!("{VOLUMES}?metadata=%7B'a':'b'%7D"), "")), [id]);
    let in_use = format!("{VOLUMES}/{}", sim.known("/volume_id"));
    let words = fault(&sim.cloud("DELETE", &in_use, "", &Value::Null), "badRequest");
    assert!(words.starts_with("Invalid volume: Volume status must be available"), "{words}");
    let deleted = sim.cloud("DELETE", &path, "", &Value::Null);
    assert_eq!((deleted.status, deleted.text()), (202, ""));
    assert_eq!(get(&sim, &path, "")["volume"]["status"], "deleting");
    wait_for("its end", || (sim.cloud("GET", &path, "", &Value::Null).status == 404).then_some(()));
    for volume in [
        json!({}),
        json!({ "size": 0 }),
        json!({ "size": "x" }),
        json!({ "size": 1, "metadata": { "a": 1 } }),
    ] {
        let reply = sim.cloud("POST", VOLUMES, "", &json!({ "volume": volume }));
        fault(&reply, "badRequest");
    }
    assert_eq!(sim.cloud("POST", VOLUMES, "", &json!([])).status, 400);
}

#[test]
fn what_is_out_of_order() {
    let sim = Sim::start();
    let id = sim.known("/volume_id");
    let status = || get(&sim, &format!("{VOLUMES}/{id}"), "")["volume"]["status"].clone();
    let order = |order: Value| sim.control("POST", &format!("/volumes/{id}"), &order);
    order(json!({ "reserved": true }));
    assert_eq!(status(), "reserved");
    order(json!({ "reserved": false, "available_in_cinder": true }));
    assert_eq!(status(), "available");
    sim.control("POST", "/openstack", &json!({ "cinder_down": true }));
    assert_eq!(sim.cloud("GET", VOLUMES, "", &Value::Null).status, 503);
    sim.control("POST", "/openstack", &json!({ "cinder_down": false }));
    sim.control("POST", "/answers", &json!({ "service": "cinder", "status": 500 }));
    assert_eq!(sim.cloud("GET", "/v2.1/servers", "", &Value::Null).status, 200);
    assert_eq!(sim.cloud("GET", VOLUMES, "", &Value::Null).status, 500);
    assert_eq!(sim.cloud("GET", VOLUMES, "", &Value::Null).status, 200);
}
