//! Answers that get lost: performed or not, how much of them arrives, and what can be learnt then.

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use common::{JSON, Sim};
use serde_json::{Value, json};

/// Sends a request that creates a disk, and reads what comes until the connection ends.
fn create_raw(sim: &Sim) -> String {
    let address = sim.known("/openstack_url");
    let address = address.strip_prefix("http://").expect("a plain URL");
    let properties = json!({
        "name": "lost",
        "size_in_gb": 20,
        "data_center": { "permalink": sim.known("/data_center") },
    });
    let organization = json!({ "sub_domain": sim.known("/organization") });
    let body = json!({ "organization": organization, "properties": properties }).to_string();
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
    let head = format!(
        "POST /core/v1/organizations/organization/disks HTTP/1.1\r\nHost: {address}\r\n\
         Authorization: Bearer {}\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n",
        sim.known("/api_token"),
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("a head sent");
    stream.write_all(body.as_bytes()).expect("a body sent");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("the end of the connection");
    text
}

fn created(sim: &Sim) -> Value {
    sim.control("GET", "/state", &Value::Null)["created"].clone()
}

#[test]
fn performed_and_lost() {
    let sim = Sim::start();
    for (count, send) in [(1, "nothing"), (2, "half_head"), (3, "half_body")] {
        sim.control("POST", "/answers", &json!({ "perform": true, "send": send }));
        let text = create_raw(&sim);
        assert_eq!(created(&sim), count);
        let log = sim.control("GET", "/requests", &Value::Null);
        assert_eq!(log.as_array().and_then(|log| log.last()).expect("one")["status"], 201);
        match send {
            "nothing" => assert_eq!(text, ""),
            "half_head" => assert!(text.starts_with("HTTP/1.1 201") && !text.contains("\r\n\r\n")),
            _ => {
                let (head, body) = text.split_once("\r\n\r\n").expect("a head");
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                let length: usize = length.expect("a length").parse().expect("a number");
                assert_eq!(body.len(), length / 2);
            }
        }
    }
}

#[test]
fn lost_before_it_was_performed() {
    let sim = Sim::start();
    sim.control("POST", "/answers", &json!({ "send": "nothing" }));
    assert_eq!(create_raw(&sim), "");
    assert_eq!(created(&sim), 0);
    let log = sim.control("GET", "/requests", &Value::Null);
    assert_eq!(log[0]["status"], Value::Null);
    sim.control("POST", "/answers", &json!({ "status": 502, "body": {}, "send": "half_head" }));
    assert!(create_raw(&sim).starts_with("HTTP/1.1 502"));
    assert_eq!(created(&sim), 0);
}

#[test]
fn performed_and_answered_late() {
    let sim = Sim::start();
    sim.control("POST", "/answers", &json!({ "perform": true, "delay_seconds": 0.3 }));
    let started = Instant::now();
    assert_eq!(sim.create(&json!({})).status, 201);
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[test]
fn answers_may_wait_for_a_method() {
    let sim = Sim::start();
    sim.control("POST", "/answers", &json!({ "status": 503, "method": "POST" }));
    assert_eq!(sim.get(&format!("/disks/{}", sim.known("/disks/boot"))).status, 200);
    assert_eq!(sim.create(&json!({})).status, 503);
    assert_eq!(sim.create(&json!({})).status, 201);
}

#[test]
fn an_order_that_says_nothing_useful_is_refused() {
    let sim = Sim::start();
    for order in [
        json!({ "send": "some" }),
        json!({ "nth": 0 }),
        json!({ "perform": "perhaps" }),
        // Its own answer does not exist yet.
        json!({ "perform": { "after_seconds": 1 } }),
        json!({ "perform": true, "before": [{ "path": "/disks/disk" }] }),
    ] {
        let reply = sim.request("POST", "/__sim/answers", &[], &order.to_string());
        assert_eq!(reply.status, 400, "{order}");
    }
}
