//! The properties of a disk that a create or an update may give.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::arguments::{Bounds, optional_disk_size};
use crate::word::{self, Word};
use crate::{
    BusType, DataCenterRef, DiskIoProfileRef, Error, Result, StorageSpeed, VirtualMachineRef,
};

/// What the API calls disk arguments. `None` is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DiskArguments {
    /// Free text.
    pub name: Option<String>,
    /// Size in GB (not bytes), 1 to 1,000,000; the service's own smallest disk has 10 GB. Only when
    /// creating; later `resize_disk`.
    #[serde(default, deserialize_with = "optional_disk_size")]
    pub size_in_gb: Option<u64>,
    /// How a virtual machine sees the disk; the service's default is `scsi` (recorded).
    #[serde(default, deserialize_with = "word::argument")]
    pub bus_type: Option<BusType>,
    /// Where the disk is: id or permalink.
    pub data_center: Option<DataCenterRef>,
    /// Its limits of speed: id or permalink.
    pub io_profile: Option<DiskIoProfileRef>,
    /// The file system to put on it. It cannot be read back.
    #[serde(default, deserialize_with = "word::argument")]
    pub initial_file_system: Option<FileSystem>,
    /// The tier of its storage; the service's default is `nvme` (recorded).
    #[serde(default, deserialize_with = "word::argument")]
    pub storage_speed: Option<StorageSpeed>,
    /// Its relation to a virtual machine.
    pub virtual_machine_disk: Option<VirtualMachineDiskArguments>,
}

/// How a disk belongs to a virtual machine. `None` is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct VirtualMachineDiskArguments {
    /// The virtual machine to assign it to: id or fqdn.
    pub virtual_machine: Option<VirtualMachineRef>,
    /// Whether it is the virtual machine's boot disk.
    pub boot: Option<bool>,
    /// Whether each start of the virtual machine attaches it; the service's default is true.
    pub attach_on_boot: Option<bool>,
    /// Whether to attach it once built. Only when creating; later `attach_disk`.
    pub attach: Option<bool>,
}

impl DiskArguments {
    /// The relation to a virtual machine, to be filled in.
    pub fn relation(&mut self) -> &mut VirtualMachineDiskArguments {
        self.virtual_machine_disk.get_or_insert_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        let mut given = self.clone();
        given.virtual_machine_disk.take_if(|relation| *relation == Default::default());
        given == DiskArguments::default()
    }

    pub(super) fn check(&self) -> Result<()> {
        Bounds::DISK_SIZE.check("size_in_gb", self.size_in_gb)
    }
}

/// A file system that the service can make.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::AsRefStr,
    strum::Display,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum FileSystem {
    Ext4,
    Xfs,
}

impl FileSystem {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}

impl Word for FileSystem {
    const ARGUMENT: &'static str = "initial_file_system";
}

impl FromStr for FileSystem {
    type Err = Error;

    /// Accepts only what the API documents.
    fn from_str(word: &str) -> Result<FileSystem> {
        Word::parse(word)
    }
}

impl Word for BusType {
    const ARGUMENT: &'static str = "bus_type";
}

impl FromStr for BusType {
    type Err = Error;

    /// Accepts only what the API documents.
    fn from_str(word: &str) -> Result<BusType> {
        Word::parse(word)
    }
}

impl Word for StorageSpeed {
    const ARGUMENT: &'static str = "storage_speed";
}

impl FromStr for StorageSpeed {
    type Err = Error;

    /// Accepts only what the API documents.
    fn from_str(word: &str) -> Result<StorageSpeed> {
        Word::parse(word)
    }
}
