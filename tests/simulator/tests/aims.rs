//! Faults that are aimed, that last, and that have names.

mod common;

use common::{Reply, Sim, read_reply};
use katapult_sim::{Options, Simulator};
use serde_json::{Value, json};
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;

fn order(sim: &Sim, order: &Value) {
    sim.control("POST", "/answers", order);
}

fn update(sim: &Sim, name: &str) -> Reply {
    let disk = json!({ "id": sim.known("/disks/unassigned") });
    sim.katapult("PATCH", "/disks/disk", &json!({ "disk": disk, "properties": { "name": name } }))
}

fn read(sim: &Sim) -> u16 {
    sim.get(&format!("/disks/disk?disk[id]={}", sim.known("/disks/unassigned"))).status
}

fn name(sim: &Sim) -> Value {
    sim.disk(&sim.known("/disks/unassigned"))["name"].clone()
}

/// What arrives of the answer to a write.
fn raw_update(sim: &Sim, name: &str) -> String {
    let address = sim.known("/openstack_url").replace("http://", "");
    let disk = json!({ "id": sim.known("/disks/unassigned") });
    let body = json!({ "disk": disk, "properties": { "name": name } }).to_string();
    let mut stream = TcpStream::connect(&address).expect("a connection");
    write!(
        stream,
        "PATCH /core/v1/disks/disk HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nAuthorization: Bearer {}\r\nContent-Length: {}\r\n\r\n{body}",
        sim.known("/api_token"),
        body.len()
    )
    .expect("a request sent");
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    text
}

#[test]
fn kinds() {
    let sim = Sim::start();
    order(&sim, &json!({ "status": 503, "kind": "write", "times": null }));
    assert_eq!([read(&sim), update(&sim, "a").status, update(&sim, "a").status], [200, 503, 503]);
    sim.control("DELETE", "/answers", &Value::Null);
    order(&sim, &json!({ "status": 503, "kind": "read" }));
    assert_eq!([update(&sim, "a").status, read(&sim), read(&sim)], [200, 503, 200]);
    order(&sim, &json!({ "status": 503, "kind": "GET /disks/disk" }));
    assert_eq!(sim.get("/data_centers").status, 200);
    // The id in the path is the same operation.
    let id = sim.known("/disks/unassigned");
    assert_eq!([sim.get(&format!("/disks/{id}")).status, read(&sim)], [503, 200]);
}

#[test]
fn without_end() {
    let sim = Sim::start();
    order(&sim, &json!({ "status": 503, "path": "/disks/disk", "times": null }));
    for _ in 0..5 {
        assert_eq!(read(&sim), 503);
    }
    assert_eq!(sim.get("/data_centers").status, 200);
    let left = sim.control("DELETE", "/answers", &Value::Null);
    assert_eq!(left, json!({ "left": 0, "lasting": 1 }));
    assert_eq!(read(&sim), 200);
}

fn failures(seed: Option<u64>) -> (Vec<bool>, Vec<bool>) {
    let simulator = Simulator::start(Options { seed, ..Options::default() });
    let sim = Sim::of(simulator.expect("a simulator"));
    let some = || {
        order(&sim, &json!({ "status": 503, "probability": 0.2, "times": null }));
        (0..200).map(|_| read(&sim) == 503).collect::<Vec<_>>()
    };
    let first = some();
    sim.control("POST", "/reset", &Value::Null);
    (first, some())
}

#[test]
fn chances_are_the_same_with_the_same_seed() {
    let (seeded, after_reset) = failures(Some(7));
    let count = seeded.iter().filter(|failed| **failed).count();
    assert!((15..70).contains(&count), "{count}");
    assert_eq!(seeded, after_reset);
    assert_eq!(seeded, failures(Some(7)).0);
    assert_ne!(seeded, failures(Some(8)).0);
    assert_ne!(failures(None).0, failures(None).0);
}

#[test]
fn a_chance_of_none_and_a_chance_of_all() {
    let sim = Sim::start();
    order(&sim, &json!({ "status": 502, "probability": 0, "times": null }));
    order(&sim, &json!({ "status": 503, "probability": 1, "times": null }));
    assert_eq!([read(&sim), read(&sim), read(&sim)], [503; 3]);
}

#[test]
fn faults_by_name() {
    let sim = Sim::start();
    let fault = |name: &str| order(&sim, &json!({ "fault": name }));
    fault("lost");
    assert_eq!(raw_update(&sim, "lost"), "");
    assert_eq!(name(&sim), "spare");
    fault("performed_but_lost");
    assert_eq!(read(&sim), 200);
    assert_eq!(raw_update(&sim, "performed"), "");
    assert_eq!(name(&sim), "performed");
    fault("half_answer");
    let half = raw_update(&sim, "half");
    assert!(half.starts_with("HTTP/1.1 200") && !half.ends_with('}'), "{half}");
    assert_eq!(name(&sim), "half");
    order(&sim, &json!({ "fault": "late_answer", "delay_seconds": 0.3 }));
    let started = std::time::Instant::now();
    assert_eq!(update(&sim, "late").status, 200);
    assert!(started.elapsed().as_secs_f64() >= 0.3);
    fault("performed_later");
    assert_eq!((update(&sim, "later").status, name(&sim)), (504, json!("late")));
    sim.clock(3);
    assert_eq!(name(&sim), "later");
    fault("unavailable");
    assert_eq!([read(&sim), read(&sim)], [503, 200]);
    fault("rate_limited");
    assert_eq!(update(&sim, "x").error(), (429, "rate_limit_reached".into()));
}

