//! What `GET /__sim/` says.

mod common;

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use common::{Sim, request, request_to};
use katapult_sim::{Options, Simulator};
use serde_json::{Value, json};

const REFERENCE: &str = include_str!("../CONTROL.md");

/// Method and path of each row of a table of requests, such as "POST `/reset`".
fn documented() -> BTreeSet<(String, String)> {
    let rows = REFERENCE.lines().filter_map(|line| line.strip_prefix("| "));
    let requests = rows.filter_map(|row| row.split_once(" `/").zip(row.split_once(" |")));
    let requests = requests.filter(|((method, _), _)| {
        !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase())
    });
    requests
        .filter_map(|((method, rest), _)| Some((method, rest.split_once('`')?.0)))
        .map(|(method, path)| (method.to_owned(), format!("/{path}")))
        .collect()
}

fn listed(index: &Value) -> BTreeSet<(String, String)> {
    let orders = index["orders"].as_array().expect("orders").iter();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    orders
        .map(|order| {
            assert!(!text(&order["summary"]).is_empty());
            (text(&order["method"]), text(&order["path"]))
        })
        .collect()
}

#[test]
fn the_reference_tells_of_all_orders() {
    let index = Sim::start().control("GET", "/", &Value::Null);
    assert_eq!(listed(&index), documented());
}

#[test]
fn it_has_the_health_the_description_and_the_version() {
    let sim = Sim::start();
    for path in ["/", ""] {
        let index = sim.control("GET", path, &Value::Null);
        assert_eq!(index["health"], "ok");
        assert_eq!(index["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(&index["description"], sim.description());
    }
    let address = sim.known("/openstack_url").replace("http://", "");
    let other = format!("localhost:{}", address.rsplit(':').next().expect("a port"));
    let index = request_to(&address, &other, "GET", "/__sim/", &[]).json();
    assert_eq!(index["description"]["katapult_url"], format!("http://{other}/core/v1"));
    sim.control("POST", "/reset", &json!({ "empty": true }));
    let index = sim.control("GET", "/", &Value::Null);
    assert_eq!(index["description"]["api_token"], sim.description()["api_token"]);
}

#[test]
fn whoever_has_no_control_token_sees_no_other_token_either() {
    let options = Options {
        host: Ipv4Addr::UNSPECIFIED.into(),
        allow_remote: true,
        control_token: Some("secret-of-orders".into()),
        ..Options::default()
    };
    let simulator = Simulator::start(options).expect("a simulator");
    let url = simulator.description()["openstack_url"].as_str().expect("a URL");
    let address = url.strip_prefix("http://").expect("a plain URL");
    let reply = request(address, "GET", "/__sim/", &[], "");
    let token = simulator.description()["api_token"].as_str().expect("a token");
    assert_eq!((reply.status, &reply.json()["health"]), (200, &json!("ok")));
    assert!(!reply.text().contains(token) && !reply.text().contains("secret-of-orders"));
    let headers = [("Authorization", "Bearer secret-of-orders")];
    let index = request(address, "GET", "/__sim/", &headers, "").json();
    assert_eq!(&index["description"], simulator.description());
}
