//! What disk to create: the arguments of `create_disk`, and the mappings of a fleet that have the same.

use katapult_disk::{CreateDisk, VirtualMachineDiskArguments};
use pyo3::prelude::*;
use pyo3::types::PyMapping;

use super::{Argument, annotations, clipped, flag, named, organization, required_text};
use super::{disk_size, word, wrong};
use crate::errors::invalid_argument;
use crate::objects::{DataCenter, DiskIoProfile, VirtualMachine};

/// The arguments by their names; `None` is not given.
#[derive(Default)]
pub(crate) struct NewDisk<'py> {
    pub(crate) name: Option<Bound<'py, PyAny>>,
    pub(crate) size_in_gb: Option<Bound<'py, PyAny>>,
    pub(crate) organization: Option<Bound<'py, PyAny>>,
    pub(crate) data_center: Option<Bound<'py, PyAny>>,
    pub(crate) io_profile: Option<Bound<'py, PyAny>>,
    pub(crate) bus_type: Option<Bound<'py, PyAny>>,
    pub(crate) initial_file_system: Option<Bound<'py, PyAny>>,
    pub(crate) storage_speed: Option<Bound<'py, PyAny>>,
    pub(crate) virtual_machine: Option<Bound<'py, PyAny>>,
    pub(crate) boot: Option<Bound<'py, PyAny>>,
    pub(crate) attach_on_boot: Option<Bound<'py, PyAny>>,
    pub(crate) attach: Option<Bound<'py, PyAny>>,
    pub(crate) annotations: Option<Bound<'py, PyAny>>,
}

const KEYS: [&str; 13] = [
    "name",
    "size_in_gb",
    "organization",
    "data_center",
    "io_profile",
    "bus_type",
    "initial_file_system",
    "storage_speed",
    "virtual_machine",
    "boot",
    "attach_on_boot",
    "attach",
    "annotations",
];

impl<'py> NewDisk<'py> {
    /// Those that a mapping has. `place` says where it stands, for messages.
    pub(crate) fn of_mapping(place: &str, value: &Bound<'py, PyAny>) -> PyResult<Self> {
        let py = value.py();
        let mapping = value
            .cast::<PyMapping>()
            .map_err(|_| wrong(place, "a mapping with the arguments of create_disk", value))?;
        let mut disk = NewDisk::default();
        for item in mapping.items()? {
            let (key, value): (Bound<'py, PyAny>, Bound<'py, PyAny>) = item.extract()?;
            let key = required_text(&format!("each key of {place}"), &key)?;
            let Some(argument) = disk.argument(&key) else {
                return Err(invalid_argument(py, format!("{place}.{}", unknown(&key))));
            };
            // As for the function: None is "not given" unless the argument has to be given.
            let is_given = !value.is_none() || ["name", "size_in_gb"].contains(&key.as_str());
            *argument = is_given.then_some(value);
        }
        for (key, argument) in [("name", &disk.name), ("size_in_gb", &disk.size_in_gb)] {
            if argument.is_none() {
                return Err(invalid_argument(py, format!("{place}.{key} is missing")));
            }
        }
        Ok(disk)
    }

    fn argument(&mut self, key: &str) -> Option<&mut Option<Bound<'py, PyAny>>> {
        Some(match key {
            "name" => &mut self.name,
            "size_in_gb" => &mut self.size_in_gb,
            "organization" => &mut self.organization,
            "data_center" => &mut self.data_center,
            "io_profile" => &mut self.io_profile,
            "bus_type" => &mut self.bus_type,
            "initial_file_system" => &mut self.initial_file_system,
            "storage_speed" => &mut self.storage_speed,
            "virtual_machine" => &mut self.virtual_machine,
            "boot" => &mut self.boot,
            "attach_on_boot" => &mut self.attach_on_boot,
            "attach" => &mut self.attach,
            "annotations" => &mut self.annotations,
            _ => return None,
        })
    }

    /// # Errors
    /// `InvalidArgument`, whose message begins with the argument's name.
    pub(crate) fn read(&self) -> PyResult<CreateDisk> {
        let mut create = CreateDisk::default();
        let properties = &mut create.properties;
        let name = self.name.as_ref();
        properties.name = name.map(|name| required_text("name", name)).transpose()?;
        let size = self.size_in_gb.as_ref();
        properties.size_in_gb = size.map(|size| disk_size("size_in_gb", size)).transpose()?;
        properties.bus_type = word("bus_type", self.bus_type.as_ref())?;
        properties.data_center = named::<DataCenter>("data_center", self.data_center.as_ref())?;
        properties.io_profile = named::<DiskIoProfile>("io_profile", self.io_profile.as_ref())?;
        properties.initial_file_system =
            word("initial_file_system", self.initial_file_system.as_ref())?;
        properties.storage_speed = word("storage_speed", self.storage_speed.as_ref())?;
        properties.virtual_machine_disk = relation(
            self.virtual_machine.as_ref(),
            self.boot.as_ref(),
            self.attach_on_boot.as_ref(),
            self.attach.as_ref(),
        )?;
        create.organization = organization(self.organization.as_ref())?;
        create.annotations = annotations(self.annotations.as_ref())?;
        Ok(create)
    }
}

fn unknown(key: &str) -> String {
    match key {
        "idempotency_key" => "idempotency_key is not for the disks of a fleet: the fleet and the \
                              name of a disk do what it does"
            .to_owned(),
        _ => format!("{} is not known; known here: {}", clipped(key), KEYS.join(", ")),
    }
}

/// What a create and an update say of the disk's virtual machine.
pub(crate) fn relation(
    virtual_machine: Argument<'_, '_>,
    boot: Argument<'_, '_>,
    attach_on_boot: Argument<'_, '_>,
    attach: Argument<'_, '_>,
) -> PyResult<Option<VirtualMachineDiskArguments>> {
    let mut relation = VirtualMachineDiskArguments::default();
    relation.virtual_machine = named::<VirtualMachine>("virtual_machine", virtual_machine)?;
    relation.boot = flag("boot", boot)?;
    relation.attach_on_boot = flag("attach_on_boot", attach_on_boot)?;
    relation.attach = flag("attach", attach)?;
    Ok((relation != VirtualMachineDiskArguments::default()).then_some(relation))
}
