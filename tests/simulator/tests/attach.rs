//! Attaching volumes.

mod common;

use common::{Reply, Sim, wait_for};
use serde_json::{Value, json};

struct Cloud {
    sim: Sim,
    server: String,
    free: String,
}

impl Cloud {
    fn start() -> Self {
        Self::with_task_time(0.3)
    }

    fn with_task_time(seconds: f64) -> Self {
        let sim = Sim::with_task_time(seconds);
        let (server, free) = (sim.known("/server_id"), sim.known("/free_volume_id"));
        Self { sim, server, free }
    }

    fn path(&self) -> String {
        format!("/v2.1/servers/{}/os-volume_attachments", self.server)
    }

    fn attach(&self, version: &str, members: &Value) -> Reply {
        self.sim.cloud("POST", &self.path(), version, &json!({ "volumeAttachment": members }))
    }

    fn attach_free(&self) -> Reply {
        self.attach("", &json!({ "volumeId": self.free }))
    }

    fn get(&self, path: &str) -> Value {
        let reply = self.sim.cloud("GET", path, "compute 2.100, volume 3.71", &Value::Null);
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }

    fn volume(&self) -> Value {
        self.get(&format!("/volume/v3/volumes/{}", self.free))["volume"].clone()
    }

    fn wait_until(&self, status: &str) {
        wait_for(status, || (self.volume()["status"] == status).then_some(()));
    }

    /// The ids of what the server has, by both ways to ask.
    fn attached(&self) -> Vec<String> {
        let ids = |list: &Value, member: &str| -> Vec<String> {
            let items = list.as_array().expect("a list").iter();
            items.map(|item| item[member].as_str().expect("an id").to_owned()).collect()
        };
        let listed = ids(&self.get(&self.path())["volumeAttachments"], "volumeId");
        let server = self.get(&format!("/v2.1/servers/{}", self.server));
        assert_eq!(listed, ids(&server["server"]["os-extended-volumes:volumes_attached"], "id"));
        listed
    }

    fn newest_action(&self) -> Value {
        let path = format!("/v2.1/servers/{}/os-instance-actions", self.server);
        let newest = self.get(&path)["instanceActions"][0].clone();
        let id = newest["request_id"].as_str().expect("an id");
        self.get(&format!("{path}/{id}"))["instanceAction"].clone()
    }
}

fn message(reply: &Reply, status: u16) -> String {
    let kind = match status {
        400 => "badRequest",
        403 => "forbidden",
        404 => "itemNotFound",
        409 => "conflictingRequest",
        _ => "computeFault",
    };
    assert_eq!(reply.status, status, "{}", reply.text());
    reply.json()[kind]["message"].as_str().expect("a message").to_owned()
}

#[test]
fn a_volume_is_attached_after_a_while_and_can_be_detached() {
    let cloud = Cloud::start();
    let reply = cloud.attach_free();
    let expected = json!({ "volumeAttachment": {
        "id": cloud.free, "serverId": cloud.server, "volumeId": cloud.free, "device": "/dev/sdc",
    } });
    assert_eq!((reply.status, reply.json()), (200, expected));
    // Nova has it in its list at once; Cinder has no attachment before it is in use.
    assert!(cloud.attached().contains(&cloud.free));
    let volume = cloud.volume();
    assert_eq!((&volume["status"], &volume["attachments"]), (&json!("attaching"), &json!([])));
    let action = cloud.newest_action();
    assert_eq!((&action["action"], &action["message"]), (&json!("attach_volume"), &Value::Null));
    assert_eq!(
        Some(action["request_id"].as_str().expect("an id")),
        reply.header("x-compute-request-id")
    );
    assert_eq!(action["events"][0]["result"], Value::Null);

    cloud.wait_until("in-use");
    let volume = cloud.volume();
    let attachment = &volume["attachments"][0];
    assert_eq!(
        (&attachment["server_id"], &attachment["device"]),
        (&json!(cloud.server), &json!("/dev/sdc"))
    );
    assert_eq!(cloud.newest_action()["events"][0]["result"], "Success");
    let path = format!("{}/{}", cloud.path(), cloud.free);
    assert_eq!(cloud.get(&path)["volumeAttachment"]["attachment_id"], attachment["attachment_id"]);

    assert_eq!(cloud.sim.nova("DELETE", &path, &[]).status, 202);
    assert_eq!(cloud.volume()["status"], "detaching");
    cloud.wait_until("available");
    assert!(!cloud.attached().contains(&cloud.free));
    assert_eq!(cloud.volume()["attachments"], json!([]));
}

