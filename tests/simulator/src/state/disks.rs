//! Disks and their place in the trash.

use serde::{Deserialize, Serialize};

use super::{DataCenter, IoProfile, VirtualMachine, new_id, unix_now};

/// A disk with its 12 fields, in the recorded order.
///
/// The states are text, since the control API may set any: clients meet states that no document
/// names.
#[derive(Clone, Serialize)]
pub(crate) struct Disk {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) size_in_gb: i64,
    pub(crate) wwn: String,
    pub(crate) state: String,
    pub(crate) created_at: u64,
    pub(crate) storage_speed: String,
    pub(crate) io_profile: IoProfile,
    pub(crate) bus_type: String,
    pub(crate) data_center: DataCenter,
    pub(crate) virtual_machine_disk: Option<VirtualMachineDisk>,
    pub(crate) installation: Option<Installation>,
    #[serde(skip)]
    pub(crate) annotations: Vec<Annotation>,
    #[serde(skip)]
    pub(crate) trash_object: Option<TrashObject>,
}

impl Disk {
    /// recorded: kept for exactly 48 hours.
    pub(crate) fn move_to_trash(&mut self) -> TrashObject {
        let trash_object = TrashObject {
            id: new_id("trsh"),
            keep_until: unix_now().as_secs() + 172_800,
            object_id: self.id.clone(),
            object_type: "Disk",
        };
        self.trash_object.insert(trash_object).clone()
    }
}

/// The assignment of a disk to a machine; `state` is that of the attachment.
#[derive(Clone, Serialize)]
pub(crate) struct VirtualMachineDisk {
    pub(crate) virtual_machine: VirtualMachineReference,
    pub(crate) attach_on_boot: bool,
    pub(crate) boot: bool,
    pub(crate) state: String,
}

impl VirtualMachineDisk {
    /// recorded: assigned, a disk is detached, not the boot disk, and attached at the next boot.
    pub(crate) fn new(virtual_machine: &VirtualMachine) -> Self {
        Self {
            virtual_machine: VirtualMachineReference {
                id: virtual_machine.id,
                fqdn: virtual_machine.fqdn,
            },
            attach_on_boot: true,
            boot: false,
            state: "detached".into(),
        }
    }

    pub(crate) fn is_in_use(&self) -> bool {
        self.state != "detached"
    }
}

#[derive(Clone, Serialize)]
pub(crate) struct VirtualMachineReference {
    pub(crate) id: &'static str,
    pub(crate) fqdn: &'static str,
}

#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Annotation {
    key: String,
    value: String,
}

impl Annotation {
    pub(crate) fn fits(&self, key: &str, value: Option<&str>) -> bool {
        self.key == key && value.is_none_or(|value| self.value == value)
    }
}

#[derive(Clone, Serialize)]
pub(crate) struct TrashObject {
    pub(crate) id: String,
    pub(crate) keep_until: u64,
    pub(crate) object_id: String,
    pub(crate) object_type: &'static str,
}

/// What a template left on a disk. recorded: the version has only these three fields.
#[derive(Clone, Serialize)]
pub(crate) struct Installation {
    pub(crate) id: &'static str,
    pub(crate) disk_template_version: DiskTemplateVersion,
    pub(crate) attributes: Vec<InstallationAttribute>,
}

#[derive(Clone, Serialize)]
pub(crate) struct DiskTemplateVersion {
    pub(crate) number: u32,
    pub(crate) stable: bool,
    pub(crate) disk_template: DiskTemplate,
}

#[derive(Clone, Serialize)]
pub(crate) struct DiskTemplate {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) permalink: &'static str,
    pub(crate) operating_system: OperatingSystem,
}

#[derive(Clone, Serialize)]
pub(crate) struct OperatingSystem {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
}

#[derive(Clone, Serialize)]
pub(crate) struct InstallationAttribute {
    pub(crate) key: &'static str,
    pub(crate) label: &'static str,
    pub(crate) value: &'static str,
    pub(crate) description: &'static str,
    pub(crate) protect: bool,
}
