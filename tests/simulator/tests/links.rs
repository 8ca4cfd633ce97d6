//! Where links point to.

mod common;

use common::{Reply, Sim};
use katapult_sim::{Options, Simulator};
use serde_json::Value;

/// All texts in a JSON value that are URLs.
fn urls(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if text.contains("://") => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(urls).collect(),
        Value::Object(members) => members.values().flat_map(urls).collect(),
        _ => Vec::new(),
    }
}

fn links(reply: &Reply) -> Vec<String> {
    let mut links = urls(&reply.json());
    links.retain(|url| !url.contains("docs.openstack.org"));
    links.extend(reply.header("location").map(str::to_owned));
    assert!(!links.is_empty(), "{}", reply.text());
    links
}

const PATHS: [&str; 6] = [
    "/",
    "/v2.1",
    "/sim-south/internal/v2/",
    "/servers/x",
    "/identity",
    "/identity/v3/auth/catalog",
];

#[test]
fn links_follow_the_host_header() {
    let sim = Sim::start();
    let (token, own) = (sim.known("/openstack_token"), sim.known("/openstack_url"));
    let address = own.trim_start_matches("http://");
    let port = address.rsplit(':').next().expect("a port");
    let other = format!("localhost:{port}");
    for path in PATHS {
        for host in [address, &other] {
            let reply = common::request_to(address, host, "GET", path, &[("X-Auth-Token", &token)]);
            for link in links(&reply) {
                assert!(link.starts_with(&format!("http://{host}/")), "{path}: {link}");
            }
        }
    }
    let refused = common::request_to(address, &other, "GET", "/v2.1/servers", &[]);
    let keystone = format!("Keystone uri=\"http://{other}/identity/v3\"");
    assert_eq!(refused.header("www-authenticate"), Some(keystone.as_str()));
}

#[test]
fn links_follow_the_public_url() {
    let public_url = "https://sim.example.com/katapult";
    let options = Options { public_url: Some(format!("{public_url}/")), ..Options::default() };
    let port = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        free.local_addr().expect("an address").port()
    };
    let simulator = Simulator::start(Options { port, ..options }).expect("a simulator");
    for key in ["openstack_url", "auth_url", "katapult_url", "control_url"] {
        let url = simulator.description()[key].as_str().expect("a URL");
        assert!(url.starts_with(public_url) && !url.contains("//katapult"), "{url}");
    }
    let (address, token) =
        (format!("127.0.0.1:{port}"), &simulator.description()["openstack_token"]);
    let headers = [("X-Auth-Token", token.as_str().expect("a token"))];
    for path in PATHS {
        for host in [&address, "sim.example.com"] {
            let reply = common::request_to(&address, host, "GET", path, &headers);
            for link in links(&reply) {
                assert!(link.starts_with(&format!("{public_url}/")), "{path}: {link}");
            }
        }
    }
}

#[test]
fn a_public_url_is_a_url() {
    for wrong in ["sim.example.com", "ftp://sim", "http://sim/?x", "http://"] {
        let options = Options { public_url: Some(wrong.into()), ..Options::default() };
        let message = Simulator::start(options).expect_err("an error").to_string();
        assert!(message.starts_with("the public URL must be like http"), "{message}");
    }
}