#[test]
fn the_device_the_tag_and_the_end_of_an_attachment() {
    let cloud = Cloud::with_task_time(0.0);
    let wanted = json!({ "volumeId": cloud.free, "device": "/dev/vdk", "tag": "db", "delete_on_termination": true });
    let reply = cloud.attach("compute 2.79", &wanted).json();
    let attachment = &reply["volumeAttachment"];
    assert_eq!(attachment["device"], "/dev/sdk");
    assert_eq!(
        (&attachment["tag"], &attachment["delete_on_termination"]),
        (&json!("db"), &json!(true))
    );
    let path = format!("{}/{}", cloud.path(), cloud.free);
    let shown = &cloud.get(&path)["volumeAttachment"];
    assert_eq!((&shown["tag"], &shown["delete_on_termination"]), (&json!("db"), &json!(true)));

    let update = |version: &str, members: Value| {
        cloud.sim.cloud("PUT", &path, version, &json!({ "volumeAttachment": members }))
    };
    let kept = json!({ "volumeId": cloud.free, "delete_on_termination": false });
    assert_eq!(update("compute 2.85", kept.clone()).status, 202);
    assert_eq!(cloud.get(&path)["volumeAttachment"]["delete_on_termination"], false);
    let words =
        message(&update("compute 2.85", json!({ "volumeId": cloud.free, "tag": "x" })), 400);
    assert_eq!(words, "The tag property is not mutable");
    // Putting another volume in its place is for Cinder only.
    let words = message(&update("", json!({ "volumeId": cloud.free })), 403);
    assert!(words.contains("os-volumes-attachments:swap"), "{words}");
}

#[test]
fn an_attach_may_fail_or_be_slow() {
    let cloud = Cloud::start();
    let order = |order: Value| {
        cloud.sim.control("POST", &format!("/volumes/{}", cloud.free), &order);
    };
    order(json!({ "attach": "fails" }));
    assert_eq!(cloud.attach_free().status, 200);
    cloud.wait_until("available");
    assert!(!cloud.attached().contains(&cloud.free));
    assert_eq!(cloud.newest_action()["message"], "Error");
    assert_eq!(cloud.newest_action()["events"][0]["result"], "Error");

    order(json!({ "attach": "slow" }));
    assert_eq!(cloud.attach_free().status, 200);
    cloud.sim.clock(2);
    assert_eq!(cloud.volume()["status"], "attaching");
    cloud.sim.clock(1);
    assert_eq!(cloud.volume()["status"], "in-use");
}

