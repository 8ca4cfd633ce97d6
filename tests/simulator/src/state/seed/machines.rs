//! Virtual machines, with all the fields that were recorded; some of them are in no document:
//! `suspended`, `suspended_at`, an address's `subnet`. Their organization is added when they are shown.

use serde_json::{Map, Value, json};

use super::catalog::{data_centers, packages};
use super::networks::networks;
use super::{ORGANIZATION, RUNNING_MACHINE, STOPPED_MACHINE};
use crate::state::{Annotation, VirtualMachine};

pub(super) fn machines(now: u64) -> Vec<VirtualMachine> {
    let made = now - 3600;
    let role = Annotation { key: "role".into(), value: "web".into() };
    let fqdns = ["web-1.sim-acme.example.com", "spare-1.sim-acme.example.com"];
    vec![
        VirtualMachine {
            organization: ORGANIZATION.into(),
            document: machine(RUNNING_MACHINE, "web-1", fqdns[0], "started", made),
            annotations: vec![role],
        },
        VirtualMachine {
            organization: ORGANIZATION.into(),
            document: machine(STOPPED_MACHINE, "spare-1", fqdns[1], "stopped", made),
            annotations: Vec::new(),
        },
    ]
}

pub(in crate::state) fn machine(
    id: &str,
    name: &str,
    fqdn: &str,
    state: &str,
    created_at: u64,
) -> Map<String, Value> {
    let [_, package, _] = packages();
    let document = json!({
        "id": id,
        "name": name,
        "hostname": fqdn.split('.').next(),
        "fqdn": fqdn,
        "description": null,
        "created_at": created_at,
        "initial_root_password": "simulated-secret-k3Fw9",
        "state": state,
        "suspended": false,
        "suspended_at": null,
        "zone": zone(),
        "organization": null,
        "group": null,
        "package": package,
        "attached_iso": null,
        "memory_in_gb": package.memory_in_gb,
        "cpu_cores": package.cpu_cores,
        "use_dedicated_cpus": package.use_dedicated_cpus,
        "gpu_type": null,
        "gpus": [],
        "tags": [],
        "tag_names": [],
        "ip_addresses": [address(id, fqdn)],
    });
    match document {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

fn zone() -> Value {
    let [data_center, _] = data_centers();
    json!({
        "id": "zone_SimZone000000001",
        "name": "North 1",
        "permalink": "sim-north-zone-1",
        "data_center": data_center.whole(),
    })
}

/// From the block that is reserved for documentation.
fn address(machine: &str, fqdn: &str) -> Value {
    let [network, _] = networks();
    json!({
        "id": "ip_SimIPAddress0001",
        "address": "192.0.2.10",
        "reverse_dns": fqdn,
        "vip": false,
        "label": null,
        "address_with_mask": "192.0.2.10/24",
        "network": {
            "id": network.id,
            "name": network.name,
            "permalink": network.permalink,
            "default": network.default,
            "data_center": network.data_center.whole(),
        },
        "subnet": {
            "id": "sbnt_SimSubnet0000001",
            "address": "192.0.2.0",
            "mask": 24,
            "version": 4,
            "gateway": "192.0.2.1",
            "billable": true,
        },
        "allocation_id": machine,
        "allocation_type": "VirtualMachine",
    })
}
