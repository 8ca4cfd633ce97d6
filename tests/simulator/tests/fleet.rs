//! What a client of many disks needs to be tested: counts, several tokens, latency, disks that fail by
//! their names.

mod common;

use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use common::{JSON, Reply, Sim, avoid_end_of_minute, request, wait_for};
use katapult_sim::{Options, Simulator};
use serde_json::{Value, json};

fn token(sim: &Sim, number: usize) -> String {
    sim.known(&format!("/api_tokens/{number}"))
}

/// A read with a token.
fn get_as(sim: &Sim, token: &str) -> Reply {
    let path = format!("/core/v1/disks/disk?disk[id]={}", sim.known("/disks/boot"));
    sim.request("GET", &path, &[("Authorization", &format!("Bearer {token}"))], "")
}

fn counts(sim: &Sim) -> Value {
    sim.control("GET", "/counts", &Value::Null)
}

#[test]
fn requests_are_counted_by_token_minute_and_kind() {
    avoid_end_of_minute();
    let sim = Sim::start();
    sim.control("POST", "/rate_limit", &json!({ "permitted": 2 }));
    let id = sim.known("/disks/boot");
    sim.get(&format!("/disks/disk?disk[id]={id}"));
    sim.create(&json!({}));
    assert_eq!(sim.get(&format!("/disks/{id}")).status, 429);
    get_as(&sim, &token(&sim, 1));
    assert_eq!(get_as(&sim, "wrong").error(), (403, "invalid_api_token".into()));
    // Others than Katapult's are not counted.
    sim.nova("GET", "/v2.1/servers", &[]);

    let counts = counts(&sim);
    let minute = counts["minutes"][0]["minute"].as_u64().expect("a minute");
    assert_eq!(minute % 60, 0);
    let minute = |token: Value, reads: u32, writes: u32, limited: u32| json!({ "token": token, "minute": minute, "reads": reads, "writes": writes, "limited": limited, "permitted": 2 });
    let expected = json!([
        minute(Value::Null, 1, 0, 0),
        minute(token(&sim, 0).into(), 2, 1, 1),
        minute(token(&sim, 1).into(), 1, 0, 0),
    ]);
    assert_eq!(counts["minutes"], expected);
    assert_eq!(
        counts["kinds"],
        json!({ "GET /disks/disk": 4, "POST /organizations/organization/disks": 1 })
    );
}

#[test]
fn what_an_order_answers_is_counted_once() {
    let sim = Sim::start();
    sim.control(
        "POST",
        "/answers",
        &json!([{ "status": 429 }, { "perform": true, "status": 502 }, { "send": "nothing" }]),
    );
    sim.get("/disks/disk");
    sim.create(&json!({}));
    let address = sim.known("/openstack_url").replace("http://", "");
    let lost = thread::spawn(move || request(&address, "GET", "/core/v1/unknown", &[], ""));
    assert!(lost.join().is_err(), "there must be no answer");
    let counts = counts(&sim);
    let sum = |what: &str| -> u64 {
        let minutes = counts["minutes"].as_array().expect("minutes").iter();
        minutes.map(|minute| minute[what].as_u64().expect("a number")).sum()
    };
    assert_eq!([sum("reads"), sum("writes"), sum("limited")], [2, 1, 1]);
    assert_eq!(counts["kinds"]["other"], 1);
}

#[test]
fn counts_are_forgotten() {
    let sim = Sim::start();
    for (method, path) in [("DELETE", "/counts"), ("POST", "/reset")] {
        sim.get("/data_centers");
        assert_eq!(counts(&sim)["kinds"], json!({ "GET /data_centers": 1 }));
        sim.control(method, path, &Value::Null);
        assert_eq!(counts(&sim), json!({ "minutes": [], "kinds": {} }), "{path}");
    }
}

