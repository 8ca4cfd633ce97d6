//! The organizations, and what the second one has.

use serde_json::{Map, Value, json};

use super::catalog::{country, io_profiles};
use super::disks::disk;
use super::machines::machine;
use super::{ORGANIZATION, OTHER_ORGANIZATION};
use crate::state::{
    Disk, Organization, OrganizationState, State, VirtualMachine, VirtualMachineDisk,
};

const OTHER_MACHINE: &str = "vm_SimOtherServer001";
const OTHER_BOOT_DISK: &str = "disk_SimOtherBoot0001";
const OTHER_UNASSIGNED_DISK: &str = "disk_SimOtherSpare001";

pub(super) fn organizations() -> Vec<Organization> {
    [(ORGANIZATION, "sim-acme", "Sim Acme"), (OTHER_ORGANIZATION, "sim-umbra", "Sim Umbra")]
        .map(|(id, sub_domain, name)| organization(id, sub_domain, name))
        .into()
}

/// With all the fields that were recorded; `uuid` is in no document.
pub(in crate::state) fn organization(id: &str, sub_domain: &str, name: &str) -> Organization {
    let document = json!({
        "id": id,
        "uuid": "6f0e3c1e-1c57-4b0c-9d7e-5a3a2b1c0d9e",
        "name": name,
        "sub_domain": sub_domain,
        "infrastructure_domain": format!("{sub_domain}.example.com"),
        "created_at": 1_600_000_000,
        "activated_at": 1_600_000_000,
        "suspended": false,
        "managed": false,
        "billing_name": name,
        "address1": "1 Test Street",
        "address2": "Testing",
        "address3": "Simton",
        "address4": "Simshire",
        "postcode": "SX1 1SX",
        "vat_number": null,
        "phone_number": null,
        "currency": {
            "id": "cur_SimCurrency00001",
            "name": "Sim Crown",
            "iso_code": "SXC",
            "symbol": "¤",
        },
        "country": country(),
        "country_state": null,
    });
    let document = match document {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    Organization { document, state: OrganizationState::Active }
}

impl State {
    /// A running machine, its boot disk, and a disk without a machine.
    pub(super) fn seed_other_organization(&mut self, now: u64) {
        let fqdn = "web-1.sim-umbra.example.com";
        let machine = VirtualMachine {
            organization: OTHER_ORGANIZATION.into(),
            document: machine(OTHER_MACHINE, "web-1", fqdn, "started", now - 3600),
            annotations: Vec::new(),
        };
        let disk = |id: &str, name: &str| Disk {
            id: id.into(),
            name: name.into(),
            organization: OTHER_ORGANIZATION.into(),
            ..disk(now - 3600)
        };
        self.disks.insert(disk(OTHER_UNASSIGNED_DISK, "spare"));
        self.disks.insert(Disk {
            io_profile: Some(io_profiles().swap_remove(0)),
            virtual_machine_disk: Some(VirtualMachineDisk {
                boot: true,
                state: "attached".into(),
                ..VirtualMachineDisk::new(&machine)
            }),
            ..disk(OTHER_BOOT_DISK, "System Disk")
        });
        self.virtual_machines.push(machine);
    }

    pub(super) fn other_description(&self) -> Value {
        let organization = self.organization(OTHER_ORGANIZATION).map(Organization::sub_domain);
        let fqdn = self.machine(OTHER_MACHINE).map(VirtualMachine::fqdn);
        json!({
            "organization": organization,
            "organization_id": OTHER_ORGANIZATION,
            "api_token": super::api_tokens::OTHER_TOKEN,
            "virtual_machine": { "id": OTHER_MACHINE, "fqdn": fqdn },
            "disks": { "unassigned": OTHER_UNASSIGNED_DISK, "boot": OTHER_BOOT_DISK },
        })
    }
}
