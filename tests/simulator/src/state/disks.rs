//! Disks.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DataCenter, IoProfile, VirtualMachine};

/// A disk with its 12 fields, in the recorded order.
///
/// The states are text, since the control API may set any: clients meet states that no document
/// names.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Disk {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) size_in_gb: i64,
    pub(crate) wwn: String,
    pub(crate) state: String,
    pub(crate) created_at: u64,
    pub(crate) storage_speed: String,
    pub(crate) io_profile: Option<IoProfile>,
    pub(crate) bus_type: Option<String>,
    pub(crate) data_center: DataCenter,
    pub(crate) virtual_machine_disk: Option<VirtualMachineDisk>,
    /// What a template left on the disk.
    pub(crate) installation: Option<Value>,
    #[serde(default, skip_serializing)]
    pub(crate) annotations: Vec<Annotation>,
    /// Answers about this disk lack `virtual_machine_disk`.
    #[serde(default, skip_serializing)]
    pub(crate) hide_relation: bool,
    /// Whose it is, by id.
    #[serde(default, skip_serializing)]
    pub(crate) organization: String,
    /// The API never tells it. None is a blank disk.
    #[serde(default = "ext4", skip_serializing)]
    pub(crate) initial_file_system: Option<FileSystem>,
    /// The trash knows more.
    #[serde(skip)]
    pub(crate) in_trash: bool,
}

impl Disk {
    pub(crate) fn machine(&self) -> Option<&str> {
        self.virtual_machine_disk.as_ref().map(|relation| relation.virtual_machine.id.as_str())
    }
}

/// What decides whether a disk can shrink.
#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FileSystem {
    Ext4,
    Xfs,
}

/// What is placed can do everything.
fn ext4() -> Option<FileSystem> {
    Some(FileSystem::Ext4)
}

/// The assignment of a disk to a machine; `state` is that of the attachment.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VirtualMachineDisk {
    pub(crate) virtual_machine: VirtualMachineReference,
    #[serde(default = "yes")]
    pub(crate) attach_on_boot: bool,
    #[serde(default)]
    pub(crate) boot: bool,
    #[serde(default = "detached")]
    pub(crate) state: String,
}

fn yes() -> bool {
    true
}

fn detached() -> String {
    "detached".to_owned()
}

impl VirtualMachineDisk {
    /// recorded: assigned, a disk is detached, not the boot disk, and attached at the next boot.
    pub(crate) fn new(virtual_machine: &VirtualMachine) -> Self {
        Self {
            virtual_machine: virtual_machine.reference(),
            attach_on_boot: true,
            boot: false,
            state: detached(),
        }
    }

    pub(crate) fn is_in_use(&self) -> bool {
        self.state != "detached"
    }
}

#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VirtualMachineReference {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) fqdn: String,
}

#[derive(Clone, Deserialize, PartialEq, Serialize)]
pub(crate) struct Annotation {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl Annotation {
    pub(crate) fn fits(&self, key: &str, value: Option<&str>) -> bool {
        self.key == key && value.is_none_or(|value| self.value == value)
    }
}
