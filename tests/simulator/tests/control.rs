//! The control API.

mod common;

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use common::{Sim, wait_for};
use serde_json::{Value, json};

#[test]
fn canned_answers_come_in_order_and_before_any_check() {
    let sim = Sim::start();
    let answers = json!([
        { "status": 503, "headers": { "Retry-After": 1 }, "body": { "b": [1, 2], "a": null } },
        { "status": 502, "body_text": "<h1>proxy</h1>", "headers": { "Content-Type": "text/html" } },
        { "times": 2 },
    ]);
    sim.control("POST", "/answers", &answers);
    let ask = |path: &str| sim.request("GET", path, &[], "");

    let first = ask("/core/v1/disks/disk");
    assert_eq!((first.status, first.header("retry-after")), (503, Some("1")));
    assert_eq!(first.header("content-type"), Some("application/json"));
    assert_eq!(first.header("x-request-id").map(str::len), Some(36));
    assert_eq!(first.header("x-ratelimit-remaining"), None);
    let second = ask("/v2.1/servers/x");
    assert_eq!((second.status, second.text()), (502, "<h1>proxy</h1>"));
    assert_eq!(second.header("content-type"), Some("text/html"));
    let third = ask("/anything/else");
    assert_eq!((third.status, third.text(), third.header("content-type")), (200, "", None));

    assert_eq!(sim.control("DELETE", "/answers", &Value::Null), json!({ "left": 1, "lasting": 0 }));
    assert_eq!(ask("/core/v1/disks/disk").error(), (400, "missing_api_token".into()));
}

#[test]
fn an_error_is_ordered_by_its_code() {
    let sim = Sim::start();
    let ask = || sim.request("GET", "/core/v1/disks/disk", &[], "");
    let trash = json!({ "error": "object_in_trash", "headers": { "X-Test": 1 } });
    sim.control("POST", "/answers", &json!([{ "error": "service_unavailable" }, trash]));
    assert_eq!(ask().error(), (503, "service_unavailable".into()));
    let second = ask();
    assert_eq!(second.error(), (406, "object_in_trash".into()));
    assert_eq!(
        (second.header("x-test"), second.header("content-type")),
        (Some("1"), Some("application/json"))
    );
    assert_eq!(second.header("x-api-schema"), Some("json-error"));
    // The same one as by itself.
    assert_eq!(ask().error(), (400, "missing_api_token".into()));
    let own = ask();
    sim.control("POST", "/answers", &json!({ "error": "missing_api_token" }));
    assert_eq!(ask().text(), own.text());
}

