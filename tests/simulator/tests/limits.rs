//! Minutes of the virtual clock, the times of tasks by their kinds, and the bounds of memory.

mod common;

use std::collections::BTreeMap;
use std::time::Duration;

use common::Sim;
use katapult_sim::{Options, Simulator};
use serde_json::{Value, json};

fn statuses(sim: &Sim, count: usize) -> Vec<u16> {
    (0..count).map(|_| sim.get("/data_centers").status).collect()
}

#[test]
fn the_rate_limit_may_follow_the_virtual_clock() {
    let sim = Sim::start();
    sim.control("POST", "/clock", &json!({ "stopped": true }));
    sim.control("POST", "/rate_limit", &json!({ "permitted": 2, "clock": "virtual" }));
    assert_eq!(statuses(&sim, 3), [200, 200, 429]);
    let now = sim.clock(0);
    sim.clock(60 - now % 60 - 1);
    assert_eq!(statuses(&sim, 1), [429]);
    sim.clock(1);
    assert_eq!(statuses(&sim, 3), [200, 200, 429]);
    let minutes = sim.control("GET", "/counts", &Value::Null)["minutes"].clone();
    let starts: Vec<u64> = minutes
        .as_array()
        .expect("minutes")
        .iter()
        .map(|minute| minute["minute"].as_u64().expect("a time"))
        .collect();
    assert_eq!(starts, [now - now % 60, now - now % 60 + 60]);
    // Otherwise it does not care for the clock.
    common::avoid_end_of_minute();
    sim.control("POST", "/rate_limit", &json!({ "permitted": 1 }));
    assert_eq!(statuses(&sim, 2), [200, 429]);
    sim.clock(120);
    assert_eq!(statuses(&sim, 1), [429]);
}

/// Whether a detach and a start have ended after these many seconds.
fn ended(sim: &Sim, seconds: u64) -> [bool; 2] {
    let disk = json!({ "disk": { "id": sim.known("/disks/attached") } });
    let machine = sim.known("/stopped_virtual_machine/id");
    let machine = json!({ "virtual_machine": { "id": machine } });
    let tasks = [
        sim.katapult("POST", "/disks/disk/detach", &disk).json(),
        sim.katapult("POST", "/virtual_machines/virtual_machine/start", &machine).json(),
    ];
    sim.clock(seconds);
    tasks.map(|answer| sim.task(&answer["task"]["id"])["status"] == "completed")
}

#[test]
fn tasks_take_as_long_as_their_kind() {
    let task_times = BTreeMap::from([("detach_disk".to_owned(), Duration::from_secs(50))]);
    let options = Options { task_time: Duration::from_secs(5), task_times, ..Options::default() };
    let sim = Sim::of(Simulator::start(options).expect("a simulator"));
    sim.control("POST", "/clock", &json!({ "stopped": true }));
    assert_eq!(ended(&sim, 10), [false, true]);
    sim.control("POST", "/reset", &Value::Null);
    sim.control("POST", "/clock", &json!({ "stopped": true }));
    let order = json!({ "detach_disk": null, "start_virtual_machine": 20 });
    sim.control("POST", "/durations", &order);
    assert_eq!(ended(&sim, 10), [true, false]);
    // A reset brings back what the options say.
    sim.control("POST", "/reset", &Value::Null);
    assert_eq!(ended(&sim, 10), [false, true]);
}

#[test]
fn kinds_and_times_that_there_are_not() {
    let sim = Sim::start();
    for (order, named) in [
        (json!({ "format_disk": 1 }), "resize_disk"),
        (json!({ "resize_disk": -1 }), "resize_disk"),
        (json!({ "resize_disk": 1e300 }), "resize_disk"),
    ] {
        let reply = sim.request("POST", "/__sim/durations", &[], &order.to_string());
        assert_eq!(reply.status, 400);
        assert!(reply.text().contains(named), "{}", reply.text());
    }
    for options in [
        Options { task_time: Duration::MAX, ..Options::default() },
        Options {
            task_times: BTreeMap::from([("x".into(), Duration::ZERO)]),
            ..Options::default()
        },
    ] {
        assert!(Simulator::start(options).is_err());
    }
}

#[test]
fn the_answers_in_store_are_bounded() {
    let sim = Sim::start();
    let body = json!({ "status": 500, "body_text": "x".repeat(30 << 20) }).to_string();
    let add = || sim.request("POST", "/__sim/answers", &[], &body);
    assert_eq!([add().status, add().status], [200, 200]);
    let refused = add();
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("bytes"), "{}", refused.text());
    assert_eq!(sim.control("DELETE", "/answers", &Value::Null)["left"], 2);
    assert_eq!(add().status, 200);
}
