//! The workflows: what waits, what begins with `ensure_`, and a create with an idempotency key.

use std::time::Duration;

use katapult_disk::{
    AttachDisk, CallAndWait, Client, CreateDiskOnce, DetachDisk, EnsureDiskAttached,
    EnsureDiskDeleted, EnsureDiskDetached, EnsureDiskSize, EnsureDiskUnassigned, PurgeAllTrash,
    PurgeTrashObject, ResizeDisk, Result, SetDiskIoProfile, Workflow,
};
use serde_json::Value;

use crate::answers::parsed;
use crate::arguments::Arguments;
use crate::disks;

pub(crate) fn call(
    client: &Client,
    operation: &str,
    arguments: &Arguments,
) -> Result<Option<Value>> {
    let wait = arguments.flag("wait")?.unwrap_or(false);
    if operation == "create_disk" && (wait || arguments.0.get("idempotency_key").is_some()) {
        let create = disks::creation(arguments)?;
        return run(client, &CreateDiskOnce { create, wait }, arguments).map(Some);
    }
    if wait {
        return call_and_wait(client, operation, arguments);
    }
    let disk = || arguments.lookup("disk_id");
    let virtual_machine = || arguments.optional_lookup("virtual_machine");
    let (result, member) = match operation {
        "ensure_disk_attached" => {
            let ensure = EnsureDiskAttached { disk: disk()?, virtual_machine: virtual_machine()? };
            (run(client, &ensure, arguments), "disk")
        }
        "ensure_disk_detached" => {
            let ensure = EnsureDiskDetached { disk: disk()?, virtual_machine: virtual_machine()? };
            (run(client, &ensure, arguments), "disk")
        }
        "ensure_disk_unassigned" => {
            let ensure =
                EnsureDiskUnassigned { disk: disk()?, virtual_machine: virtual_machine()? };
            (run(client, &ensure, arguments), "disk")
        }
        "ensure_disk_size" => {
            let size_in_gb = arguments.whole_number("size_in_gb")?;
            let ensure =
                EnsureDiskSize { disk: disk()?, size_in_gb, method: arguments.word("method")? };
            (run(client, &ensure, arguments), "disk")
        }
        "ensure_disk_deleted" => {
            let purge = arguments.flag("purge")?.unwrap_or(false);
            (run(client, &EnsureDiskDeleted { disk: disk()?, purge }, arguments), "trash_object")
        }
        _ => return Ok(None),
    };
    result.map(|mut body| Some(body[member].take()))
}

fn call_and_wait(client: &Client, operation: &str, arguments: &Arguments) -> Result<Option<Value>> {
    let disk = || arguments.lookup("disk_id");
    let task = |result: Result<Value>| result.map(|mut body| body["task"].take());
    let value = match operation {
        "attach_disk" => run(client, &CallAndWait(AttachDisk { disk: disk()? }), arguments),
        "detach_disk" => run(client, &CallAndWait(DetachDisk { disk: disk()? }), arguments),
        "resize_disk" => {
            let size_in_gb = arguments.whole_number("size_in_gb")?;
            let method = arguments.word("method")?;
            let resize = ResizeDisk { disk: disk()?, size_in_gb, method };
            run(client, &CallAndWait(resize), arguments)
        }
        "set_disk_io_profile" => {
            let io_profile = arguments.lookup("io_profile")?;
            let set = SetDiskIoProfile { disk: disk()?, io_profile };
            run(client, &CallAndWait(set), arguments)
        }
        "purge_trash_object" => {
            let trash_object = arguments.lookup("trash_object")?;
            task(run(client, &CallAndWait(PurgeTrashObject { trash_object }), arguments))
        }
        "purge_all_trash" => {
            let organization = arguments.optional_lookup("organization")?;
            task(run(client, &CallAndWait(PurgeAllTrash { organization }), arguments))
        }
        _ => return Ok(None),
    };
    value.map(Some)
}

/// The result as it came, provided that it decodes to the crate's types too.
fn run<W: Workflow>(client: &Client, workflow: &W, arguments: &Arguments) -> Result<Value> {
    let timeout = match arguments.0.get("timeout") {
        None => Some(Client::DEFAULT_WAIT),
        Some(limit) => limit.as_f64().map(Duration::from_secs_f64),
    };
    let response = client.run_response(workflow, timeout, &mut |_, _| Ok(()))?;
    response.decode::<W::Output>()?;
    Ok(parsed(response.body()))
}
