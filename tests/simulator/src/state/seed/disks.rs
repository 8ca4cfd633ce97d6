//! Disks.

use serde_json::{Value, json};

use super::catalog::{data_centers, io_profiles};
use super::{ATTACHED_DISK, BOOT_DISK, DETACHED_DISK, ORGANIZATION, TRASHED_DISK, UNASSIGNED_DISK};
use crate::state::{Disk, FileSystem, VirtualMachine, VirtualMachineDisk, new_id, new_wwn};

/// A disk without machine, built just now.
pub(in crate::state) fn disk(now: u64) -> Disk {
    let [data_center, _] = data_centers();
    Disk {
        id: new_id("disk"),
        name: "disk".into(),
        size_in_gb: 20,
        wwn: new_wwn(),
        state: "built".into(),
        created_at: now,
        storage_speed: "nvme".into(),
        io_profile: io_profiles().pop(),
        bus_type: Some("scsi".into()),
        data_center,
        virtual_machine_disk: None,
        installation: None,
        annotations: Vec::new(),
        hide_relation: false,
        organization: ORGANIZATION.into(),
        initial_file_system: Some(FileSystem::Ext4),
        in_trash: false,
    }
}

pub(super) fn disks(now: u64, machine: &VirtualMachine) -> [Disk; 5] {
    let disk = |id: &str, name: &str| Disk { id: id.into(), name: name.into(), ..disk(now - 3600) };
    let assigned = |state: &str| VirtualMachineDisk {
        state: state.into(),
        ..VirtualMachineDisk::new(machine)
    };
    [
        disk(UNASSIGNED_DISK, "spare"),
        Disk { virtual_machine_disk: Some(assigned("attached")), ..disk(ATTACHED_DISK, "data") },
        Disk {
            virtual_machine_disk: Some(VirtualMachineDisk {
                attach_on_boot: false,
                ..assigned("detached")
            }),
            ..disk(DETACHED_DISK, "backup")
        },
        Disk {
            size_in_gb: 25,
            // recorded: disks made together with a machine have this profile.
            io_profile: Some(io_profiles().swap_remove(0)),
            virtual_machine_disk: Some(VirtualMachineDisk { boot: true, ..assigned("attached") }),
            installation: Some(installation()),
            ..disk(BOOT_DISK, "System Disk")
        },
        disk(TRASHED_DISK, "old"),
    ]
}

/// recorded: the version has only these three fields, and a system disk shows its machine's root
/// password in clear. It is long enough to be compressed, as there.
fn installation() -> Value {
    json!({
        "id": "dinst_SimInstallation1",
        "disk_template_version": {
            "number": 1,
            "stable": true,
            "disk_template": {
                "id": super::UNIVERSAL_TEMPLATE,
                "name": "Simux 24.04",
                "permalink": "templates/simux-24-04",
                "operating_system": { "id": super::OPERATING_SYSTEM, "name": "Simux" },
            },
        },
        "attributes": [{
            "key": "root_password",
            "label": "Root password",
            "value": "simulated-secret-k3Fw9",
            "description": "This is the password that was set for the root user when the machine \
                was built.\nChange it after the first login, and do not keep it anywhere else: \
                whoever may read this disk may read it too.",
            "protect": true,
        }],
    })
}
