//! Nova's volume attachments, as they were captured.

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;

use common::{Reply, Sim, wait_for};
use serde_json::{Value, json};

struct Nova {
    sim: Sim,
    server: String,
    volume: String,
}

impl Nova {
    fn start() -> Self {
        // Long enough to look at a volume while it is being detached, on a busy machine too.
        let sim = Sim::with_task_time(0.5);
        let (server, volume) = (sim.known("/server_id"), sim.known("/volume_id"));
        Self { sim, server, volume }
    }

    fn path(&self, version: &str, volume: &str) -> String {
        format!("/{version}/servers/{}/os-volume_attachments/{volume}", self.server)
    }

    fn call(&self, method: &str, version: &str) -> Reply {
        self.sim.nova(method, &self.path(version, &self.volume), &[])
    }

    fn control(&self, path: &str, order: &Value) {
        self.sim.control("POST", path, order);
    }
}

fn message(reply: &Reply, kind: &str) -> String {
    let content_type = reply.header("content-type");
    assert_eq!(content_type, Some("application/json; charset=UTF-8"), "{}", reply.text());
    assert_eq!(reply.json()[kind]["code"], reply.status);
    reply.json()[kind]["message"].as_str().expect("a message").to_owned()
}

#[test]
fn a_volume_is_detached_after_a_while() {
    let nova = Nova::start();
    let project = nova.sim.known("/project_id");
    for version in ["v2", "v2.1", &format!("v2/{project}"), &format!("v2.1/{project}"), "v2/"] {
        nova.control(&format!("/volumes/{}", nova.volume), &json!({ "attached": true }));
        let before = nova.call("GET", version);
        let expected = format!(
            r#"{{"volumeAttachment": {{"id": "{0}", "volumeId": "{0}", "serverId": "{1}", "device": "/dev/sdb"}}}}"#,
            nova.volume, nova.server
        );
        assert_eq!((before.status, before.text()), (200, expected.as_str()), "{version}");
        assert_eq!(before.header("content-type"), Some("application/json"));

        let accepted = nova.call("DELETE", version);
        assert_eq!((accepted.status, accepted.text()), (202, ""));
        assert_eq!(accepted.header("content-length"), Some("0"));
        assert_eq!(accepted.header("content-type"), Some("application/json"));
        let id = accepted.header("x-compute-request-id").expect("an id");
        assert!(id.starts_with("req-") && accepted.header("x-openstack-request-id") == Some(id));
        let told = accepted.header("openstack-api-version");
        assert_eq!(told, version.starts_with("v2.1").then_some("compute 2.1"));

        assert_eq!(nova.call("GET", version).status, 200);
        let again = message(&nova.call("DELETE", version), "badRequest");
        assert!(again.starts_with("Invalid volume: Invalid input received: "), "{again}");
        let gone = wait_for("the end of the attachment", || {
            Some(nova.call("GET", version)).filter(|reply| reply.status == 404)
        });
        let expected =
            format!("Instance {} is not attached to volume {}", nova.server, nova.volume);
        assert_eq!(message(&gone, "itemNotFound"), expected);
        assert_eq!(message(&nova.call("DELETE", version), "itemNotFound"), expected);
    }
}

#[test]
fn tokens() {
    let nova = Nova::start();
    for headers in [&[][..], &[("X-Auth-Token", "nonsense")]] {
        let reply = nova.sim.request("DELETE", &nova.path("v2", &nova.volume), headers, "");
        let text = r#"{"error": {"code": 401, "title": "Unauthorized", "message": "The request you have made requires authentication."}}"#;
        assert_eq!((reply.status, reply.text()), (401, text));
        let keystone = format!("Keystone uri=\"{}\"", nova.sim.known("/auth_url"));
        assert_eq!(reply.header("www-authenticate"), Some(keystone.as_str()));
        assert!(reply.header("x-openstack-request-id").is_some());
    }
}