#[test]
fn each_token_has_a_limit_of_its_own() {
    avoid_end_of_minute();
    let sim = Sim::start();
    assert_eq!(sim.known("/api_token"), token(&sim, 0));
    sim.control("POST", "/rate_limit", &json!({ "permitted": 1 }));
    let second = json!({ "permitted": 2, "token": token(&sim, 1) });
    sim.control("POST", "/rate_limit", &second);
    let statuses = |number| -> Vec<u16> {
        (0..3).map(|_| get_as(&sim, &token(&sim, number)).status).collect()
    };
    assert_eq!(statuses(0), [200, 429, 429]);
    assert_eq!(statuses(1), [200, 200, 429]);
    assert_eq!(statuses(2), [200, 429, 429]);
    // Without a token it is for all, and all counts are new.
    sim.control("POST", "/rate_limit", &json!({ "permitted": 3 }));
    for number in 0..3 {
        assert_eq!(statuses(number), [200, 200, 200]);
    }
}

#[test]
fn a_minute_can_be_short() {
    let options = Options { minute_seconds: 2, rate_limit: 1, ..Options::default() };
    let simulator = Simulator::start(options).expect("a simulator");
    let about = simulator.description();
    let address = about["openstack_url"].as_str().expect("a URL").replace("http://", "");
    let authorization = format!("Bearer {}", about["api_token"].as_str().expect("a token"));
    let headers = [("Authorization", authorization.as_str())];
    let get = || request(&address, "GET", "/core/v1/data_centers", &headers, "").status;
    let started = Instant::now();
    wait_for("the limit", || (get() == 429).then_some(()));
    wait_for("the next minute", || (get() == 200).then_some(()));
    assert!(started.elapsed() < Duration::from_secs(8));
    // What an order does not say is as the options have it.
    request(&address, "POST", "/__sim/rate_limit", &[], r#"{"permitted": 0}"#);
    request(&address, "DELETE", "/__sim/counts", &[], "");
    wait_for("another minute", || {
        get();
        let counts = request(&address, "GET", "/__sim/counts", &[], "").json();
        (counts["minutes"].as_array().map_or(0, Vec::len) > 1).then_some(())
    });
    let refused = Simulator::start(Options { minute_seconds: 61, ..Options::default() });
    assert!(refused.is_err());
}

#[test]
fn answers_come_late_and_others_meanwhile() {
    let sim = Sim::start();
    let created = || sim.control("GET", "/state", &Value::Null)["created"].clone();
    for (before, meanwhile) in [(false, 1), (true, 0)] {
        sim.control("POST", "/reset", &Value::Null);
        sim.control("POST", "/latency", &json!({ "seconds": 1, "before": before }));
        let started = Instant::now();
        thread::scope(|scope| {
            let create = scope.spawn(|| sim.create(&json!({})).status);
            let read = scope.spawn(|| sim.get("/data_centers").status);
            thread::sleep(Duration::from_millis(500));
            assert_eq!(created(), meanwhile);
            assert!(started.elapsed() < Duration::from_secs(1), "orders are not late");
            assert_eq!(
                (create.join().expect("a status"), read.join().expect("a status")),
                (201, 200)
            );
        });
        let took = started.elapsed().as_secs_f64();
        assert!((1.0..1.8).contains(&took), "one after the other: {took}");
        assert_eq!(created(), 1);
    }
    sim.control("POST", "/reset", &Value::Null);
    let started = Instant::now();
    sim.get("/data_centers");
    assert!(started.elapsed() < Duration::from_millis(500), "the reset ends it");
}

#[test]
fn a_late_request_is_not_performed_for_a_client_that_has_gone() {
    let sim = Sim::start();
    for (before, performed) in [(false, 1), (true, 0)] {
        sim.control("POST", "/reset", &Value::Null);
        sim.control("POST", "/latency", &json!({ "seconds": 1, "before": before }));
        let body = json!({ "organization": { "sub_domain": sim.known("/organization") }, "properties": {
            "name": "gone", "size_in_gb": 20, "data_center": { "permalink": sim.known("/data_center") },
        } });
        let (body, token) = (body.to_string(), sim.known("/api_token"));
        let head = format!(
            "POST /core/v1/organizations/organization/disks HTTP/1.1\r\nHost: localhost\r\n\
             Authorization: Bearer {token}\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let address = sim.known("/openstack_url").replace("http://", "");
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.write_all((head + &body).as_bytes()).expect("a request sent");
        wait_for("the request", || {
            let log = sim.control("GET", "/requests", &Value::Null);
            (log != json!([])).then_some(())
        });
        drop(stream);
        thread::sleep(Duration::from_millis(1300));
        assert_eq!(sim.control("GET", "/state", &Value::Null)["created"], performed);
    }
}

#[test]
fn disks_fail_by_their_names() {
    let sim = Sim::start();
    let fail = |how: &str, names: &[&str]| {
        sim.control("POST", "/fail_by_name", &json!({ "how": how, "names": names }));
    };
    let build = |name: &str| {
        let made = sim.create(&json!({ "name": name })).json();
        let task = sim.wait(&made);
        let id = made["disk"]["id"].as_str().expect("an id");
        (task["status"].clone(), sim.disk(id)["state"].clone(), id.to_owned())
    };
    fail("build", &["d017", "d018"]);
    fail("refuse", &["d020"]);
    fail("resize", &["d021"]);
    let (task, state, _) = build("d017");
    assert_eq!((task, state), (json!("failed"), json!("failed")));
    let (task, state, id) = build("d021");
    assert_eq!((task, state), (json!("completed"), json!("built")));

    let refused = sim.create(&json!({ "name": "d020" }));
    assert_eq!(refused.error(), (422, "validation_error".into()));
    assert_eq!(refused.json()["error"]["detail"]["errors"], json!(["Name is not permitted"]));
    let resize = || {
        let body = json!({ "disk": { "id": id }, "size_in_gb": 40 });
        sim.wait(&sim.katapult("PUT", "/disks/disk/resize", &body).json())["status"].clone()
    };
    assert_eq!(resize(), "failed");
    assert_eq!(
        (&sim.disk(&id)["size_in_gb"], &sim.disk(&id)["state"]),
        (&json!(20), &json!("built"))
    );

    // Only the same way of failing is replaced.
    fail("build", &["d018"]);
    fail("resize", &[]);
    assert_eq!(build("d017").0, "completed");
    assert_eq!(build("d018").0, "failed");
    assert_eq!(sim.create(&json!({ "name": "d020" })).status, 422);
    assert_eq!(resize(), "completed");
}

#[test]
fn orders_that_make_no_sense_are_refused() {
    let sim = Sim::start();
    for (path, order) in [
        ("/rate_limit", json!({ "minute_seconds": 6 })),
        ("/rate_limit", json!({ "permitted": 1, "minute_seconds": 0 })),
        ("/rate_limit", json!({ "permitted": 1, "minute_seconds": 61 })),
        ("/rate_limit", json!({ "permitted": 1, "minute_seconds": 6, "late_reset_seconds": 6 })),
        ("/rate_limit", json!({ "permitted": 1, "late_reset_seconds": -1 })),
        ("/rate_limit", json!({ "permitted": 1, "token": "unknown" })),
        ("/latency", json!({})),
        ("/latency", json!({ "seconds": -1 })),
        ("/lists", json!({ "state_lag_seconds": -1 })),
        ("/fail_by_name", json!({ "names": ["a"], "how": "slowly" })),
        ("/fail_by_name", json!({ "how": "build" })),
    ] {
        let reply = sim.request("POST", &format!("/__sim{path}"), &[], &order.to_string());
        assert_eq!(reply.status, 400, "{path} {order}");
        assert!(reply.json()["error"].is_string());
    }
}