#[test]
fn faults_of_tasks_by_name() {
    let sim = Sim::with_task_time(0.0);
    let detach = |which: &str| {
        let disk = json!({ "disk": { "id": sim.known(which) } });
        sim.katapult("POST", "/disks/disk/detach", &disk).json()
    };
    let attachment =
        |which: &str| sim.disk(&sim.known(which))["virtual_machine_disk"]["state"].clone();
    order(&sim, &json!({ "fault": "task_fails", "id": sim.known("/disks/boot") }));
    order(&sim, &json!({ "fault": "no_effect", "id": sim.known("/disks/attached") }));
    assert_eq!(sim.wait(&detach("/disks/boot"))["status"], "failed");
    assert_eq!(sim.wait(&detach("/disks/attached"))["status"], "completed");
    assert_eq!(attachment("/disks/attached"), "attached");
    let late = json!({ "fault": "late_effect", "task": { "lag_seconds": 50 } });
    order(&sim, &late);
    assert_eq!(sim.wait(&detach("/disks/boot"))["status"], "completed");
    assert_eq!(attachment("/disks/boot"), "detaching");
    sim.clock(60);
    assert_eq!(attachment("/disks/boot"), "detached");
}

#[test]
fn wrong_aims() {
    let sim = Sim::start();
    for (member, wrong) in [
        ("kind", json!("GET /nothing")),
        ("kind", json!("READ")),
        ("probability", json!(1.5)),
        ("probability", json!(-0.1)),
        ("fault", json!("unlucky")),
        ("times", json!(-1)),
    ] {
        let body = json!({ "status": 500, member: wrong }).to_string();
        let reply = sim.request("POST", "/__sim/answers", &[], &body);
        assert_eq!(reply.status, 400);
        assert!(reply.text().contains(member), "{}", reply.text());
    }
    assert_eq!(read(&sim), 200);
}

#[test]
fn all_ids_are_the_same_with_the_same_seed() {
    let ids = |seed: u64| {
        let options = Options { seed: Some(seed), ..Options::default() };
        let sim = Sim::of(Simulator::start(options).expect("a simulator"));
        let wwn = sim.disk(&sim.known("/disks/boot"))["wwn"].clone();
        let reply = sim.create(&json!({}));
        let request_id = reply.header("x-request-id").map(str::to_owned);
        let body = reply.json();
        (wwn, request_id, body["disk"]["id"].clone(), body["task"]["id"].clone())
    };
    assert_eq!(ids(1), ids(1));
    let (one, other) = (ids(1), ids(2));
    assert!(one.0 != other.0 && one.1 != other.1 && one.2 != other.2 && one.3 != other.3);
}

#[test]
fn requests_are_chosen() {
    let sim = Sim::start();
    sim.clock(100);
    read(&sim);
    update(&sim, "x");
    sim.get("/nowhere");
    let count = |query: &str| {
        let path = format!("/requests{query}");
        sim.control("GET", &path, &Value::Null).as_array().expect("requests").len()
    };
    let all = sim.control("GET", "/requests", &Value::Null);
    assert!(all[0]["at"].as_f64().is_some() && all[0]["seconds"].as_f64().is_some(), "{all}");
    let second = all[1]["at"].to_string();
    let id = sim.known("/disks/unassigned");
    for (query, expected) in [
        ("", 3),
        ("?method=patch", 1),
        ("?path=disks", 2),
        ("?path=disks&method=GET", 1),
        ("?status=200", 2),
        ("?status=4xx", 1),
        ("?limit=2", 2),
        ("?limit=0", 0),
        (&format!("?since={second}"), 2),
        (&format!("?id={id}"), 2),
    ] {
        assert_eq!(count(query), expected, "{query}");
    }
    for wrong in ["?statsu=1", "?status=4", "?status=xx", "?limit=-1", "?since=then"] {
        let reply = sim.request("GET", &format!("/__sim/requests{wrong}"), &[], "");
        assert_eq!(reply.status, 400, "{wrong}");
        assert!(reply.json()["error"].is_string());
    }
    // The client has gone before its answer.
    order(&sim, &json!({ "delay_seconds": 30 }));
    let address = sim.known("/openstack_url").replace("http://", "");
    let mut stream = TcpStream::connect(&address).expect("a connection");
    stream.write_all(b"GET /gone HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request sent");
    common::wait_for("it", || (count("?path=gone") == 1).then_some(()));
    let gone = sim.control("GET", "/requests?path=gone", &Value::Null);
    assert_eq!((&gone[0]["status"], &gone[0]["seconds"]), (&Value::Null, &Value::Null));
    let mut other = TcpStream::connect(&address).expect("a connection");
    other.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request sent");
    assert!(read_reply(&mut BufReader::new(other)).status < 500);
}