#[test]
fn what_does_not_exist() {
    let nova = Nova::start();
    let delete = |path: &str| nova.sim.nova("DELETE", path, &[("Accept", "application/json")]);
    let missing = message(&delete(&nova.path("v2", "a%20b")), "itemNotFound");
    assert_eq!(missing, "Volume a b could not be found.");
    let server = "/v2/servers/abc/os-volume_attachments/x";
    assert_eq!(message(&delete(server), "itemNotFound"), "Instance abc could not be found.");

    let other = "b756c19d11210e9e17bbe271f8bdb33d";
    let path = nova.path(&format!("v2/{other}"), &nova.volume);
    let expected = format!(
        "Malformed request URL: URL's project_id '{other}' doesn't match Context's project_id '{}'",
        nova.sim.known("/project_id")
    );
    assert_eq!(message(&delete(&path), "badRequest"), expected);

    let attachment = nova.path("v2", &nova.volume);
    for path in [
        nova.path("v2/not-a-project", &nova.volume),
        nova.path("v2.1/ABCDEF", &nova.volume),
        nova.path("v2", ""),
        format!("{attachment}/"),
        attachment.trim_end_matches(&nova.volume).trim_end_matches('/').to_owned(),
    ] {
        let reply = delete(&path);
        let text = r#"{"message": "The resource could not be found.<br /><br />\n\n\n", "code": "404 Not Found", "title": "Not Found"}"#;
        assert_eq!((reply.status, reply.text()), (404, text), "{path}");
    }
    let plain = nova.sim.nova("DELETE", &nova.path("v2/not-a-project", "x"), &[]);
    assert_eq!(plain.text(), "404 Not Found\n\nThe resource could not be found.\n\n   ");
    assert_eq!(plain.header("content-type"), Some("text/plain; charset=UTF-8"));
}

#[test]
fn the_root_volume_stays() {
    let nova = Nova::start();
    let path = nova.path("v2.1", &nova.sim.known("/root_volume_id"));
    let reply = nova.sim.nova("DELETE", &path, &[]);
    assert_eq!(reply.status, 400);
    assert_eq!(message(&reply, "badRequest"), "Cannot detach a root device volume");
}

#[test]
fn server_states_that_forbid_it() {
    let nova = Nova::start();
    let (id, path) = (&nova.server, format!("/servers/{}", nova.server));
    let doing = format!("Cannot 'detach_volume' instance {id} while it is in");
    for (order, expected) in [
        (json!({ "vm_state": "error" }), format!("{doing} vm_state error")),
        (
            json!({ "vm_state": "active", "task_state": "reboot_started" }),
            format!("{doing} task_state reboot_started"),
        ),
        (json!({ "task_state": null, "locked": true }), format!("Instance {id} is locked")),
    ] {
        nova.control(&path, &order);
        let reply = nova.call("DELETE", "v2");
        assert_eq!(reply.status, 409);
        assert_eq!(message(&reply, "conflictingRequest"), expected);
    }
    nova.control(&path, &json!({ "vm_state": "shelved_offloaded", "locked": false }));
    assert_eq!(nova.call("DELETE", "v2.1").status, 409);
    let headers = [("OpenStack-API-Version", "compute 2.20")];
    assert_eq!(nova.sim.nova("DELETE", &nova.path("v2.1", &nova.volume), &headers).status, 202);
}

#[test]
fn a_detach_may_fail_or_be_slow() {
    let nova = Nova::start();
    let path = format!("/volumes/{}", nova.volume);
    nova.control(&path, &json!({ "detach": "fails" }));
    assert_eq!(nova.call("DELETE", "v2").status, 202);
    assert_eq!(nova.call("DELETE", "v2").status, 400);
    // captured: then it is attached as before, and the next attempt is accepted.
    wait_for("the failure", || Some(nova.call("DELETE", "v2")).filter(|r| r.status == 202));
    nova.control(&path, &json!({ "attached": true, "detach": "slow" }));
    assert_eq!(nova.call("DELETE", "v2").status, 202);
    std::thread::sleep(std::time::Duration::from_millis(700));
    assert_eq!(nova.call("GET", "v2").status, 200);
}

#[test]
fn microversions() {
    let nova = Nova::start();
    let get = |version: &str, header: &str, value: &str| {
        nova.sim.nova("GET", &nova.path(version, &nova.volume), &[(header, value)])
    };
    let new = get("v2.1", "OpenStack-API-Version", "compute 2.89");
    let attachment = &new.json()["volumeAttachment"];
    assert_eq!(
        (&attachment["tag"], &attachment["delete_on_termination"]),
        (&Value::Null, &json!(false))
    );
    assert!(attachment["attachment_id"].is_string() && attachment["bdm_uuid"].is_string());
    assert_eq!(attachment.get("id"), None);
    assert_eq!(new.header("x-openstack-nova-api-version"), Some("2.89"));
    let old = get("v2.1", "X-OpenStack-Nova-API-Version", "2.60");
    assert_eq!(old.header("openstack-api-version"), Some("compute 2.60"));
    assert_eq!(
        get("v2", "OpenStack-API-Version", "compute 2.89").header("openstack-api-version"),
        None
    );
    let other = get("v2.1", "OpenStack-API-Version", "volume 3.44");
    assert_eq!(other.header("openstack-api-version"), Some("compute 2.1"));

    let unknown = get("v2.1", "OpenStack-API-Version", "compute 2.999");
    assert_eq!(
        (unknown.status, unknown.header("openstack-api-version")),
        (406, Some("compute 2.999"))
    );
    let expected =
        "Version 2.999 is not supported by the API. Minimum is 2.1 and maximum is 2.100.";
    assert_eq!(message(&unknown, "computeFault"), expected);
    let garbage = get("v2.1", "OpenStack-API-Version", "compute abc");
    assert_eq!((garbage.status, garbage.header("openstack-api-version")), (400, None));
}

