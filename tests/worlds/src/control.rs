//! The simulator's control API, over one connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use katapult_sim::{Options, Simulator};
use serde_json::{Value, json};

use crate::scenario::REQUEST_TIMEOUT;

/// How long a task takes: longer than the first poll needs to come, shorter than the pause after it.
const TASK_TIME: Duration = Duration::from_millis(500);

/// A simulator that lives through one world after the other.
pub(crate) struct Bench {
    simulator: Simulator,
    /// How many worlds it has seen.
    worlds: usize,
    connection: Option<BufReader<TcpStream>>,
}

impl Bench {
    pub(crate) fn start() -> io::Result<Bench> {
        let options = Options { task_time: TASK_TIME, rate_limit: 1_000_000, ..Options::default() };
        Ok(Bench { simulator: Simulator::start(options)?, worlds: 0, connection: None })
    }

    /// A new world, with nothing of the one before.
    pub(crate) fn reset(&mut self) -> io::Result<()> {
        self.worlds += 1;
        self.order("POST", "/reset", &Value::Null).map(|_| ())
    }

    /// Options for an OpenStack client, which logs in by names.
    pub(crate) fn cloud_options(&self, client: usize) -> Value {
        let names = [
            "auth_url",
            "username",
            "password",
            "user_domain_name",
            "project_name",
            "project_domain_name",
            "region_name",
        ];
        let mut options = json!({ "timeout": REQUEST_TIMEOUT, "proxy": "",
            "user_agent": self.user_agent(client) });
        for name in names {
            options[name] = self.known(&format!("/{name}")).into();
        }
        options
    }

    fn user_agent(&self, client: usize) -> String {
        format!("worlds/{}.{client}", self.worlds)
    }

    /// Options for a client. No client lives in two worlds: one remembers.
    pub(crate) fn options(&self, client: usize) -> Value {
        json!({
            "base_url": self.known("/katapult_url"),
            "api_token": self.known("/api_token"),
            "timeout": REQUEST_TIMEOUT,
            "proxy": "",
            "user_agent": self.user_agent(client),
        })
    }

    /// A text of the simulator's description, such as `/api_token`.
    pub(crate) fn known(&self, pointer: &str) -> &str {
        let value = self.simulator.description().pointer(pointer);
        value.and_then(Value::as_str).unwrap_or_default()
    }

    /// Gives an order. A mistake in it is an error.
    pub(crate) fn order(&mut self, method: &str, path: &str, body: &Value) -> io::Result<Value> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let length = body.len();
        let text = format!(
            "{method} /__sim{path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => BufReader::new(self.connect()?),
        };
        connection.get_mut().write_all(text.as_bytes())?;
        let (status, reply) = read_reply(&mut connection)?;
        self.connection = Some(connection);
        if status != 200 {
            let text = String::from_utf8_lossy(&reply);
            return Err(io::Error::other(format!("{path}: {status} {text}: {body}")));
        }
        Ok(serde_json::from_slice(&reply)?)
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let url = self.known("/control_url").trim_start_matches("http://");
        let stream = TcpStream::connect(url.split('/').next().unwrap_or_default())?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }
}

fn read_reply(connection: &mut BufReader<TcpStream>) -> io::Result<(u16, Vec<u8>)> {
    let mut line = || {
        let mut line = String::new();
        connection.read_line(&mut line)?;
        Ok::<String, io::Error>(line.trim_end().to_owned())
    };
    let status = line()?.split(' ').nth(1).and_then(|status| status.parse().ok());
    let mut length = 0;
    loop {
        let line = line()?.to_ascii_lowercase();
        match line.split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap_or_default(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    connection.read_exact(&mut body)?;
    Ok((status.unwrap_or_default(), body))
}
