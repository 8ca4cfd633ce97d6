//! Which hosts and origins are served, and which orders need the control token.

mod common;

use std::io::{BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use common::{Reply, Sim, read_reply, request};
use katapult_sim::{Options, Simulator};
use serde_json::Value;

const PATHS: [&str; 6] =
    ["/core/v1/disks", "/identity/v3", "/v2.1", "/__sim/state", "/__sim/", "/nowhere"];

/// A request with these header lines, and with no others.
fn ask(address: &str, path: &str, lines: &[&str]) -> Reply {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let text = format!("GET {path} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n");
    stream.write_all(text.as_bytes()).expect("a request sent");
    read_reply(&mut BufReader::new(stream))
}

fn address(description: &Value) -> String {
    let url = description["openstack_url"].as_str().expect("a URL");
    url.strip_prefix("http://").expect("a plain URL").to_owned()
}

/// Both what is refused, and that the refusal tells what to do.
fn is_refused(reply: &Reply) -> bool {
    if reply.status != 403 {
        return false;
    }
    let text = reply.json()["error"].as_str().map(str::to_owned).unwrap_or_default();
    text.contains("is not allowed")
}

#[test]
fn other_hosts_are_refused_on_every_path() {
    let sim = Sim::start();
    let address = address(sim.description());
    for host in [
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "notlocalhost",
        "127.0.0.1.evil.example",
        "192.0.2.1",
        "0.0.0.0",
        "[2001:db8::1]:80",
        "user@localhost",
        "",
        "local host",
    ] {
        for path in PATHS {
            let reply = ask(&address, path, &[&format!("Host: {host}")]);
            // Hyper itself answers what is no host at all.
            assert!(is_refused(&reply) || reply.status == 400, "{host} {path} {}", reply.status);
        }
    }
    let both = ask(&address, "/__sim/state", &["Host: localhost", "Host: evil.example"]);
    assert!(is_refused(&both) || both.status == 400);
    assert!(is_refused(&ask(&address, "http://evil.example/__sim/state", &["Host: localhost"])));
}

#[test]
fn what_leads_here_only_is_served() {
    let sim = Sim::start();
    let address = address(sim.description());
    for host in [
        "localhost",
        "LOCALHOST:99",
        "localhost.",
        "sim-north.localhost:8774",
        "127.0.0.1",
        "127.8.9.10:1",
        "[::1]:80",
        "[::ffff:127.0.0.1]",
    ] {
        let reply = ask(&address, "/__sim/state", &[&format!("Host: {host}")]);
        assert_eq!(reply.status, 200, "{host}");
    }
    let mut stream = TcpStream::connect(&address).expect("a connection");
    stream.write_all(b"GET /__sim/state HTTP/1.0\r\n\r\n").expect("a request sent");
    assert_eq!(read_reply(&mut BufReader::new(stream)).status, 200);
}

#[test]
fn other_origins_are_refused_on_every_path() {
    let sim = Sim::start();
    let address = address(sim.description());
    let host = format!("Host: {address}");
    for origin in [
        "null",
        "https://evil.example",
        "http://localhost",
        "http://localhost:1",
        "file://",
        &format!("http://{address}.evil.example"),
        &format!("http://evil.example?http://{address}"),
        &format!("ftp://{address}"),
    ] {
        for path in PATHS {
            let reply = ask(&address, path, &[&host, &format!("Origin: {origin}")]);
            assert!(is_refused(&reply), "{origin} {path} {}", reply.status);
        }
    }
    let own = ask(&address, "/__sim/state", &[&host, &format!("Origin: http://{address}")]);
    assert_eq!(own.status, 200);
    let own = ["Host: a.localhost:5", "Origin: https://A.localhost:5"];
    assert_eq!(ask(&address, "/__sim/state", &own).status, 200);
}

fn remote(allowed_hosts: &[&str]) -> Simulator {
    let options = Options {
        host: Ipv4Addr::UNSPECIFIED.into(),
        allow_remote: true,
        allowed_hosts: allowed_hosts.iter().map(|name| (*name).to_owned()).collect(),
        ..Options::default()
    };
    Simulator::start(options).expect("a simulator")
}

#[test]
fn orders_from_elsewhere_need_the_control_token() {
    let simulator = remote(&[]);
    let description = simulator.description();
    let address = address(description);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    let token = description["control_token"].as_str().expect("a token");
    let authorized = format!("Bearer {token}");
    let api_token = format!("Bearer {}", description["api_token"].as_str().expect("a token"));
    for (method, path) in [("GET", "/state"), ("POST", "/reset"), ("GET", "/requests"), ("PUT", "")]
    {
        let path = format!("/__sim{path}");
        for headers in [&[][..], &[("Authorization", api_token.as_str())]] {
            let reply = request(&address, method, &path, headers, "");
            assert_eq!(reply.status, 401, "{method} {path}");
            assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
            assert!(!reply.text().contains(token));
        }
        let reply = request(&address, method, &path, &[("Authorization", &authorized)], "");
        assert_ne!(reply.status, 401, "{method} {path}");
    }
    // The services have tokens of their own.
    let headers = [("Authorization", api_token.as_str())];
    assert_eq!(request(&address, "GET", "/core/v1/data_centers", &headers, "").status, 200);
    let other = remote(&[]);
    assert_ne!(other.description()["control_token"], description["control_token"]);
}

#[test]
fn a_simulator_for_others_serves_addresses_and_the_names_that_are_allowed() {
    let simulator = remote(&["Sim", "sim.test"]);
    let address = address(simulator.description());
    for (host, is_served) in [
        ("192.0.2.7:80", true),
        ("[2001:db8::1]", true),
        ("sim", true),
        ("SIM.test:8080", true),
        ("sim.test.evil.example", false),
        ("evil.example", false),
    ] {
        let reply = ask(&address, "/identity/v3", &[&format!("Host: {host}")]);
        assert_eq!(is_refused(&reply), !is_served, "{host}");
    }
}

#[test]
fn the_host_and_the_origin_of_the_public_url_are_served() {
    let port = {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        free.local_addr().expect("an address").port()
    };
    let public_url = Some("https://Sim.test:8443/x".into());
    let simulator = Simulator::start(Options { public_url, port, ..Options::default() });
    let (address, _simulator) = (format!("127.0.0.1:{port}"), simulator.expect("a simulator"));
    for (host, origin, is_served) in [
        ("sim.test:8443", "https://sim.test:8443", true),
        ("sim.test", "https://sim.test:8443", true),
        (address.as_str(), "https://SIM.test:8443", true),
        ("sim.test", "https://sim.test:8444", false),
        ("other.test", "https://sim.test:8443", false),
    ] {
        let lines = [format!("Host: {host}"), format!("Origin: {origin}")];
        let reply = ask(&address, "/identity/v3", &[&lines[0], &lines[1]]);
        assert_eq!(is_refused(&reply), !is_served, "{host} {origin}");
    }
}

#[test]
fn on_loopback_the_token_is_not_needed_and_may_be_given() {
    let options = Options { control_token: Some("mine".into()), ..Options::default() };
    let simulator = Simulator::start(options).expect("a simulator");
    assert_eq!(simulator.description()["control_token"], "mine");
    let address = address(simulator.description());
    for headers in [&[][..], &[("Authorization", "Bearer mine")]] {
        assert_eq!(request(&address, "GET", "/__sim/state", headers, "").status, 200);
    }
}

#[test]
fn options_that_cannot_be_meant() {
    let default = Options::default;
    for options in [
        Options { host: Ipv4Addr::UNSPECIFIED.into(), ..default() },
        Options { allowed_hosts: vec!["http://sim".into()], ..default() },
        Options { allowed_hosts: vec!["sim:80".into()], ..default() },
        Options { allowed_hosts: vec![String::new()], ..default() },
        Options { control_token: Some(String::new()), ..default() },
        Options { control_token: Some("a b".into()), ..default() },
    ] {
        assert!(Simulator::start(options.clone()).is_err(), "{options:?}");
    }
}