#[test]
fn what_cannot_be_attached() {
    let cloud = Cloud::with_task_time(0.0);
    let volume = cloud.sim.known("/volume_id");
    let nothing = "00000000-0000-4000-8000-000000000000";
    let missing = message(&cloud.attach("", &json!({ "volumeId": nothing })), 404);
    assert_eq!(missing, format!("Volume {nothing} could not be found."));
    let foreign = cloud.sim.known("/other_project/free_volume_id");
    message(&cloud.attach("", &json!({ "volumeId": foreign })), 404);
    let twice = message(&cloud.attach("", &json!({ "volumeId": volume })), 400);
    assert_eq!(twice, format!("Invalid volume: volume {volume} already attached"));
    let used = json!({ "volumeId": cloud.free, "device": "/dev/sdb" });
    let used = message(&cloud.attach("", &used), 409);
    assert_eq!(used, "The supplied device path (/dev/sdb) is in use.");

    cloud.sim.control("POST", &format!("/volumes/{}", cloud.free), &json!({ "reserved": true }));
    let reserved = message(&cloud.attach_free(), 400);
    let expected = format!(
        "Invalid input received: Invalid volume: Volume {} status must be available or downloading \
         to reserve, but the current status is reserved. (HTTP 400) (Request-ID: req-",
        cloud.free
    );
    assert!(reserved.starts_with(&expected), "{reserved}");
    // What is refused leaves no action.
    assert_eq!(cloud.newest_action()["action"], "create");

    let server = format!("/v2.1/servers/{nothing}/os-volume_attachments");
    let body = json!({ "volumeAttachment": { "volumeId": cloud.free } });
    let missing = message(&cloud.sim.cloud("POST", &server, "", &body), 404);
    assert_eq!(missing, format!("Instance {nothing} could not be found."));
}

#[test]
fn servers_to_which_nothing_can_be_attached() {
    let cloud = Cloud::with_task_time(0.0);
    let order = |order: Value| {
        cloud.sim.control("POST", &format!("/servers/{}", cloud.server), &order);
    };
    let doing = format!("Cannot 'attach_volume' instance {} while it is in", cloud.server);
    order(json!({ "vm_state": "error" }));
    assert_eq!(message(&cloud.attach_free(), 409), format!("{doing} vm_state error"));
    order(json!({ "vm_state": "active", "task_state": "rebooting" }));
    assert_eq!(message(&cloud.attach_free(), 409), format!("{doing} task_state rebooting"));
    order(json!({ "task_state": null, "locked": true }));
    assert_eq!(message(&cloud.attach_free(), 409), format!("Instance {} is locked", cloud.server));
    order(json!({ "locked": false, "compute_down": true }));
    message(&cloud.attach_free(), 500);
    order(json!({ "compute_down": false, "vm_state": "shelved" }));
    assert_eq!(message(&cloud.attach_free(), 409), format!("{doing} vm_state shelved"));
    let members = json!({ "volumeId": cloud.free });
    assert_eq!(cloud.attach("compute 2.20", &members).status, 200);
}

#[test]
fn bodies_that_are_refused() {
    let cloud = Cloud::start();
    let field = |name: &str, value: &str, problem: &str| {
        format!("Invalid input for field/attribute {name}. Value: {value}. {problem}")
    };
    let free = &cloud.free;
    for (members, expected) in [
        (json!([]), field("volumeAttachment", "[]", "[] is not of type 'object'")),
        (json!({}), field("volumeAttachment", "{}", "'volumeId' is a required property")),
        (json!({ "volumeId": "x" }), field("volumeId", "x", "'x' is not a 'uuid'")),
        (json!({ "volumeId": 1 }), field("volumeId", "1", "1 is not of type 'string'")),
        (
            json!({ "volumeId": free, "device": "sdb" }),
            field(
                "device",
                "sdb",
                "'sdb' does not match '(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$'",
            ),
        ),
        (
            json!({ "volumeId": free, "tag": "x" }),
            field(
                "volumeAttachment",
                &format!("{{'volumeId': '{free}', 'tag': 'x'}}"),
                "Additional properties are not allowed ('tag' was unexpected)",
            ),
        ),
    ] {
        assert_eq!(message(&cloud.attach("", &members), 400), expected);
    }
    for (tag, problem) in
        [("", "'' should be non-empty"), ("a/b", "'a/b' does not match '^[^,/]*$'")]
    {
        let reply = cloud.attach("compute 2.49", &json!({ "volumeId": free, "tag": tag }));
        assert_eq!(message(&reply, 400), field("tag", tag, problem));
    }
    let path = cloud.path();
    let words = message(&cloud.sim.cloud("POST", &path, "", &json!({})), 400);
    assert_eq!(words, "'volumeAttachment' is a required property");
    let words = message(&cloud.sim.cloud("POST", &path, "", &Value::Null), 400);
    assert_eq!(words, "None is not of type 'object'");
    let token = cloud.sim.known("/openstack_token");
    let broken = |kind: &str| {
        let headers = [("X-Auth-Token", token.as_str()), ("Content-Type", kind)];
        cloud.sim.request("POST", &path, &headers, "{")
    };
    assert_eq!(message(&broken("application/json"), 400), "Malformed request body");
    assert_eq!(broken("application/xml").status, 415);
    assert_eq!(cloud.volume()["status"], "available");
    // The old API ignores what it does not know.
    let old = path.replace("v2.1", "v2");
    let body = json!({ "volumeAttachment": { "volumeId": free, "tag": "x" } });
    assert_eq!(cloud.sim.cloud("POST", &old, "", &body).status, 200);
}

