//! A disk as lists show it.

use compact_str::CompactString;
use serde::Deserialize;

use super::{DiskState, VirtualMachineDisk};

/// A disk as lists show it: with fewer fields than [`Disk`](crate::Disk). What the API leaves out of
/// a list is `None`, which says nothing about the disk.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskSummary {
    /// `disk_` and 16 letters or digits.
    pub id: CompactString,
    /// Free text, not unique.
    pub name: Option<CompactString>,
    /// Size in GB.
    pub size_in_gb: Option<u64>,
    /// The World Wide Name: 16 hexadecimal digits.
    pub wwn: Option<CompactString>,
    /// What the service is doing with it.
    pub state: Option<DiskState>,
    /// When it was created, in Unix seconds. Only in a virtual machine's list.
    pub created_at: Option<i64>,
    /// The virtual machine that it is assigned to, and of the relation nothing else. Only in an
    /// organization's list.
    pub virtual_machine_disk: Option<VirtualMachineDisk>,
}