#[test]
fn the_list_has_what_is_attached() {
    let nova = Nova::start();
    let list = || {
        let path = nova.path("v2.1", "");
        let list = nova.sim.nova("GET", path.trim_end_matches('/'), &[]).json();
        list["volumeAttachments"].as_array().map(Vec::len)
    };
    assert_eq!(list(), Some(2));
    nova.control(&format!("/volumes/{}", nova.volume), &json!({ "attached": false }));
    assert_eq!(list(), Some(1));
}

#[test]
fn a_failed_detach_shows_in_its_action() {
    let nova = Nova::start();
    let path = format!("/volumes/{}", nova.volume);
    nova.control(&path, &json!({ "detach": "fails", "detach_seconds": 0.3 }));
    let accepted = nova.call("DELETE", "v2.1");
    let id = accepted.header("x-compute-request-id").expect("an id").to_owned();
    let actions = format!("/v2.1/servers/{}/os-instance-actions", nova.server);
    let version = [("OpenStack-API-Version", "compute 2.84")];
    let action = || {
        let reply = nova.sim.nova("GET", &format!("{actions}/{id}"), &version);
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()["instanceAction"].clone()
    };
    let running = action();
    assert_eq!((&running["message"], &running["action"]), (&Value::Null, &json!("detach_volume")));
    assert_eq!(running["events"][0]["result"], Value::Null);
    let failed = wait_for("the failure", || Some(action()).filter(|a| !a["message"].is_null()));
    assert_eq!((&failed["message"], &failed["request_id"]), (&json!("Error"), &json!(id)));
    let event = &failed["events"][0];
    assert_eq!(
        (&event["result"], &event["event"]),
        (&json!("Error"), &json!("compute_detach_volume"))
    );
    assert_eq!(failed["updated_at"], event["finish_time"]);
    assert_eq!(nova.call("GET", "v2.1").status, 200);

    // A refused detach leaves no action; the latest comes first.
    nova.control(
        &path,
        &json!({ "detach": "normal", "detach_seconds": 0, "available_in_cinder": true }),
    );
    assert_eq!(nova.call("DELETE", "v2.1").status, 400);
    nova.control(&path, &json!({ "available_in_cinder": false }));
    assert_eq!(nova.call("DELETE", "v2.1").status, 202);
    let list = nova.sim.nova("GET", &actions, &[]).json();
    let list = list["instanceActions"].as_array().expect("a list").clone();
    let messages: Vec<_> =
        list.iter().map(|action| (&action["action"], &action["message"])).collect();
    let (detach, create) = (&json!("detach_volume"), &json!("create"));
    assert_eq!(
        messages,
        [(detach, &Value::Null), (detach, &json!("Error")), (create, &Value::Null)]
    );
    assert!(list.iter().all(|action| action.get("updated_at").is_none()));

    let unknown = nova.sim.nova("GET", &format!("{actions}/req-x"), &[]);
    assert_eq!(unknown.status, 404);
    assert_eq!(message(&unknown, "itemNotFound"), "Action req-x not found");
    nova.control("/openstack", &json!({ "actions_forbidden": true }));
    for path in [&actions, &format!("{actions}/{id}")] {
        let reply = nova.sim.nova("GET", path, &[]);
        assert_eq!(reply.status, 403);
        message(&reply, "forbidden");
    }
}

