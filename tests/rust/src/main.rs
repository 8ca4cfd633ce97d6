//! Runs operations through the Rust crate for the tests of all faces: a JSON line in, one out.
//!
//! `{"client": {…}, "operation": "get_disk", "arguments": {…}}` is answered with `{"value": …}`,
//! which is what Python's `to_dict()` gives, or with `{"error": …}`.

mod arguments;

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::time::Duration;

use katapult_disk::{
    Client, Config, CreateDisk, DetachDisk, Error, GetDisk, GetTask, Operation, Result, UpdateDisk,
    openstack,
};
use serde_json::{Value, json};

use arguments::Arguments;

#[derive(Default)]
struct Driver {
    /// One client for each options object, so that connections are kept as in a real program.
    clients: HashMap<String, Client>,
    openstack_clients: HashMap<String, openstack::Client>,
}

fn main() -> io::Result<()> {
    let mut driver = Driver::default();
    let mut stdout = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let answer = match driver.answer(&question) {
            Ok(value) => json!({ "value": value }),
            Err(error) => json!({ "error": serde_json::from_str::<Value>(&error.to_json())? }),
        };
        writeln!(stdout, "{answer}")?;
        stdout.flush()?;
    }
    Ok(())
}

impl Driver {
    fn answer(&mut self, question: &Value) -> Result<Value> {
        let options = question["client"].to_string();
        let arguments = Arguments(&question["arguments"]);
        let operation = question["operation"].as_str().unwrap_or_default();
        if operation == "openstack_detach_volume" {
            let detach = self
                .openstack_client(options)?
                .detach_volume(&arguments.text("server_id")?, &arguments.text("volume_id")?)?;
            return Ok(json!({ "request_id": detach.request_id }));
        }
        let client = self.client(options)?;
        match operation {
            "create_disk" => {
                let create = CreateDisk {
                    organization: arguments.optional_lookup("organization")?,
                    properties: arguments.properties()?,
                    annotations: arguments.annotations()?,
                };
                let body = send(client, &create)?;
                Ok(body)
            }
            "get_disk" => {
                let body = send(client, &GetDisk { disk: arguments.lookup("disk_id")? })?;
                Ok(body["disk"].clone())
            }
            "update_disk" => {
                let update = UpdateDisk {
                    disk: arguments.lookup("disk_id")?,
                    properties: arguments.properties()?,
                    annotations: arguments.annotations()?,
                };
                let body = send(client, &update)?;
                Ok(body["disk"].clone())
            }
            "detach_disk" => send(client, &DetachDisk { disk: arguments.lookup("disk_id")? }),
            "get_task" => {
                let body = send(client, &GetTask { task: arguments.lookup("task_id")? })?;
                Ok(body["task"].clone())
            }
            "wait_task" => {
                let timeout = arguments.0.get("timeout").and_then(Value::as_f64);
                let last = client.wait_task_response(
                    arguments.lookup("task_id")?,
                    timeout.map(Duration::from_secs_f64),
                    &mut |_, _| Ok(()),
                )?;
                Ok(parsed(last.body())["task"].clone())
            }
            other => Err(Error::internal(format!("the driver does not know {other:?}"))),
        }
    }

    fn client(&mut self, options: String) -> Result<&Client> {
        if !self.clients.contains_key(&options) {
            let client = Client::new(Config::from_json(&options)?.or_env()?)?;
            self.clients.insert(options.clone(), client);
        }
        Ok(&self.clients[&options])
    }

    fn openstack_client(&mut self, options: String) -> Result<&openstack::Client> {
        if !self.openstack_clients.contains_key(&options) {
            let config = openstack::Config::from_json(&options)?.or_env()?;
            self.openstack_clients.insert(options.clone(), openstack::Client::new(&config)?);
        }
        Ok(&self.openstack_clients[&options])
    }
}

/// The body as it came, provided that it decodes to the crate's types too.
fn send<O: Operation>(client: &Client, operation: &O) -> Result<Value> {
    let response = client.send(operation)?;
    response.decode::<O::Output>()?;
    Ok(parsed(response.body()))
}

/// The crate has checked that a body is JSON.
fn parsed(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_default()
}
