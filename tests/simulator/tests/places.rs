//! What is in one region, project or domain is in no other.

mod common;

use std::collections::HashSet;

use common::{Reply, Sim};
use serde_json::{Value, json};

struct Cloud {
    sim: Sim,
}

impl Cloud {
    fn start() -> Self {
        Self { sim: Sim::start() }
    }

    /// A part of the description.
    fn about(&self, pointer: &str) -> Value {
        self.sim.description().pointer(pointer).unwrap_or_else(|| panic!("no {pointer}")).clone()
    }

    /// By the names of an account, each in its domain.
    fn log_in(&self, user: &Value, project: &Value) -> Reply {
        let identity = json!({ "methods": ["password"], "password": { "user": {
            "name": user["username"],
            "domain": { "name": user["user_domain_name"] },
            "password": user["password"],
        } } });
        let scope = json!({ "project": {
            "name": project["project_name"],
            "domain": { "id": project["project_domain_id"] },
        } });
        let body = json!({ "auth": { "identity": identity, "scope": scope } }).to_string();
        self.sim.request("POST", "/identity/v3/auth/tokens", &[], &body)
    }

    /// The servers of the description that a token sees at an endpoint.
    fn seen(&self, token: &str, endpoint: &str) -> Vec<Value> {
        let servers = self.about("/servers");
        let all = servers.as_array().expect("servers").iter();
        let path = |server: &Value| {
            let id = server["server_id"].as_str().expect("an id");
            format!("{endpoint}/v2.1/servers/{id}/os-volume_attachments")
        };
        let headers = [("X-Auth-Token", token)];
        all.filter(|server| self.sim.request("GET", &path(server), &headers, "").status == 200)
            .cloned()
            .collect()
    }
}

fn token(reply: &Reply) -> String {
    assert_eq!(reply.status, 201, "{}", reply.text());
    reply.header("x-subject-token").expect("a token").to_owned()
}

#[test]
fn a_token_sees_the_server_of_its_project_and_region_only() {
    let cloud = Cloud::start();
    let mut found = HashSet::new();
    let own = cloud.about("");
    for (user, project) in [
        (own.clone(), own.clone()),
        (own, cloud.about("/second_project")),
        (cloud.about("/other_project"), cloud.about("/other_project")),
        (cloud.about("/other_domain"), cloud.about("/other_domain")),
    ] {
        let token = token(&cloud.log_in(&user, &project));
        for (endpoint, region) in [
            ("", "sim-north"),
            ("/internal", "sim-north"),
            ("/sim-south", "sim-south"),
            ("/sim-south/admin", "sim-south"),
        ] {
            let seen = cloud.seen(&token, endpoint);
            let [server] = seen.as_slice() else { panic!("{endpoint}: {seen:?}") };
            assert_eq!(server["region_name"], region);
            assert_eq!(server["project_id"], project["project_id"]);
            assert_eq!(server["server_id"] == project["server_id"], region == "sim-north");
            found.insert(server["server_id"].to_string());
        }
    }
    assert_eq!(found.len(), 8);
}

#[test]
fn the_same_names_are_others_in_another_domain() {
    let cloud = Cloud::start();
    let (own, other) = (cloud.about(""), cloud.about("/other_domain"));
    for name in ["username", "project_name"] {
        assert_eq!(own[name], other[name]);
    }
    for name in ["user_id", "password", "project_id", "user_domain_id", "server_id", "volume_id"] {
        assert_ne!(own[name], other[name]);
    }
    let scope = |user: &Value| {
        let reply = cloud.log_in(user, user);
        assert_eq!(reply.status, 201, "{}", reply.text());
        let token = reply.json()["token"].clone();
        assert_eq!(token["user"]["domain"]["id"], user["user_domain_id"]);
        token["project"].clone()
    };
    for account in [&own, &other] {
        let domain =
            json!({ "id": account["project_domain_id"], "name": account["project_domain_name"] });
        let expected = json!({ "domain": domain, "id": account["project_id"], "name": account["project_name"] });
        assert_eq!(scope(account), expected);
    }
    // The password is right, but in the other domain.
    let mut mistaken = other.clone();
    mistaken["user_domain_name"] = own["user_domain_name"].clone();
    assert_eq!(cloud.log_in(&mistaken, &other).status, 401);
    // The operator has no role in the project of the same name.
    assert_eq!(cloud.log_in(&own, &other).status, 401);
}

