//! A simulator and the least HTTP client that can talk to it.

// Every test file uses a part of this.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use katapult_sim::{Options, Simulator};
use serde_json::{Value, json};

pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body of text")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {:?}", self.text()))
    }

    /// The status and the code of a Katapult error, which must have the recorded form.
    pub(crate) fn error(&self) -> (u16, String) {
        let body = self.json();
        let error = body["error"].as_object().unwrap_or_else(|| panic!("not wrapped: {body}"));
        assert!(error["detail"].is_object(), "{body}");
        assert_eq!(self.header("x-api-schema"), Some("json-error"));
        assert_eq!(self.header("cache-control"), Some("no-cache"));
        assert_eq!(self.header("etag"), None);
        (self.status, error["code"].as_str().expect("a code").to_owned())
    }
}

/// The content type of a JSON body.
pub(crate) const JSON: &str = "application/json";

/// A simulator, and the shortest way to each of its three faces.
pub(crate) struct Sim {
    simulator: Simulator,
}

impl Sim {
    pub(crate) fn start() -> Self {
        Self::with_task_time(0.2)
    }

    pub(crate) fn with_task_time(seconds: f64) -> Self {
        let options = Options { task_time: Duration::from_secs_f64(seconds), ..Options::default() };
        Self { simulator: Simulator::start(options).expect("a simulator") }
    }

    pub(crate) fn of(simulator: Simulator) -> Self {
        Self { simulator }
    }

    pub(crate) fn description(&self) -> &Value {
        self.simulator.description()
    }

    /// A text of the description, such as `/disks/boot`.
    pub(crate) fn known(&self, pointer: &str) -> String {
        let value = self.description().pointer(pointer).and_then(Value::as_str);
        value.unwrap_or_else(|| panic!("no {pointer}")).to_owned()
    }

    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        let url = self.known("/openstack_url");
        request(url.strip_prefix("http://").expect("a plain URL"), method, path, headers, body)
    }

    /// A Katapult request with the token.
    pub(crate) fn katapult(&self, method: &str, path: &str, body: &Value) -> Reply {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.katapult_text(method, path, JSON, &body)
    }

    /// A Katapult request with the token, and a body of any kind.
    pub(crate) fn katapult_text(
        &self,
        method: &str,
        path: &str,
        content_type: &str,
        body: &str,
    ) -> Reply {
        let authorization = format!("Bearer {}", self.known("/api_token"));
        let mut headers = vec![("Authorization", authorization.as_str())];
        if !content_type.is_empty() && !body.is_empty() {
            headers.push(("Content-Type", content_type));
        }
        self.request(method, &format!("/core/v1{path}"), &headers, body)
    }

    /// A Katapult read.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.katapult("GET", path, &Value::Null)
    }

    pub(crate) fn disk(&self, id: &str) -> Value {
        let reply = self.get(&format!("/disks/disk?disk[id]={id}"));
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()["disk"].clone()
    }

    pub(crate) fn task(&self, id: &Value) -> Value {
        let id = id.as_str().expect("an id");
        self.get(&format!("/tasks/task?task[id]={id}")).json()["task"].clone()
    }

    /// Polls the task of an answer until it has ended.
    pub(crate) fn wait(&self, answer: &Value) -> Value {
        wait_for("the task", || {
            let task = self.task(&answer["task"]["id"]);
            task["finished_at"].is_u64().then_some(task)
        })
    }

    /// Creates a disk with these properties beside the necessary ones.
    pub(crate) fn create(&self, properties: &Value) -> Reply {
        let mut all = json!({
            "name": "test",
            "size_in_gb": 20,
            "data_center": { "permalink": self.known("/data_center") },
        });
        for (key, value) in properties.as_object().expect("an object") {
            all[key] = value.clone();
        }
        let organization = json!({ "sub_domain": self.known("/organization") });
        let body = json!({ "organization": organization, "properties": all });
        self.katapult("POST", "/organizations/organization/disks", &body)
    }

    pub(crate) fn nova(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        let token = self.known("/openstack_token");
        let headers = [&[("X-Auth-Token", token.as_str())], headers].concat();
        self.request(method, path, &headers, "")
    }

    /// A request to Nova or Cinder that has JSON.
    pub(crate) fn cloud(&self, method: &str, path: &str, version: &str, body: &Value) -> Reply {
        let token = self.known("/openstack_token");
        let mut headers =
            vec![("X-Auth-Token", token.as_str()), ("Content-Type", "application/json")];
        if !version.is_empty() {
            headers.push(("OpenStack-API-Version", version));
        }
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.request(method, path, &headers, &body)
    }

    /// A token for a user of the description and its project, such as `/other_project`.
    pub(crate) fn token_of(&self, pointer: &str) -> String {
        let known = |name: &str| self.known(&format!("{pointer}/{name}"));
        let domain = |name: &str| json!({ "name": known(name) });
        let user = json!({ "name": known("username"), "password": known("password"),
            "domain": domain("user_domain_name") });
        let project =
            json!({ "name": known("project_name"), "domain": domain("project_domain_name") });
        let identity = json!({ "methods": ["password"], "password": { "user": user } });
        let auth = json!({ "identity": identity, "scope": { "project": project } });
        let body = json!({ "auth": auth }).to_string();
        let reply = self.request("POST", "/identity/v3/auth/tokens", &[], &body);
        reply.header("x-subject-token").expect("a token").to_owned()
    }

    /// Moves the simulator's clock on, and returns its time.
    pub(crate) fn clock(&self, advance_seconds: u64) -> u64 {
        let order = json!({ "advance_seconds": advance_seconds });
        self.control("POST", "/clock", &order)["clock"].as_u64().expect("a time")
    }

    /// A control request, which must succeed.
    pub(crate) fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let reply = self.request(method, &format!("/__sim{path}"), &[], &body);
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.json()
    }
}

/// Asks until there is an answer.
pub(crate) fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(20) {
        if let Some(answer) = ask() {
            return answer;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("waited too long for {what}");
}

/// Keeps a test that counts requests from running into the next minute.
pub(crate) fn avoid_end_of_minute() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock");
    if now.as_secs() % 60 > 54 {
        thread::sleep(Duration::from_secs(60 - now.as_secs() % 60));
    }
}

pub(crate) fn request(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Reply {
    send(address, address, method, path, headers, body)
}

/// A request without body, with another host in its header than where it goes.
pub(crate) fn request_to(
    address: &str,
    host: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> Reply {
    send(address, host, method, path, headers, "")
}

fn send(
    address: &str,
    host: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Reply {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    text += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(text.as_bytes()).expect("a request sent");
    read_reply(&mut BufReader::new(stream))
}

pub(crate) fn read_reply(stream: &mut impl BufRead) -> Reply {
    let mut line = || {
        let mut line = String::new();
        stream.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    };
    let status_line = line();
    let status = status_line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let mut headers = Vec::new();
    loop {
        let line = line();
        let Some((name, value)) = line.split_once(": ") else { break };
        headers.push((name.to_owned(), value.to_owned()));
    }
    let mut reply = Reply {
        status: status.unwrap_or_else(|| panic!("no status in {status_line:?}")),
        headers,
        body: Vec::new(),
    };
    let length = reply.header("content-length").map_or(0, |l| l.parse().expect("a length"));
    reply.body = vec![0; length];
    stream.read_exact(&mut reply.body).expect("a whole body");
    reply
}