#[test]
fn canned_json_is_sent_compactly_and_in_its_order() {
    let sim = Sim::start();
    let order = "{ \"body\": { \"b\" : 1.50,\n \"a\" : \"x  y\" } }";
    assert_eq!(sim.request("POST", "/__sim/answers", &[], order).status, 200);
    assert_eq!(sim.get("/x").text(), r#"{"b":1.50,"a":"x  y"}"#);
}

#[test]
fn canned_answers_can_be_slow() {
    let sim = Sim::start();
    sim.control("POST", "/answers", &json!({ "delay_seconds": 0.3 }));
    let started = Instant::now();
    sim.get("/x");
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[test]
fn bad_orders_are_refused() {
    let sim = Sim::start();
    for (path, order) in [
        ("/answers", json!({ "status": 99 })),
        ("/answers", json!({ "statsu": 500 })),
        ("/answers", json!({ "error": "no_such_code" })),
        ("/answers", json!({ "error": "disk_not_found", "status": 404 })),
        ("/answers", json!({ "service": "glance" })),
        ("/tokens", json!({ "lifetime_seconds": -1 })),
        ("/openstack", json!({ "root_device": "gone" })),
        ("/answers", json!([{}, { "headers": { "a b": "c" } }])),
        ("/answers", json!({ "body": 1, "body_text": "1" })),
        ("/next_task", json!({ "seconds": -1 })),
        ("/rate_limit", json!({})),
        ("/organization", json!({ "state": "closed" })),
    ] {
        let reply = sim.request("POST", &format!("/__sim{path}"), &[], &order.to_string());
        assert_eq!(reply.status, 400, "{order}");
        assert!(reply.json()["error"].is_string());
    }
    assert_eq!(sim.control("DELETE", "/answers", &Value::Null), json!({ "left": 0, "lasting": 0 }));
    for path in ["/disks/x", "/servers/x", "/volumes/x", "/nothing"] {
        assert_eq!(sim.request("POST", &format!("/__sim{path}"), &[], "{}").status, 404);
    }
}

#[test]
fn requests_are_logged_as_they_came() {
    let sim = Sim::start();
    let id = sim.known("/disks/unassigned");
    sim.request("GET", "/core/v1/disks/disk?disk%5Bid%5D=a%2Fb&x=1+2", &[("X-One", "1")], "");
    sim.katapult("POST", "/disks/disk/detach", &json!({ "disk": { "id": id } }));
    sim.request("POST", "/v2/x", &[], "not json");
    let log = sim.control("GET", "/requests", &Value::Null);
    assert_eq!(log.as_array().map(Vec::len), Some(3));
    assert_eq!(log[0]["method"], "GET");
    assert_eq!(log[0]["path"], "/core/v1/disks/disk");
    assert_eq!(log[0]["query"], json!([["disk[id]", "a/b"], ["x", "1 2"]]));
    assert_eq!(log[0]["headers"]["x-one"], "1");
    assert_eq!((&log[0]["body"], &log[0]["status"]), (&Value::Null, &json!(400)));
    assert_eq!(log[1]["body"], json!({ "disk": { "id": id } }));
    assert_eq!(log[1]["status"], 422);
    assert_eq!(log[2]["body"], "not json");

    sim.control("DELETE", "/requests", &Value::Null);
    assert_eq!(sim.control("GET", "/requests", &Value::Null), json!([]));
}

#[test]
fn a_request_whose_client_went_away_is_in_the_log() {
    let sim = Sim::start();
    sim.control("POST", "/answers", &json!({ "delay_seconds": 30 }));
    let address = sim.known("/openstack_url");
    let address = address.strip_prefix("http://").expect("a plain URL");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.write_all(b"DELETE /gone HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request sent");
    let log = wait_for("the request", || {
        let log = sim.control("GET", "/requests", &Value::Null);
        log.get(0).is_some().then_some(log)
    });
    drop(stream);
    assert_eq!((&log[0]["path"], &log[0]["status"]), (&json!("/gone"), &Value::Null));
}

#[test]
fn disks_can_be_changed_behind_the_back() {
    let sim = Sim::start();
    let id = sim.known("/disks/attached");
    let path = format!("/disks/{id}");
    let order = json!({ "state": "importing", "attachment_state": "failed", "size_in_gb": 7 });
    sim.control("POST", &path, &order);
    let disk = sim.disk(&id);
    assert_eq!((&disk["state"], &disk["size_in_gb"]), (&json!("importing"), &json!(7)));
    assert_eq!(disk["virtual_machine_disk"]["state"], "failed");
    sim.control("POST", &path, &json!({ "in_trash": true }));
    assert_eq!(sim.get(&format!("/disks/disk?disk[id]={id}")).status, 406);
    sim.control("POST", &path, &json!({ "in_trash": false }));
    assert_eq!(sim.disk(&id)["state"], "importing");
}

#[test]
fn reset_brings_back_the_beginning() {
    let sim = Sim::start();
    let count = || {
        let mut count = sim.control("GET", "/state", &Value::Null);
        // It goes on meanwhile.
        count["clock"].take();
        count
    };
    let before = count();
    assert_eq!(sim.create(&json!({})).status, 201);
    let after = count();
    assert_eq!((&after["created"], &after["tasks"]), (&json!(1), &json!(1)));
    let id = sim.known("/disks/attached");
    sim.control("POST", &format!("/disks/{id}"), &json!({ "in_trash": true }));
    sim.control("POST", "/reset", &Value::Null);
    assert_eq!(count(), before);
    assert_eq!(sim.disk(&id)["virtual_machine_disk"]["state"], "attached");
    // Only the read above.
    let log = sim.control("GET", "/requests", &Value::Null);
    assert_eq!(log.as_array().map(Vec::len), Some(1));
}
