//! The properties of a disk that a create or an update may give.

use std::str::FromStr;

use serde::Serialize;

use crate::arguments::{Arguments, one_of};
use crate::lookup::LookupBody;
use crate::{BusType, Error, Lookup, Result, StorageSpeed};

/// What the API calls disk arguments. `None` is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiskArguments {
    /// Free text.
    pub name: Option<String>,
    /// Size in GB. Only when creating; later `resize_disk`.
    pub size_in_gb: Option<u64>,
    /// How a virtual machine sees the disk; the service's default is `scsi` (recorded).
    pub bus_type: Option<BusType>,
    /// Where the disk is: id or permalink.
    pub data_center: Option<Lookup>,
    /// Its limits of speed: id or permalink.
    pub io_profile: Option<Lookup>,
    /// The file system to put on it. It cannot be read back.
    pub initial_file_system: Option<FileSystem>,
    /// The tier of its storage; the service's default is `nvme` (recorded).
    pub storage_speed: Option<StorageSpeed>,
    /// The virtual machine to assign it to: id or fqdn.
    pub virtual_machine: Option<Lookup>,
    /// Whether it is the virtual machine's boot disk.
    pub boot: Option<bool>,
    /// Whether each start of the virtual machine attaches it; the service's default is true.
    pub attach_on_boot: Option<bool>,
    /// Whether to attach it once built. Only when creating; later `attach_disk`.
    pub attach: Option<bool>,
}

/// A file system that the service can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum FileSystem {
    Ext4,
    Xfs,
}

impl FileSystem {
    /// What the API documents.
    pub const KNOWN: [FileSystem; 2] = [FileSystem::Ext4, FileSystem::Xfs];

    /// The API's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            FileSystem::Ext4 => "ext4",
            FileSystem::Xfs => "xfs",
        }
    }
}

impl FromStr for FileSystem {
    type Err = Error;

    fn from_str(word: &str) -> Result<FileSystem> {
        one_of("initial_file_system", word, FileSystem::KNOWN, |known| known.as_str())
    }
}

impl FromStr for BusType {
    type Err = Error;

    /// Accepts only what the API documents.
    fn from_str(word: &str) -> Result<BusType> {
        one_of("bus_type", word, BusType::KNOWN, BusType::as_str)
    }
}

impl FromStr for StorageSpeed {
    type Err = Error;

    /// Accepts only what the API documents.
    fn from_str(word: &str) -> Result<StorageSpeed> {
        one_of("storage_speed", word, StorageSpeed::KNOWN, StorageSpeed::as_str)
    }
}

impl DiskArguments {
    /// Reads the API's own `properties` object.
    pub(super) fn read(mut properties: Arguments) -> Result<DiskArguments> {
        let relation = properties.object("virtual_machine_disk")?;
        let mut arguments = DiskArguments {
            name: properties.text("name")?,
            size_in_gb: properties.whole_number("size_in_gb")?,
            bus_type: word(properties.text("bus_type")?)?,
            data_center: properties.lookup("data_center")?,
            io_profile: properties.lookup("io_profile")?,
            initial_file_system: word(properties.text("initial_file_system")?)?,
            storage_speed: word(properties.text("storage_speed")?)?,
            ..DiskArguments::default()
        };
        properties.finish()?;
        if let Some(mut relation) = relation {
            arguments.virtual_machine = relation.lookup("virtual_machine")?;
            arguments.boot = relation.flag("boot")?;
            arguments.attach_on_boot = relation.flag("attach_on_boot")?;
            arguments.attach = relation.flag("attach")?;
            relation.finish()?;
        }
        Ok(arguments)
    }

    /// The API's own `properties` object.
    pub(super) fn body(&self) -> Result<Properties<'_>> {
        if self.size_in_gb == Some(0) {
            return Err(Error::invalid_argument("size_in_gb must be at least 1, not 0"));
        }
        let relation = Relation {
            virtual_machine: lookup("virtual_machine", &self.virtual_machine, "fqdn")?,
            boot: self.boot,
            attach_on_boot: self.attach_on_boot,
            attach: self.attach,
        };
        Ok(Properties {
            name: self.name.as_deref(),
            size_in_gb: self.size_in_gb,
            bus_type: self.bus_type.as_ref(),
            data_center: lookup("data_center", &self.data_center, "permalink")?,
            io_profile: lookup("io_profile", &self.io_profile, "permalink")?,
            initial_file_system: self.initial_file_system,
            storage_speed: self.storage_speed.as_ref(),
            virtual_machine_disk: (!relation.is_empty()).then_some(relation),
        })
    }
}

fn lookup<'a>(
    argument: &str,
    value: &'a Option<Lookup>,
    alternative: &'static str,
) -> Result<Option<LookupBody<'a>>> {
    value.as_ref().map(|value| value.body(argument, Some(alternative))).transpose()
}

fn word<T: FromStr<Err = Error>>(word: Option<String>) -> Result<Option<T>> {
    word.map(|word| word.parse()).transpose()
}

/// Only what is to be set is sent; nothing was ever recorded as null.
#[derive(Serialize)]
pub(super) struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_gb: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bus_type: Option<&'a BusType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_center: Option<LookupBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    io_profile: Option<LookupBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    initial_file_system: Option<FileSystem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage_speed: Option<&'a StorageSpeed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    virtual_machine_disk: Option<Relation<'a>>,
}

#[derive(Serialize)]
struct Relation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    virtual_machine: Option<LookupBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    boot: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attach_on_boot: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attach: Option<bool>,
}

impl Relation<'_> {
    fn is_empty(&self) -> bool {
        self.virtual_machine.is_none()
            && self.boot.is_none()
            && self.attach_on_boot.is_none()
            && self.attach.is_none()
    }
}
