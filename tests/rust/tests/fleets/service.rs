//! A simulator of a test's own.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use katapult_disk::{Client, Config, HttpOptions, InterruptHook};
use katapult_sim::{Options, Simulator};
use serde_json::Value;

pub(crate) struct Service {
    simulator: Simulator,
}

impl Service {
    /// With tasks that take so many milliseconds.
    pub(crate) fn start(task: u64) -> Service {
        let task_time = Duration::from_millis(task);
        let options = Options { task_time, rate_limit: 1_000_000, ..Options::default() };
        Service { simulator: Simulator::start(options).expect("it starts") }
    }

    fn known(&self, name: &str) -> &str {
        self.simulator.description()[name].as_str().expect("it is in the description")
    }

    /// What the description has at this JSON pointer.
    pub(crate) fn known_at(&self, pointer: &str) -> String {
        let found = self.simulator.description().pointer(pointer).and_then(Value::as_str);
        found.expect("it is in the description").to_owned()
    }

    pub(crate) fn client(&self) -> Client {
        self.client_with(Arc::new(|| Ok(())))
    }

    /// A client that asks this whether to go on.
    pub(crate) fn client_with(&self, interrupt: InterruptHook) -> Client {
        Client::new(Config {
            api_token: Some(self.known("api_token").into()),
            base_url: Some(self.known("katapult_url").to_owned()),
            organization: Some("sim-acme".into()),
            data_center: Some("sim-north-01".into()),
            http: HttpOptions {
                proxy: Some("".into()),
                interrupt: Some(interrupt),
                ..HttpOptions::default()
            },
        })
        .expect("a client")
    }

    /// Asks the control API.
    pub(crate) fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let url = self.known("control_url");
        let (host, base) = url["http://".len()..].split_once('/').expect("a URL");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(host).expect("it listens");
        write!(
            stream,
            "{method} /{base}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("it reads");
        let mut reply = String::new();
        stream.read_to_string(&mut reply).expect("it answers");
        assert!(reply.starts_with("HTTP/1.1 2"), "{method} {path}: {reply}");
        let (_, body) = reply.split_once("\r\n\r\n").expect("a body");
        serde_json::from_str(body).unwrap_or(Value::Null)
    }

    /// How many requests there were of this kind, such as `POST /disks/disk/attach`.
    pub(crate) fn count(&self, kind: &str) -> u64 {
        self.control("GET", "/counts", &Value::Null)["kinds"][kind].as_u64().unwrap_or(0)
    }

    pub(crate) fn count_all(&self) -> u64 {
        let counts = self.control("GET", "/counts", &Value::Null);
        let kinds = counts["kinds"].as_object().expect("kinds");
        kinds.values().filter_map(Value::as_u64).sum()
    }

    pub(crate) fn forget_counts(&self) {
        self.control("DELETE", "/counts", &Value::Null);
    }

    /// How many disks were created.
    pub(crate) fn created(&self) -> u64 {
        self.control("GET", "/state", &Value::Null)["created"].as_u64().expect("a number")
    }
}
