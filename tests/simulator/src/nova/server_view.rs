//! A server with all that Nova tells about it to those who are no administrators. Not captured: the
//! names and their order are of its source, and so are the microversions.

use serde_json::{Value, json};

use super::host::host_id;
use super::{Call, flavors};
use crate::state::{Server, State, iso_time, timestamp};

pub(super) fn basic(server: &Server, call: &Call<'_>) -> Value {
    json!({
        "id": server.id,
        "name": server.name,
        "links": call.links.to("servers", &server.id),
    })
}

/// As in a list; [`alone`] has what only the server itself shows.
pub(super) fn detailed(state: &State, server: &Server, call: &Call<'_>) -> Value {
    let minor = call.minor();
    let mut view = json!({
        "id": server.id,
        "name": server.name,
        "status": server.status(),
        "tenant_id": server.project_id,
        "user_id": server.user_id,
        "metadata": {},
        "hostId": host_id(server.project_id),
        // It was started from its root volume.
        "image": "",
        "flavor": flavors::of_server(call),
        "created": iso_time(server.created_at),
        "updated": iso_time(server.updated_at),
        "addresses": addresses(server),
        "accessIPv4": "",
        "accessIPv6": "",
        "links": call.links.to("servers", &server.id),
        "OS-DCF:diskConfig": "MANUAL",
    });
    if server.status() == "ERROR" {
        view["fault"] = json!({
            "code": 500,
            "created": iso_time(server.updated_at),
            "message": "The server is in vm_state error",
        });
    }
    if ["ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING"]
        .contains(&server.status())
    {
        view["progress"] = json!(0);
    }
    view["OS-EXT-AZ:availability_zone"] = json!("nova");
    if minor >= 96 {
        view["pinned_availability_zone"] = Value::Null;
    }
    view["config_drive"] = json!("");
    view["key_name"] = Value::Null;
    view["OS-SRV-USG:launched_at"] = json!(timestamp(server.created_at));
    view["OS-SRV-USG:terminated_at"] = Value::Null;
    if minor >= 90 {
        view["OS-EXT-SRV-ATTR:hostname"] = json!(server.name);
    }
    view["security_groups"] = json!([{ "name": "default" }]);
    view["OS-EXT-STS:task_state"] = json!(server.task_state);
    view["OS-EXT-STS:vm_state"] = json!(server.vm_state);
    view["OS-EXT-STS:power_state"] = json!(power_state(server));
    view["os-extended-volumes:volumes_attached"] = volumes(state, server, minor);
    if minor >= 9 {
        view["locked"] = json!(server.locked);
    }
    if minor >= 73 {
        view["locked_reason"] = Value::Null;
    }
    if minor >= 19 {
        view["description"] = Value::Null;
    }
    if minor >= 26 {
        view["tags"] = json!([]);
    }
    if minor >= 63 {
        view["trusted_image_certificates"] = Value::Null;
    }
    if minor >= 100 {
        view["scheduler_hints"] = json!({});
    }
    view
}

pub(super) fn alone(state: &State, server: &Server, call: &Call<'_>) -> Value {
    let mut view = detailed(state, server, call);
    if call.minor() >= 71 {
        view["server_groups"] = json!([]);
    }
    view
}

fn addresses(server: &Server) -> Value {
    if server.vm_state == "building" {
        return json!({});
    }
    let digits = server.id.replace('-', "");
    let mac: Vec<_> = (0..3).filter_map(|pair| digits.get(pair * 2..pair * 2 + 2)).collect();
    json!({
        "sim-network": [{
            "version": 4,
            "addr": server.address,
            "OS-EXT-IPS:type": "fixed",
            "OS-EXT-IPS-MAC:mac_addr": format!("fa:16:3e:{}", mac.join(":")),
        }],
    })
}

/// Nova's numbers: nothing known, running, paused, shut down.
fn power_state(server: &Server) -> u8 {
    match server.vm_state.as_str() {
        "active" | "resized" | "rescued" => 1,
        "paused" => 3,
        "stopped" | "suspended" | "shelved" | "soft-delete" => 4,
        _ => 0,
    }
}

fn volumes(state: &State, server: &Server, minor: u32) -> Value {
    let attached = state.volumes.iter().filter(|volume| volume.is_attached_to(&server.id));
    let views = attached.map(|volume| {
        let mut view = json!({ "id": volume.id });
        if let Some(attachment) = volume.attachment.as_ref().filter(|_| minor >= 3) {
            view["delete_on_termination"] = json!(attachment.delete_on_termination);
        }
        view
    });
    views.collect()
}
