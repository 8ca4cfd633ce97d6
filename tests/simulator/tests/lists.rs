//! The organization's list of disks: its order, and how it deceives.

mod common;

use common::Sim;
use serde_json::{Value, json};

/// A list by this query.
fn list(sim: &Sim, query: &str) -> Vec<Value> {
    let organization = sim.known("/organization");
    let path =
        format!("/organizations/organization/disks?organization[sub_domain]={organization}{query}");
    let reply = sim.get(&path);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["disk"].as_array().expect("disks").clone()
}

fn with_annotation(sim: &Sim, key: &str, value: &str) -> Vec<String> {
    names(&list(sim, &format!("&annotations[][key]={key}&annotations[][value]={value}")))
}

fn names(disks: &[Value]) -> Vec<String> {
    disks.iter().map(|disk| disk["name"].as_str().expect("a name").to_owned()).collect()
}

/// A disk that exists already; gives its id.
fn place(sim: &Sim, name: &str, annotations: &Value) -> String {
    let id = format!("disk_{name:0>16}");
    sim.control("POST", "/disks", &json!({ "id": id, "name": name, "annotations": annotations }));
    id
}

fn update(sim: &Sim, id: &str, changes: &Value) {
    let mut body = json!({ "disk": { "id": id }, "properties": {} });
    for (name, value) in changes.as_object().expect("an object") {
        body[name] = value.clone();
    }
    assert_eq!(sim.katapult("PATCH", "/disks/disk", &body).status, 200);
}

#[test]
fn it_follows_every_change_of_names_annotations_and_the_trash() {
    let sim = Sim::start();
    sim.control("POST", "/reset", &json!({ "empty": true }));
    let red = json!([{ "key": "colour", "value": "red" }, { "key": "shape", "value": "round" }]);
    let b = place(&sim, "b", &red);
    let a = place(&sim, "a", &red);
    place(&sim, "c", &json!([]));
    assert_eq!(names(&list(&sim, "")), ["a", "b", "c"]);
    assert_eq!(with_annotation(&sim, "colour", "red"), ["a", "b"]);
    assert_eq!(names(&list(&sim, "&annotations[][key]=shape")), ["a", "b"]);

    update(&sim, &a, &json!({ "properties": { "name": "d" } }));
    assert_eq!(names(&list(&sim, "")), ["b", "c", "d"]);
    assert_eq!(with_annotation(&sim, "colour", "red"), ["b", "d"]);
    let blue = json!({ "annotations": [{ "key": "colour", "value": "blue" }] });
    update(&sim, &b, &blue);
    assert_eq!(with_annotation(&sim, "colour", "red"), ["d"]);
    assert_eq!(with_annotation(&sim, "colour", "blue"), ["b"]);
    assert_eq!(with_annotation(&sim, "shape", "round"), ["d"]);
    let both = "&annotations[][key]=colour&annotations[][value]=red&annotations[][key]=shape&annotations[][value]=square";
    assert_eq!(names(&list(&sim, both)), Vec::<String>::new());

    let in_trash = |yes: bool| {
        sim.control("POST", &format!("/disks/{b}"), &json!({ "in_trash": yes }));
        (names(&list(&sim, "")), with_annotation(&sim, "colour", "blue").len())
    };
    assert_eq!(in_trash(true), (vec!["c".to_owned(), "d".to_owned()], 0));
    assert_eq!(in_trash(false).1, 1);
    in_trash(true);
    sim.clock(200_000);
    assert_eq!(names(&list(&sim, "")), ["c", "d"], "it is purged");
    assert_eq!(with_annotation(&sim, "colour", "blue").len(), 0);
}

#[test]
fn states_and_sizes_may_be_old() {
    let sim = Sim::with_task_time(4.0);
    sim.control("POST", "/clock", &json!({ "stopped": true }));
    sim.control("POST", "/lists", &json!({ "state_lag_seconds": 10 }));
    let made = sim.create(&json!({ "name": "new" })).json();
    let id = made["disk"]["id"].as_str().expect("an id").to_owned();
    let looks = || {
        let disks = list(&sim, "");
        let disk = disks.into_iter().find(|disk| disk["id"] == json!(id)).expect("it is listed");
        (disk["state"].as_str().expect("a state").to_owned(), disk["size_in_gb"].clone())
    };
    let late = |state: &str, size: i64| (state.to_owned(), json!(size));
    assert_eq!(looks(), late("not_built", 20));
    sim.clock(9);
    // The task ended 5 s ago, and nobody has asked since.
    assert_eq!((looks(), &sim.disk(&id)["state"]), (late("not_built", 20), &json!("built")));
    sim.clock(2);
    assert_eq!(looks(), late("building", 20));
    sim.clock(3);
    assert_eq!(looks(), late("built", 20));

    let resize = json!({ "disk": { "id": id }, "size_in_gb": 30 });
    assert_eq!(sim.katapult("PUT", "/disks/disk/resize", &resize).status, 200);
    sim.clock(9);
    assert_eq!((looks(), &sim.disk(&id)["size_in_gb"]), (late("built", 20), &json!(30)));
    sim.clock(2);
    assert_eq!(looks(), late("resizing", 20));
    sim.clock(3);
    assert_eq!(looks(), late("built", 30));

    sim.control("POST", &format!("/disks/{id}"), &json!({ "state": "failed" }));
    assert_eq!(looks(), late("built", 30));
    // What an order does not say ends.
    sim.control("POST", "/lists", &json!({ "lag_seconds": 1 }));
    assert_eq!(looks(), late("failed", 30));
}

#[test]
fn the_filter_may_be_ignored() {
    let sim = Sim::start();
    let all = list(&sim, "").len();
    assert_eq!(with_annotation(&sim, "nobody", "hasit").len(), 0);
    sim.control("POST", "/lists", &json!({ "ignore_annotations": true }));
    assert_eq!(with_annotation(&sim, "nobody", "hasit").len(), all);
    sim.control("POST", "/lists", &json!({}));
    assert_eq!(with_annotation(&sim, "nobody", "hasit").len(), 0);
}
