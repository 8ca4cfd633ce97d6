//! The operations of the OpenStack client.

use katapult_disk::openstack::{
    Client, GetVolumeAttachment, ListVolumeAttachments, Nova, VolumeAttachment,
};
use katapult_disk::{Error, Operation, Progress, Result, WaitOptions};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::katapult::parsed;
use crate::question::Question;

pub(crate) fn call(client: &Client, question: &Question) -> Result<Value> {
    match question.operation() {
        "openstack_detach_volume" => detach(client, question),
        "openstack_get_volume_attachment" => send::<GetVolumeAttachment>(client, question),
        "openstack_list_volume_attachments" => send::<ListVolumeAttachments>(client, question),
        "openstack_request" => {
            let (method, path, request) = question.own_request();
            Ok(parsed(client.request_with_json(method, path, &request)?.body()))
        }
        operation => Err(Error::internal(format!("the driver does not know {operation:?}"))),
    }
}

fn send<O>(client: &Client, question: &Question) -> Result<Value>
where
    O: Operation<Nova> + DeserializeOwned,
{
    let (_, response) = client.call_with_response(&question.read::<O>()?)?;
    Ok(parsed(response.body()))
}

fn detach(client: &Client, question: &Question) -> Result<Value> {
    let id = |name: &str| question.0["named"][name].as_str().unwrap_or_default().to_owned();
    let (server_id, volume_id) = (id("server_id"), id("volume_id"));
    let missing_ok = question.0["request"]["missing_ok"] == true;
    if !question.waits() {
        let detach = client.detach_volume(&server_id, &volume_id, missing_ok)?;
        return Ok(parsed(&detach.to_json()));
    }
    let mut progress = |progress: &Progress<'_, VolumeAttachment>| {
        let seen = &progress.seen.volume_id;
        if *seen == volume_id && progress.json().contains(seen) {
            Ok(())
        } else {
            Err(Error::internal(format!("progress saw the volume {seen}")))
        }
    };
    let options = WaitOptions { progress: Some(&mut progress), ..question.wait_options()? };
    let detach = client.detach_volume_and_wait(&server_id, &volume_id, missing_ok, options)?;
    Ok(parsed(&detach.to_json()))
}