#[test]
fn the_answer_to_a_detach_gets_lost() {
    let nova = Nova::start();
    let order =
        json!({ "perform": true, "send": "nothing", "method": "DELETE", "service": "nova" });
    nova.control("/answers", &order);
    assert_eq!(nova.call("GET", "v2").status, 200);
    let address = nova.sim.known("/openstack_url").replace("http://", "");
    let path = nova.path("v2", &nova.volume);
    let token = nova.sim.known("/openstack_token");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let head =
        format!("DELETE {path} HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: {token}\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("a request sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("the end of the connection");
    assert_eq!(text, "");
    wait_for("the end of the attachment", || (nova.call("GET", "v2").status == 404).then_some(()));
}

#[test]
fn what_is_out_of_order() {
    let nova = Nova::start();
    nova.control("/openstack", &json!({ "root_device": "forbidden" }));
    let root = nova.path("v2.1", &nova.sim.known("/root_volume_id"));
    let reply = nova.sim.nova("DELETE", &root, &[]);
    assert_eq!(message(&reply, "forbidden"), "Can't detach root device volume");

    nova.control("/openstack", &json!({ "cinder_down": true }));
    let reply = nova.call("DELETE", "v2");
    assert!(message(&reply, "computeFault").ends_with("CinderConnectionFailed'>"));
    nova.control("/openstack", &json!({ "cinder_down": false }));
    nova.control(&format!("/servers/{}", nova.server), &json!({ "compute_down": true }));
    let reply = nova.call("DELETE", "v2");
    assert_eq!(message(&reply, "conflictingRequest"), "Service is unavailable at this time.");
}

#[test]
fn paths_without_version_and_versions() {
    let nova = Nova::start();
    let get = |path: &str| nova.sim.request("GET", path, &[], "");
    assert_eq!(get("/").json()["versions"].as_array().map(Vec::len), Some(2));
    for path in ["/v2.1", "/v2.1/"] {
        let version = get(path);
        assert_eq!((version.status, &version.json()["version"]["version"]), (200, &json!("2.100")));
        assert_eq!(version.header("openstack-api-version"), Some("compute 2.1"));
    }
    assert_eq!(get("/v2/").json()["version"]["id"], "v2.0");
    let choices = nova.sim.nova("DELETE", &format!("/servers/{}", nova.server), &[]);
    assert_eq!(choices.status, 300);
    let missing = nova.sim.nova("DELETE", &nova.path("v2", "%C3%A4"), &[]);
    assert!(missing.text().contains(r"Volume \u00c3\u00a4 could not be found."));
}

#[test]
fn servers_are_found_by_id_and_name() {
    let nova = Nova::start();
    let one = nova.sim.nova("GET", &format!("/v2.1/servers/{}", nova.server), &[]);
    let server = &one.json()["server"];
    assert_eq!(
        (one.status, &server["id"], &server["name"]),
        (200, &json!(nova.server), &json!("web-1"))
    );
    let none = nova.sim.nova("GET", &format!("/v2.1/servers/{}", nova.volume), &[]);
    let expected = format!("Instance {} could not be found.", nova.volume);
    assert_eq!(message(&none, "itemNotFound"), expected);
    // Those of other projects are not there.
    for (query, found) in [
        ("", true),
        ("?name=web", true),
        ("?name=^web-1$", true),
        ("?name=%5Eweb-1%24", true),
        ("?name=^web$", false),
        ("?name=web-2", false),
    ] {
        let list = nova.sim.nova("GET", &format!("/v2.1/servers{query}"), &[]).json();
        let ids: Vec<_> =
            list["servers"].as_array().expect("a list").iter().map(|it| &it["id"]).collect();
        assert_eq!(ids, if found { vec![&server["id"]] } else { vec![] }, "{query}");
    }
}

#[test]
fn a_volume_that_is_not_in_use_and_a_server_that_is_busy() {
    let nova = Nova::start();
    let (volume, server) =
        (format!("/volumes/{}", nova.volume), format!("/servers/{}", nova.server));
    nova.control(&volume, &json!({ "reserved": true }));
    let words = message(&nova.call("DELETE", "v2.1"), "badRequest");
    assert!(words.contains("must be 'in-use'"), "{words}");
    nova.control(&volume, &json!({ "reserved": false, "attach_seconds": 0.3 }));
    assert_eq!(message(&nova.call("DELETE", "v2.1"), "badRequest").len(), words.len());
    let actions = format!("/v2.1/servers/{}/os-instance-actions", nova.server);
    let newest = || nova.sim.nova("GET", &actions, &[]).json()["instanceActions"][0].clone();
    assert_eq!(newest()["action"], "attach_volume");
    let id = newest()["request_id"].as_str().expect("an id").to_owned();
    let headers = [("OpenStack-API-Version", "compute 2.51")];
    wait_for("the end of the attach", || {
        let record = nova.sim.nova("GET", &format!("{actions}/{id}"), &headers).json();
        (record["instanceAction"]["events"][0]["result"] == "Success").then_some(())
    });
    nova.control(&server, &json!({ "task_state": "rebooting", "task_seconds": 0.3 }));
    let words = message(&nova.call("DELETE", "v2.1"), "conflictingRequest");
    assert!(words.ends_with("while it is in task_state rebooting"), "{words}");
    wait_for("the end of the reboot", || (nova.call("DELETE", "v2.1").status == 202).then_some(()));
}
