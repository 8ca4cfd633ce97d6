//! What is around every Katapult answer.

mod common;

use std::io::{BufReader, Read, Write};
use std::net::TcpStream;

use common::{Sim, read_reply};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

#[test]
fn the_etag_is_half_the_hash_of_the_body() {
    let sim = Sim::start();
    let reply = sim.get(&format!("/disks/disk?disk[id]={}", sim.known("/disks/boot")));
    let digest: String =
        Sha256::digest(&reply.body)[..16].iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(reply.header("etag"), Some(format!("W/\"{digest}\"").as_str()));
}

#[test]
fn headers_of_successes_and_errors() {
    let sim = Sim::start();
    let success = sim.get(&format!("/disks/disk?disk[id]={}", sim.known("/disks/boot")));
    let error = sim.get("/disks/disk?disk[id]=x");
    let ids = [&success, &error].map(|reply| {
        for name in [
            "date",
            "strict-transport-security",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin",
            "x-ratelimit-permitted",
            "x-ratelimit-remaining",
        ] {
            assert!(reply.header(name).is_some(), "{name}");
        }
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert_eq!(reply.header("vary"), Some("Accept-Encoding"));
        reply.header("x-request-id").map(str::to_owned)
    });
    assert_eq!(ids[0].as_ref().map(String::len), Some(36));
    assert_ne!(ids[0], ids[1]);
    assert_eq!(success.header("cache-control"), Some("max-age=0, private, must-revalidate"));
    assert_eq!(success.header("x-api-schema"), None);
}

#[test]
fn long_bodies_are_compressed_for_those_who_accept_it() {
    let sim = Sim::start();
    let authorization = format!("Bearer {}", sim.known("/api_token"));
    let ask = |disk: &str, encoding: &str| {
        let path = format!("/core/v1/disks/disk?disk[id]={}", sim.known(disk));
        let headers = [("Authorization", authorization.as_str()), ("Accept-Encoding", encoding)];
        sim.request("GET", &path, &headers, "")
    };
    let plain = ask("/disks/boot", "identity");
    assert!(plain.body.len() >= 1025);
    for refusal in ["identity", "br", "gzip;q=0"] {
        assert_eq!(ask("/disks/boot", refusal).header("content-encoding"), None, "{refusal}");
    }
    for offer in ["gzip", "deflate, gzip", "br, gzip;q=0.5"] {
        let reply = ask("/disks/boot", offer);
        assert_eq!(reply.header("content-encoding"), Some("gzip"), "{offer}");
        let mut text = String::new();
        GzDecoder::new(&reply.body[..]).read_to_string(&mut text).expect("gzip");
        assert_eq!(text, plain.text());
        assert_eq!(reply.header("etag"), plain.header("etag"));
    }
    assert_eq!(ask("/disks/unassigned", "gzip").header("content-encoding"), None);
}

#[test]
fn a_connection_serves_several_requests() {
    let sim = Sim::start();
    let address = sim.known("/openstack_url");
    let address = address.strip_prefix("http://").expect("a plain URL");
    let stream = TcpStream::connect(address).expect("a connection");
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    for _ in 0..3 {
        let request = format!("GET /__sim/state HTTP/1.1\r\nHost: {address}\r\n\r\n");
        (&stream).write_all(request.as_bytes()).expect("a request sent");
        assert_eq!(read_reply(&mut reader).status, 200);
    }
}