#[test]
fn a_reader_may_not_attach() {
    let cloud = Cloud::start();
    let mut login = json!({ "reader": cloud.sim.description()["reader"] });
    login["reader"]["domain"] = json!({ "id": cloud.sim.known("/user_domain_id") });
    let user = json!({ "name": login["reader"]["username"], "password": login["reader"]["password"],
        "domain": login["reader"]["domain"] });
    let identity = json!({ "methods": ["password"], "password": { "user": user } });
    let scope = json!({ "project": { "id": cloud.sim.known("/project_id") } });
    let body = json!({ "auth": { "identity": identity, "scope": scope } }).to_string();
    let reply = cloud.sim.request("POST", "/identity/v3/auth/tokens", &[], &body);
    let token = reply.header("x-subject-token").expect("a token");
    let headers = [("X-Auth-Token", token), ("Content-Type", "application/json")];
    let attach = json!({ "volumeAttachment": { "volumeId": cloud.free } }).to_string();
    let words = message(&cloud.sim.request("POST", &cloud.path(), &headers, &attach), 403);
    assert_eq!(
        words,
        "Policy doesn't allow os_compute_api:os-volumes-attachments:create to be performed."
    );
    let volumes = "/volume/v3/volumes";
    assert_eq!(cloud.sim.request("GET", volumes, &headers, "").status, 200);
    let create = json!({ "volume": { "size": 1 } }).to_string();
    assert_eq!(cloud.sim.request("POST", volumes, &headers, &create).status, 403);
}

#[test]
fn others_attach_a_volume_that_was_never_attached() {
    let cloud = Cloud::start();
    let order = |order: Value| {
        cloud.sim.control("POST", &format!("/volumes/{}", cloud.free), &order);
    };
    order(json!({ "attach_seconds": 60 }));
    assert_eq!(cloud.volume()["status"], "attaching");
    assert!(cloud.attached().contains(&cloud.free));
    assert_eq!(cloud.newest_action()["action"], "attach_volume");
    cloud.sim.clock(60);
    assert_eq!(cloud.volume()["attachments"][0]["device"], "/dev/sdc");
    order(json!({ "attached": false }));
    assert_eq!(cloud.volume()["status"], "available");
}

#[test]
fn no_time_is_too_long() {
    // No clock can hold ten times that.
    let cloud = Cloud::with_task_time(3e9);
    let path = format!("/volumes/{}", cloud.free);
    for seconds in [1e18, -1.0] {
        for name in ["attach_seconds", "detach_seconds"] {
            let order = json!({ name: seconds }).to_string();
            let headers = [("Content-Type", "application/json")];
            let reply = cloud.sim.request("POST", &format!("/__sim{path}"), &headers, &order);
            assert_eq!(reply.status, 400, "{}", reply.text());
        }
    }
    cloud.sim.control("POST", &path, &json!({ "attach": "slow" }));
    assert_eq!(cloud.attach_free().status, 200);
    assert_eq!(cloud.volume()["status"], "attaching");
    let create = json!({ "volume": { "size": 1 } });
    assert_eq!(cloud.sim.cloud("POST", "/volume/v3/volumes", "", &create).status, 202);
}