#[test]
fn a_token_is_exchanged_for_one_of_another_project() {
    let cloud = Cloud::start();
    let (own, second) = (cloud.about(""), cloud.about("/second_project"));
    let first = token(&cloud.log_in(&own, &own));
    let exchange = |project: &Value| {
        let body = json!({ "auth": {
            "identity": { "methods": ["token"], "token": { "id": first } },
            "scope": { "project": { "id": project["project_id"] } },
        } });
        cloud.sim.request("POST", "/identity/v3/auth/tokens", &[], &body.to_string())
    };
    let seen = cloud.seen(&token(&exchange(&second)), "");
    assert_eq!(seen[0]["server_id"], second["server_id"]);
    assert_eq!(exchange(&cloud.about("/other_project")).status, 401);
}

#[test]
fn a_volume_of_elsewhere_could_not_be_found() {
    let cloud = Cloud::start();
    let token = cloud.sim.known("/openstack_token");
    let delete = |volume: &str| {
        let path = format!(
            "/v2.1/servers/{}/os-volume_attachments/{volume}",
            cloud.sim.known("/server_id")
        );
        let reply = cloud.sim.request("DELETE", &path, &[("X-Auth-Token", &token)], "");
        (reply.status, reply.text().to_owned())
    };
    let servers = cloud.about("/servers");
    for server in &servers.as_array().expect("servers")[1..] {
        let volume = server["volume_id"].as_str().expect("an id");
        let (status, text) = delete(volume);
        assert_eq!(status, 404, "{text}");
        assert!(text.contains(&format!("Volume {volume} could not be found.")), "{text}");
    }
    assert_eq!(delete(&cloud.sim.known("/volume_id")).0, 202);
}

#[test]
fn the_versions_of_a_region_lead_to_that_region() {
    let cloud = Cloud::start();
    for prefix in ["", "/admin", "/sim-south", "/sim-south/internal"] {
        for version in ["v2", "v2.1"] {
            let path = format!("{prefix}/{version}");
            let document = cloud.sim.request("GET", &format!("{path}/"), &[], "").json();
            let expected = format!("{}{path}/", cloud.sim.known("/openstack_url"));
            assert_eq!(document["version"]["links"][0]["href"], expected);
        }
    }
}

#[test]
fn the_control_api_lists_every_server_with_its_volumes() {
    let cloud = Cloud::start();
    let about = cloud.about("/servers");
    let volume = about[1]["volume_id"].clone();
    let order = json!({ "attached": false });
    cloud.sim.control("POST", &format!("/volumes/{}", volume.as_str().expect("an id")), &order);
    let listed = cloud.sim.control("GET", "/servers", &Value::Null)["servers"].clone();
    assert_eq!(listed.as_array().map(Vec::len), about.as_array().map(Vec::len));
    for (server, known) in
        listed.as_array().expect("servers").iter().zip(about.as_array().expect("servers"))
    {
        for (key, name) in
            [("id", "server_id"), ("region_name", "region_name"), ("project_id", "project_id")]
        {
            assert_eq!(server[key], known[name]);
        }
        let attached = known["volume_id"] != volume;
        let volumes = json!([
            { "id": known["root_volume_id"], "attached": true, "is_root": true },
            { "id": known["volume_id"], "attached": attached, "is_root": false },
        ]);
        assert_eq!(server["volumes"], volumes);
    }
}
