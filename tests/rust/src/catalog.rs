//! The operations that read what an organization may use: templates, data centers, machines.

use katapult_disk::{
    Client, GetDataCenter, GetDiskTemplate, GetDiskTemplateVersion, GetDiskTemplateVersionSpec,
    GetVirtualMachine, Result,
};
use serde_json::Value;

use crate::answers::{part, whole};
use crate::arguments::Arguments;

pub(crate) fn call(
    client: &Client,
    operation: &str,
    arguments: &Arguments,
) -> Result<Option<Value>> {
    let value = match operation {
        "get_data_center" => {
            let data_center = arguments.lookup("data_center")?;
            part(client, &GetDataCenter { data_center }, "data_center")
        }
        "get_disk_template" => {
            let disk_template = arguments.lookup("disk_template")?;
            part(client, &GetDiskTemplate { disk_template }, "disk_template")
        }
        "get_disk_template_version" => {
            let disk_template_version = arguments.lookup("disk_template_version_id")?;
            let get = GetDiskTemplateVersion { disk_template_version };
            part(client, &get, "disk_template_version")
        }
        "get_disk_template_version_spec" => {
            let disk_template_version = arguments.lookup("disk_template_version_id")?;
            whole(client, &GetDiskTemplateVersionSpec { disk_template_version })
        }
        "get_virtual_machine" => {
            let virtual_machine = arguments.lookup("virtual_machine")?;
            part(client, &GetVirtualMachine { virtual_machine }, "virtual_machine")
        }
        _ => return Ok(None),
    };
    value.map(Some)
}
