//! The operations of the OpenStack client.

use std::time::Duration;

use katapult_disk::openstack::{
    Client, DetachOptions, VolumeAttachment, VolumeAttachmentAnswer, VolumeAttachmentList,
    VolumeDetach,
};
use katapult_disk::{Error, Result};
use serde_json::{Value, json};

use crate::answers::parsed;
use crate::arguments::Arguments;

pub(crate) fn call(client: &Client, operation: &str, arguments: &Arguments) -> Result<Value> {
    let server_id = arguments.text("server_id")?;
    let volume_id = || arguments.text("volume_id");
    match operation {
        "openstack_detach_volume" => {
            let VolumeDetach { request_id } = detach(client, &server_id, &volume_id()?, arguments)?;
            Ok(json!({ "request_id": request_id }))
        }
        "openstack_get_volume_attachment" => {
            let response = client.get_volume_attachment_response(&server_id, &volume_id()?)?;
            response.decode::<VolumeAttachmentAnswer>()?;
            Ok(parsed(response.body())["volumeAttachment"].take())
        }
        "openstack_list_volume_attachments" => {
            let response = client.list_volume_attachments_response(&server_id)?;
            response.decode::<VolumeAttachmentList>()?;
            Ok(parsed(response.body())["volumeAttachments"].take())
        }
        _ => Err(Error::internal(format!("the driver does not know {operation:?}"))),
    }
}

fn detach(
    client: &Client,
    server_id: &str,
    volume_id: &str,
    arguments: &Arguments,
) -> Result<VolumeDetach> {
    let missing_ok = arguments.flag("missing_ok")?.unwrap_or(false);
    if !arguments.flag("wait")?.unwrap_or(false) {
        return client.detach_volume(server_id, volume_id, missing_ok);
    }
    let mut progress = |attachment: &VolumeAttachment| {
        if attachment.volume_id == volume_id {
            Ok(())
        } else {
            Err(Error::internal(format!("progress saw the volume {}", attachment.volume_id)))
        }
    };
    let mut options =
        DetachOptions { missing_ok, progress: Some(&mut progress), ..DetachOptions::default() };
    if let Some(timeout) = arguments.0.get("timeout") {
        options.timeout = timeout.as_f64().map(Duration::from_secs_f64);
    }
    client.detach_volume_and_wait(server_id, volume_id, options)
}
