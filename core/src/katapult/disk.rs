//! A disk, as every call about a single disk answers it.
//!
//! The document requires nothing of what stands in an answer, so all but ids is `Option`, although
//! what the document does not call nullable was there in every recorded answer. Unknown values of
//! the enumerations survive in their `Other`. Times are Unix seconds.

use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::annotations::Annotations;
use super::{DataCenter, DiskInstallation, DiskSummary, Task, VirtualMachineSummary};

/// A disk.
///
/// In the answer of a call that starts a task it is the disk *before* the task (recorded: a resize
/// answers with the old size, a detach with the relation still `attached`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Disk {
    /// `disk_` and 16 letters or digits.
    pub id: CompactString,
    /// Free text, not unique.
    pub name: Option<CompactString>,
    /// Size in GB.
    pub size_in_gb: Option<u64>,
    /// The World Wide Name: 16 hexadecimal digits, never changed by the service.
    pub wwn: Option<CompactString>,
    /// What the service is doing with it.
    pub state: Option<DiskState>,
    /// When it was created.
    pub created_at: Option<i64>,
    /// The tier of its storage, fixed at creation.
    pub storage_speed: Option<StorageSpeed>,
    /// Its limits of speed.
    pub io_profile: Option<DiskIoProfile>,
    /// How a virtual machine sees it.
    pub bus_type: Option<BusType>,
    /// Where it is, fixed at creation.
    pub data_center: Option<DataCenter>,
    /// The virtual machine that it is assigned to; `None` when it is not assigned.
    pub virtual_machine_disk: Option<VirtualMachineDisk>,
    /// The template that was installed on it, if any.
    pub installation: Option<DiskInstallation>,
    /// Its annotations; `None` where the answer has none (a detach's, for instance). They stand
    /// beside the disk in the answer, not in it.
    #[serde(skip)]
    pub annotations: Option<Annotations>,
}

/// The answer of a call that starts a task.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskTask {
    /// The disk *before* the task.
    pub disk: Disk,
    /// The task that does the work.
    pub task: Task,
    /// The disk's annotations; `None` where the answer has none.
    pub annotations: Option<Annotations>,
}

impl DiskTask {
    /// Puts the annotations into the disk too.
    pub fn with_annotations(mut self) -> DiskTask {
        self.disk.annotations = self.annotations.clone();
        self
    }
}

/// Limits of a disk's speed. `None` is unlimited.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub struct DiskIoProfile {
    pub id: CompactString,
    pub name: Option<CompactString>,
    pub permalink: Option<CompactString>,
    /// Megabytes per second.
    pub speed_in_mb: Option<u64>,
    /// Operations per second.
    pub iops: Option<u64>,
}

/// The relation of a disk to the virtual machine that it is assigned to. What the API leaves out
/// where it sends one is `None`, which says nothing: an organization's list has only the virtual
/// machine, a virtual machine's list has the disk instead of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct VirtualMachineDisk {
    /// The virtual machine.
    pub virtual_machine: Option<VirtualMachineSummary>,
    /// The disk, in a virtual machine's list.
    pub disk: Option<Box<DiskSummary>>,
    /// Whether the next start of the virtual machine attaches it.
    pub attach_on_boot: Option<bool>,
    /// Whether it is the virtual machine's boot disk.
    pub boot: Option<bool>,
    /// Whether it is attached now.
    pub state: Option<AttachmentState>,
}

/// What the service is doing with a disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum DiskState {
    NotBuilt,
    Building,
    Built,
    Failed,
    Installing,
    Restoring,
    Formatting,
    Resizing,
    Configuring,
    Importing,
    /// A value that this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl DiskState {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        match self {
            DiskState::NotBuilt => "not_built",
            DiskState::Building => "building",
            DiskState::Built => "built",
            DiskState::Failed => "failed",
            DiskState::Installing => "installing",
            DiskState::Restoring => "restoring",
            DiskState::Formatting => "formatting",
            DiskState::Resizing => "resizing",
            DiskState::Configuring => "configuring",
            DiskState::Importing => "importing",
            DiskState::Other(word) => word,
        }
    }
}

impl fmt::Display for DiskState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a disk is attached to its virtual machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum AttachmentState {
    Detached,
    Attaching,
    Attached,
    Detaching,
    Failed,
    /// A value that this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl AttachmentState {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        match self {
            AttachmentState::Detached => "detached",
            AttachmentState::Attaching => "attaching",
            AttachmentState::Attached => "attached",
            AttachmentState::Detaching => "detaching",
            AttachmentState::Failed => "failed",
            AttachmentState::Other(word) => word,
        }
    }
}

impl fmt::Display for AttachmentState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a virtual machine sees a disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum BusType {
    Scsi,
    Virtio,
    /// A value that this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl BusType {
    /// What the API documents.
    pub const KNOWN: [BusType; 2] = [BusType::Scsi, BusType::Virtio];

    /// The API's word.
    pub fn as_str(&self) -> &str {
        match self {
            BusType::Scsi => "scsi",
            BusType::Virtio => "virtio",
            BusType::Other(word) => word,
        }
    }
}

impl fmt::Display for BusType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The tier of a disk's storage.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum StorageSpeed {
    Nvme,
    Ssd,
    /// A value that this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl StorageSpeed {
    /// What the API documents.
    pub const KNOWN: [StorageSpeed; 2] = [StorageSpeed::Nvme, StorageSpeed::Ssd];

    /// The API's word.
    pub fn as_str(&self) -> &str {
        match self {
            StorageSpeed::Nvme => "nvme",
            StorageSpeed::Ssd => "ssd",
            StorageSpeed::Other(word) => word,
        }
    }
}

impl fmt::Display for StorageSpeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
