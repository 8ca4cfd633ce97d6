//! The operations on one disk.

use katapult_disk::{
    AssignDisk, AttachDisk, Client, CreateDisk, DeleteDisk, DetachDisk, GetDisk, ResizeDisk,
    Result, SetDiskIoProfile, UnassignDisk, UpdateDisk,
};
use serde_json::Value;

use crate::answers::{part, whole};
use crate::arguments::Arguments;

pub(crate) fn call(
    client: &Client,
    operation: &str,
    arguments: &Arguments,
) -> Result<Option<Value>> {
    if operation == "create_disk" {
        return whole(client, &creation(arguments)?).map(Some);
    }
    let disk = || arguments.lookup("disk_id");
    let value = match operation {
        "get_disk" => part(client, &GetDisk { disk: disk()? }, "disk"),
        "update_disk" => {
            let update = UpdateDisk {
                disk: disk()?,
                properties: arguments.properties()?,
                annotations: arguments.annotations()?,
            };
            part(client, &update, "disk")
        }
        "delete_disk" => whole(client, &DeleteDisk { disk: disk()? }),
        "assign_disk" => {
            let virtual_machine = arguments.lookup("virtual_machine")?;
            part(client, &AssignDisk { disk: disk()?, virtual_machine }, "disk")
        }
        "unassign_disk" => part(client, &UnassignDisk { disk: disk()? }, "disk"),
        "attach_disk" => whole(client, &AttachDisk { disk: disk()? }),
        "detach_disk" => whole(client, &DetachDisk { disk: disk()? }),
        "resize_disk" => {
            let size_in_gb = arguments.whole_number("size_in_gb")?;
            let method = arguments.word("method")?;
            whole(client, &ResizeDisk { disk: disk()?, size_in_gb, method })
        }
        "set_disk_io_profile" => {
            let io_profile = arguments.lookup("io_profile")?;
            whole(client, &SetDiskIoProfile { disk: disk()?, io_profile })
        }
        _ => return Ok(None),
    };
    value.map(Some)
}

pub(crate) fn creation(arguments: &Arguments) -> Result<CreateDisk> {
    Ok(CreateDisk {
        organization: arguments.optional_lookup("organization")?,
        properties: arguments.properties()?,
        annotations: arguments.annotations()?,
        idempotency_key: arguments.optional_text("idempotency_key")?,
    })
}
