//! Virtual machines, as far as disks need them.

use compact_str::CompactString;
use serde::Deserialize;

use super::DataCenter;
use super::annotations::Annotations;

/// A virtual machine. What the API says of it besides, such as networks, is in the response's JSON
/// only; so is `initial_root_password`, which the service sends in clear (recorded).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct VirtualMachine {
    /// `vm_` and 16 letters or digits.
    pub id: CompactString,
    /// Free text, not unique.
    pub name: Option<CompactString>,
    /// The first part of its fqdn.
    pub hostname: Option<CompactString>,
    /// Its fully qualified domain name.
    pub fqdn: Option<CompactString>,
    /// Free text.
    pub description: Option<CompactString>,
    /// When it was created, in Unix seconds.
    pub created_at: Option<i64>,
    /// Whether it runs.
    pub state: Option<VirtualMachineState>,
    /// Whether it was suspended (recorded; the document does not know it).
    pub suspended: Option<bool>,
    /// How many processor cores it has.
    pub cpu_cores: Option<u64>,
    /// Its memory in GB.
    pub memory_in_gb: Option<u64>,
    /// Where it is.
    pub zone: Option<Zone>,
    /// Its annotations. They stand beside the virtual machine in the response, not in it.
    #[serde(skip)]
    pub annotations: Option<Annotations>,
}

/// A virtual machine as disks and lists show it: with fewer fields than [`VirtualMachine`]. What the
/// API leaves out is `None`, which says nothing about the virtual machine. A disk's relation has
/// `id` and `fqdn` only.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct VirtualMachineSummary {
    /// `vm_` and 16 letters or digits.
    pub id: CompactString,
    /// Its fully qualified domain name.
    pub fqdn: Option<CompactString>,
    /// Free text, not unique. In lists of virtual machines, as is what follows.
    pub name: Option<CompactString>,
    /// The first part of its fqdn.
    pub hostname: Option<CompactString>,
    /// When it was created, in Unix seconds.
    pub created_at: Option<i64>,
    /// Where it is. Apart, because most lists leave it out.
    pub zone: Option<Box<Zone>>,
}

/// A part of a data center.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
#[non_exhaustive]
pub struct Zone {
    pub id: CompactString,
    pub name: Option<CompactString>,
    pub permalink: Option<CompactString>,
    pub data_center: Option<DataCenter>,
}

/// What a virtual machine is doing.
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
pub enum VirtualMachineState {
    Stopped,
    Starting,
    Started,
    Stopping,
    ShuttingDown,
    Resetting,
    Allocated,
    Allocating,
    Migrating,
    Transferring,
    Failed,
    Orphaned,
    /// A value that this version does not know.
    #[serde(untagged)]
    #[strum(transparent)]
    Other(String),
}

impl VirtualMachineState {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}
