//! A volume, as Cinder shows it to those who are no administrators.

use serde_json::{Value, json};

use super::Call;
use crate::state::{Attachment, Volume, timestamp};

pub(super) fn summary(volume: &Volume, call: &Call) -> Value {
    json!({ "id": volume.id, "name": volume.name, "links": links(volume, call) })
}

/// captured with 3.0; what comes with later versions is of Cinder's documents.
pub(super) fn detailed(volume: &Volume, call: &Call) -> Value {
    let attachment = volume.attachment_in_cinder().map(|it| attachment_view(volume, it));
    let mut view = json!({
        "id": volume.id,
        "status": volume.status(),
        "size": volume.size_in_gb,
        "availability_zone": "nova",
        "created_at": timestamp(volume.created_at),
        "updated_at": volume.updated_at.map(timestamp),
        "name": volume.name,
        "description": volume.description,
        "volume_type": "__DEFAULT__",
        "snapshot_id": null,
        "source_volid": null,
        "metadata": volume.metadata,
        "links": links(volume, call),
        "user_id": volume.user_id,
        "bootable": if volume.bootable { "true" } else { "false" },
        "encrypted": false,
        "replication_status": null,
        "consistencygroup_id": null,
        "multiattach": false,
        "attachments": attachment.into_iter().collect::<Vec<_>>(),
        "os-vol-tenant-attr:tenant_id": volume.project_id,
    });
    let later: [(u32, &str, Value); 5] = [
        (13, "group_id", Value::Null),
        (48, "service_uuid", Value::Null),
        (48, "shared_targets", json!(false)),
        (63, "volume_type_id", json!("9b7f0c5d-2a41-4f6e-8f0e-3c1d5a7b9e24")),
        (65, "consumes_quota", json!(true)),
    ];
    for (since, name, value) in later {
        if call.version.minor >= since {
            view[name] = value;
        }
    }
    view
}

fn attachment_view(volume: &Volume, attachment: &Attachment) -> Value {
    json!({
        "id": volume.id,
        "attachment_id": attachment.attachment_id,
        "volume_id": volume.id,
        "server_id": attachment.server_id,
        "host_name": null,
        "device": attachment.device,
        "attached_at": timestamp(attachment.attached_at),
    })
}

/// captured for a URL with a project.
fn links(volume: &Volume, call: &Call) -> Value {
    let Call { endpoint, project, .. } = call;
    json!([
        { "rel": "self", "href": format!("{endpoint}/v3{project}/volumes/{}", volume.id) },
        { "rel": "bookmark", "href": format!("{endpoint}{project}/volumes/{}", volume.id) },
    ])
}
