//! Calls the library: the crate itself, or one of the other faces through a program.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use katapult_disk::{
    AttachDisk, CallAndWait, Client, Config, CreateDiskOnce, DetachDisk, EnsureDiskAttached,
    EnsureDiskDeleted, EnsureDiskDetached, EnsureDiskSize, EnsureDiskUnassigned, Error,
    PurgeTrashObject, ResizeDisk, SetDiskIoProfile, WaitOptions, Workflow, from_json, openstack,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// What a call came to: what it gave, or its error in the C library's form.
pub(crate) type Outcome = Result<Value, Value>;

/// One way into the library.
pub(crate) enum Face {
    /// The client, and its options.
    Core(Box<Option<(String, Client)>>),
    /// A program that answers a line of JSON with a line of JSON.
    Program { child: Child, stdin: ChildStdin, stdout: BufReader<ChildStdout> },
}

impl Face {
    /// The crate, or what a command line starts.
    pub(crate) fn new(command: Option<&str>) -> io::Result<Face> {
        let Some(command) = command else { return Ok(Face::Core(Box::default())) };
        let mut words = command.split_whitespace();
        let program = words.next().unwrap_or_default();
        let mut child = Command::new(program)
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a program without pipes"));
        };
        Ok(Face::Program { child, stdin, stdout: BufReader::new(stdout) })
    }

    /// Calls an operation by its name in Python, with its arguments there. The same options are the same
    /// client.
    pub(crate) fn call(
        &mut self,
        options: &Value,
        operation: &str,
        arguments: &Value,
    ) -> io::Result<Outcome> {
        match self {
            Face::Core(client) => Ok(of_core(client, options, operation, arguments)
                .map_err(|error| serde_json::from_str(&error.to_json()).unwrap_or_default())),
            Face::Program { stdin, stdout, .. } => {
                let question = json!({ "options": options, "operation": operation,
                    "arguments": arguments });
                writeln!(stdin, "{question}")?;
                let mut line = String::new();
                if stdout.read_line(&mut line)? == 0 {
                    return Err(io::Error::other("the face's program has ended"));
                }
                let mut reply: Value = serde_json::from_str(&line)?;
                let error = reply["error"].take();
                Ok(if error.is_null() { Ok(reply["value"].take()) } else { Err(error) })
            }
        }
    }
}

impl Drop for Face {
    fn drop(&mut self) {
        if let Face::Program { child, .. } = self {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn of_core(
    kept: &mut Option<(String, Client)>,
    options: &Value,
    operation: &str,
    arguments: &Value,
) -> katapult_disk::Result<Value> {
    let options = options.to_string();
    if operation == "openstack_detach_volume" {
        return detach_volume(&options, arguments);
    }
    if kept.as_ref().is_none_or(|(its_options, _)| *its_options != options) {
        *kept = Some((options.clone(), Client::new(Config::from_json(&options)?)?));
    }
    let Some((_, client)) = kept else { return Err(Error::internal("no client")) };
    let run = Run { client, arguments };
    match operation {
        "ensure_disk_attached" => run.read_and_run::<EnsureDiskAttached>(),
        "ensure_disk_detached" => run.read_and_run::<EnsureDiskDetached>(),
        "ensure_disk_unassigned" => run.read_and_run::<EnsureDiskUnassigned>(),
        "ensure_disk_size" => run.read_and_run::<EnsureDiskSize>(),
        "ensure_disk_deleted" => run.read_and_run::<EnsureDiskDeleted>(),
        "create_disk" => {
            let wait = arguments["wait"] == true;
            run.run(&CreateDiskOnce::new(from_json(&run.of_create(), &[])?, wait))
        }
        "attach_disk" => run.run(&CallAndWait(run.read::<AttachDisk>()?)),
        "detach_disk" => run.run(&CallAndWait(run.read::<DetachDisk>()?)),
        "resize_disk" => run.run(&CallAndWait(run.read::<ResizeDisk>()?)),
        "set_disk_io_profile" => run.run(&CallAndWait(run.read::<SetDiskIoProfile>()?)),
        "purge_trash_object" => run.run(&CallAndWait(run.read::<PurgeTrashObject>()?)),
        other => Err(Error::internal(format!("no face for {other}"))),
    }
}

/// Each world has a client of its own, since it remembers its token.
fn detach_volume(options: &str, arguments: &Value) -> katapult_disk::Result<Value> {
    let client = openstack::Client::new(&openstack::Config::from_json(options)?)?;
    let text = |name: &str| arguments[name].as_str().unwrap_or_default();
    let (server_id, volume_id) = (text("server_id"), text("volume_id"));
    let missing_ok = arguments["missing_ok"] == true;
    let detach = if arguments["wait"] == true {
        let options = WaitOptions { timeout: timeout_of(arguments), progress: None };
        client.detach_volume_and_wait(server_id, volume_id, missing_ok, options)?
    } else {
        client.detach_volume(server_id, volume_id, missing_ok)?
    };
    Ok(json!({ "request_id": detach.request_id }))
}

fn timeout_of(arguments: &Value) -> Option<Duration> {
    arguments["timeout"].as_f64().map(Duration::from_secs_f64)
}

struct Run<'a> {
    client: &'a Client,
    arguments: &'a Value,
}

impl Run<'_> {
    fn read<T: DeserializeOwned>(&self) -> katapult_disk::Result<T> {
        from_json(&Value::Object(self.members(&["timeout", "wait"])).to_string(), &[])
    }

    fn read_and_run<W: Workflow + DeserializeOwned>(&self) -> katapult_disk::Result<Value> {
        self.run(&self.read::<W>()?)
    }

    /// The arguments without those.
    fn members(&self, without: &[&str]) -> Map<String, Value> {
        let members = self.arguments.as_object().into_iter().flatten();
        let members = members.filter(|(name, _)| !without.contains(&name.as_str()));
        members.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// As the API's body has them.
    fn of_create(&self) -> String {
        let beside = ["organization", "idempotency_key", "timeout", "wait"];
        let mut request = self.members(&["timeout", "wait", "name", "size_in_gb", "data_center"]);
        request.insert("properties".into(), self.members(&beside).into());
        Value::Object(request).to_string()
    }

    fn run<W: Workflow>(&self, workflow: &W) -> katapult_disk::Result<Value> {
        let options = WaitOptions { timeout: timeout_of(self.arguments), progress: None };
        let (_, response) = self.client.run_with_response(workflow, options)?;
        Ok(serde_json::from_str(response.body()).unwrap_or_default())
    }
}
