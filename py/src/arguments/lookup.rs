//! Arguments that name an object of the API.

use katapult_disk::{DiskRef, OrganizationRef, Ref, Referenced, TaskRef};
use pyo3::PyTypeInfo;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString, PyType};

use super::{Argument, clipped, required_text, wrong};
use crate::errors::invalid_argument;
use crate::imported::intern;
use crate::objects::*;

/// A class whose objects may be given instead of a lookup by their id.
pub(crate) trait Named: PyTypeInfo {
    /// The core's kind of the thing.
    type Kind: Referenced;

    /// The class that lists have of the same thing; itself if they have no other.
    type InLists: PyTypeInfo;
}

impl Named for Disk {
    type Kind = katapult_disk::kind::Disk;
    type InLists = DiskSummary;
}

impl Named for VirtualMachine {
    type Kind = katapult_disk::kind::VirtualMachine;
    type InLists = VirtualMachineSummary;
}

impl Named for DataCenter {
    type Kind = katapult_disk::kind::DataCenter;
    type InLists = DataCenter;
}

impl Named for DiskIoProfile {
    type Kind = katapult_disk::kind::DiskIoProfile;
    type InLists = DiskIoProfile;
}

impl Named for DiskTemplate {
    type Kind = katapult_disk::kind::DiskTemplate;
    type InLists = DiskTemplate;
}

impl Named for DiskTemplateVersion {
    type Kind = katapult_disk::kind::DiskTemplateVersion;
    type InLists = DiskTemplateVersion;
}

impl Named for OperatingSystem {
    type Kind = katapult_disk::kind::OperatingSystem;
    type InLists = OperatingSystem;
}

impl Named for DiskBackupPolicy {
    type Kind = katapult_disk::kind::DiskBackupPolicy;
    type InLists = DiskBackupPolicy;
}

impl Named for TrashObject {
    type Kind = katapult_disk::kind::TrashObject;
    type InLists = TrashObject;
}

impl Named for Task {
    type Kind = katapult_disk::kind::Task;
    type InLists = Task;
}

/// An organization: a str, or a mapping with one key such as `{"id": "…"}`.
pub(crate) fn organization(value: Argument<'_, '_>) -> PyResult<Option<OrganizationRef>> {
    value.map(|value| read("organization", value, &[])).transpose()
}

/// A lookup, or an object of the class.
pub(crate) fn named<T: Named>(
    name: &str,
    value: Argument<'_, '_>,
) -> PyResult<Option<Ref<T::Kind>>> {
    value.map(|value| required_named::<T>(name, value)).transpose()
}

/// As [`named`], where the argument has to be given.
pub(crate) fn required_named<T: Named>(
    name: &str,
    value: &Bound<'_, PyAny>,
) -> PyResult<Ref<T::Kind>> {
    let py = value.py();
    read(name, value, &[T::type_object(py), T::InLists::type_object(py)])
}

/// A disk by its id, or as an object, or as what holds one.
pub(crate) fn disk(name: &str, value: &Bound<'_, PyAny>) -> PyResult<DiskRef> {
    match held_disk(name, value)? {
        Some(disk) => Ok(disk),
        None => required_named::<Disk>(name, value),
    }
}

/// The disk of an object of a class that is or holds one; `None` if it is no such object.
pub(crate) fn held_disk(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<DiskRef>> {
    let by_id = |id: &str| Ok(Some(Ref::by("id", id)));
    if let Ok(started) = value.cast::<DiskTask>() {
        return by_id(started.get().disk_id());
    }
    if let Ok(created) = value.cast::<CreatedDisk>() {
        return by_id(created.get().disk_id());
    }
    if let Ok(deleted) = value.cast::<DeletedDisk>() {
        return by_id(deleted.get().disk_id());
    }
    if let Ok(relation) = value.cast::<VirtualMachineDisk>() {
        return match relation.get().disk_id() {
            Some(id) => by_id(id),
            None => Err(invalid_argument(
                value.py(),
                format!(
                    "{name} is a VirtualMachineDisk without a disk: only those of \
                     list_virtual_machine_disks have one; give the disk that this one came with"
                ),
            )),
        };
    }
    let is_disk =
        value.is_exact_instance_of::<Disk>() || value.is_exact_instance_of::<DiskSummary>();
    is_disk.then(|| required_named::<Disk>(name, value)).transpose()
}

/// As [`disk`], where the argument may be left out.
pub(crate) fn optional_disk(name: &str, value: Argument<'_, '_>) -> PyResult<Option<DiskRef>> {
    value.map(|value| disk(name, value)).transpose()
}

/// A task by its id, or as an object, or as the response that it came with.
pub(crate) fn task(name: &str, value: &Bound<'_, PyAny>) -> PyResult<TaskRef> {
    if let Ok(created) = value.cast::<CreatedDisk>() {
        return match created.get().task_id() {
            Some(id) => Ok(Ref::by("id", id)),
            None => Err(invalid_argument(
                value.py(),
                format!("{name} is a CreatedDisk without a task: the disk was there already"),
            )),
        };
    }
    match value.cast::<DiskTask>() {
        Ok(answer) => required_named::<Task>(name, &answer.getattr(intern!(value.py(), "task"))?),
        Err(_) => required_named::<Task>(name, value),
    }
}

fn read<T: Referenced>(
    name: &str,
    value: &Bound<'_, PyAny>,
    classes: &[Bound<'_, PyType>],
) -> PyResult<Ref<T>> {
    let py = value.py();
    if classes.iter().any(|class| value.get_type().is(class)) {
        return match value.getattr(intern!(py, "id"))?.extract::<Option<String>>()? {
            Some(id) => Ok(Ref::by("id", id)),
            // A template's version within a disk, for instance.
            None => Err(invalid_argument(
                py,
                format!("{name} has no id: the service left it out of this object; give the id"),
            )),
        };
    }
    if value.is_instance_of::<PyString>() {
        return required_text(name, value).map(Ref::from);
    }
    let wrong = || wrong(name, &expected::<T>(!classes.is_empty()), value);
    let mapping = value.cast::<PyMapping>().map_err(|_| wrong())?;
    if mapping.len()? != 1 {
        return Err(wrong());
    }
    // A class of the caller's may say one thing with len() and another with items().
    let item = mapping.items()?.get_item(0).map_err(|_| wrong())?;
    let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract().map_err(|_| wrong())?;
    let key = required_text(&format!("the key of {name}"), &key)?;
    let value = required_text(&format!("{name}[{:?}]", clipped(&key)), &value)?;
    Ok(Ref::by(key, value))
}

/// What may name a thing; `has_class` says whether an object may.
fn expected<T: Referenced>(has_class: bool) -> String {
    let thing = T::ARGUMENT.trim_end_matches("_id").replace('_', " ");
    let article = if thing.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    let alternative = match T::ALTERNATIVE {
        Some(key) if !T::ALTERNATIVE_IS_ID => format!(" or {key}"),
        _ => String::new(),
    };
    let object = if has_class { ", an object that holds one" } else { "" };
    format!(
        r#"{article} {thing}'s id{alternative} (str){object}, or a mapping such as {{"id": "…"}}"#
    )
}
