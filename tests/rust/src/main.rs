//! Runs operations through the Rust crate for the tests of all faces: a JSON line in, one out.
//!
//! `{"client": {…}, "operation": "get_disk", "arguments": {…}}` is answered with `{"value": …}`,
//! which is what Python's `to_dict()` gives, or with `{"error": …}`.

mod arguments;

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::time::Duration;

use katapult_disk::{
    AssignDisk, AttachDisk, Client, Config, CreateDisk, DeleteDisk, DetachDisk, Error, GetDisk,
    GetTask, ListDisks, ListOperation, ListVirtualMachineDisks, Operation, PageCursor, ResizeDisk,
    Result, SetDiskIoProfile, UnassignDisk, UpdateDisk, openstack,
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
            "get_task" | "wait_task" => task_operation(client, operation, &arguments),
            "list_disks" | "list_virtual_machine_disks" => {
                list_operation(client, operation, &arguments)
            }
            _ => disk_operation(client, operation, &arguments),
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

fn list_operation(client: &Client, operation: &str, arguments: &Arguments) -> Result<Value> {
    match operation {
        "list_disks" => {
            let list = ListDisks {
                organization: arguments.optional_lookup("organization")?,
                annotations: arguments.annotations()?,
                page: None,
                per_page: arguments.optional_whole_number("page_size")?.or(Some(200)),
            };
            items(client, list)
        }
        _ => {
            let virtual_machine = arguments.lookup("virtual_machine")?;
            items(client, ListVirtualMachineDisks { virtual_machine, page: None, per_page: None })
        }
    }
}

/// All items as they came, page by page.
fn items<O: ListOperation>(client: &Client, list: O) -> Result<Value> {
    let mut cursor = PageCursor::new(list);
    let mut items = Vec::new();
    while let Some((response, decoded)) = cursor.fetch(client)? {
        let Value::Array(page) = parsed(response.body())[O::ITEMS_KEY].take() else {
            return Err(Error::internal("the items are no array"));
        };
        if page.len() != decoded.len() {
            return Err(Error::internal("not every item was decoded"));
        }
        items.extend(page);
    }
    Ok(Value::Array(items))
}

fn task_operation(client: &Client, operation: &str, arguments: &Arguments) -> Result<Value> {
    let task = arguments.lookup("task_id")?;
    if operation == "get_task" {
        return part(send(client, &GetTask { task }), "task");
    }
    let timeout = arguments.0.get("timeout").and_then(Value::as_f64);
    let last = client.wait_task_response(
        task,
        timeout.map(Duration::from_secs_f64),
        &mut |_, _| Ok(()),
    )?;
    part(Ok(parsed(last.body())), "task")
}

fn disk_operation(client: &Client, operation: &str, arguments: &Arguments) -> Result<Value> {
    if operation == "create_disk" {
        return create_disk(client, arguments);
    }
    let disk = arguments.lookup("disk_id")?;
    match operation {
        "get_disk" => part(send(client, &GetDisk { disk }), "disk"),
        "update_disk" => {
            let properties = arguments.properties()?;
            let annotations = arguments.annotations()?;
            part(send(client, &UpdateDisk { disk, properties, annotations }), "disk")
        }
        "delete_disk" => send(client, &DeleteDisk { disk }),
        "assign_disk" => {
            let virtual_machine = arguments.lookup("virtual_machine")?;
            part(send(client, &AssignDisk { disk, virtual_machine }), "disk")
        }
        "unassign_disk" => part(send(client, &UnassignDisk { disk }), "disk"),
        "attach_disk" => send(client, &AttachDisk { disk }),
        "detach_disk" => send(client, &DetachDisk { disk }),
        "resize_disk" => {
            let size_in_gb = arguments.whole_number("size_in_gb")?;
            send(client, &ResizeDisk { disk, size_in_gb, method: arguments.word("method")? })
        }
        "set_disk_io_profile" => {
            let io_profile = arguments.lookup("io_profile")?;
            send(client, &SetDiskIoProfile { disk, io_profile })
        }
        other => Err(Error::internal(format!("the driver does not know {other:?}"))),
    }
}

fn create_disk(client: &Client, arguments: &Arguments) -> Result<Value> {
    let create = CreateDisk {
        organization: arguments.optional_lookup("organization")?,
        properties: arguments.properties()?,
        annotations: arguments.annotations()?,
    };
    send(client, &create)
}

/// The object that Python's `to_dict()` gives, where a body holds more.
fn part(body: Result<Value>, name: &str) -> Result<Value> {
    body.map(|mut body| body[name].take())
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
