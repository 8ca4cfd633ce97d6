//! A disk, as every call about a single disk answers it.
//!
//! The document requires nothing of what stands in a response, so all but ids is `Option`, although
//! what the document does not call nullable was there in every recorded answer. Unknown values of
//! the enumerations survive in their `Other`. Times are Unix seconds.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::annotations::Annotations;
use super::{DataCenter, DiskInstallation, DiskSummary, Task, VirtualMachineSummary};
use crate::{Response, StartsTask};

/// A disk.
///
/// In the response of a call that starts a task it is the disk *before* the task (recorded: a resize
/// answers with the old size, a detach with the relation still `attached`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
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
    /// Its annotations; `None` where the response has none (a detach's, for instance). They stand
    /// beside the disk in the response, not in it.
    #[serde(skip)]
    pub annotations: Option<Annotations>,
}

/// The response of a call that starts a task.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskTask {
    /// The disk *before* the task.
    pub disk: Disk,
    /// The task that does the work.
    pub task: Task,
    /// The disk's annotations; `None` where the response has none.
    pub annotations: Option<Annotations>,
}

impl Response for DiskTask {
    const KEYS: &'static [&'static str] = &["disk", "task"];
}

impl StartsTask for DiskTask {}

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
#[non_exhaustive]
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
#[non_exhaustive]
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
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Deserialize,
    strum::AsRefStr,
    strum::Display,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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
    #[strum(transparent)]
    Other(String),
}

impl DiskState {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}

/// Whether a disk is attached to its virtual machine.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Deserialize,
    strum::AsRefStr,
    strum::Display,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
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
    #[strum(transparent)]
    Other(String),
}

impl AttachmentState {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}

/// How a virtual machine sees a disk.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Deserialize,
    Serialize,
    strum::AsRefStr,
    strum::Display,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum BusType {
    Scsi,
    Virtio,
    /// A value that this version does not know.
    #[serde(untagged)]
    #[strum(transparent)]
    Other(String),
}

impl BusType {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}

/// The tier of a disk's storage.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Deserialize,
    Serialize,
    strum::AsRefStr,
    strum::Display,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum StorageSpeed {
    Nvme,
    Ssd,
    /// A value that this version does not know.
    #[serde(untagged)]
    #[strum(transparent)]
    Other(String),
}

impl StorageSpeed {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}
