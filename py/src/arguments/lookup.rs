//! Arguments that name an object of the API.

use katapult_disk::Lookup;
use pyo3::PyTypeInfo;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString, PyType};

use super::{Argument, clipped, required_text, wrong};
use crate::errors::invalid_argument;
use crate::objects::*;

/// A class whose objects may be given instead of a lookup by their id.
pub(crate) trait Named: PyTypeInfo {
    /// The class that lists have of the same thing; itself if they have no other.
    type InLists: PyTypeInfo;
}

impl Named for Disk {
    type InLists = DiskSummary;
}

impl Named for VirtualMachine {
    type InLists = VirtualMachineSummary;
}

impl Named for DataCenter {
    type InLists = DataCenter;
}

impl Named for DiskIoProfile {
    type InLists = DiskIoProfile;
}

impl Named for DiskTemplate {
    type InLists = DiskTemplate;
}

impl Named for DiskTemplateVersion {
    type InLists = DiskTemplateVersion;
}

impl Named for OperatingSystem {
    type InLists = OperatingSystem;
}

impl Named for DiskBackupPolicy {
    type InLists = DiskBackupPolicy;
}

impl Named for TrashObject {
    type InLists = TrashObject;
}

impl Named for Task {
    type InLists = Task;
}

/// A lookup: a str, or a mapping with one key such as `{"id": "…"}`.
pub(crate) fn lookup(name: &str, value: Argument<'_, '_>) -> PyResult<Option<Lookup>> {
    value.map(|value| read(name, value, &[])).transpose()
}

/// A lookup, or an object of the class.
pub(crate) fn named<T: Named>(name: &str, value: Argument<'_, '_>) -> PyResult<Option<Lookup>> {
    value.map(|value| required_named::<T>(name, value)).transpose()
}

/// As [`named`], where the argument has to be given.
pub(crate) fn required_named<T: Named>(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Lookup> {
    let py = value.py();
    read(name, value, &[T::type_object(py), T::InLists::type_object(py)])
}

/// A task by its id, or as an object, or as the answer that it came with.
pub(crate) fn task(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Lookup> {
    if let Ok(created) = value.cast::<CreatedDisk>() {
        return match created.get().task_id() {
            Some(id) => Ok(Lookup::by("id", id)),
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

fn read(name: &str, value: &Bound<'_, PyAny>, classes: &[Bound<'_, PyType>]) -> PyResult<Lookup> {
    let py = value.py();
    if classes.iter().any(|class| value.get_type().is(class)) {
        return match value.getattr(intern!(py, "id"))?.extract::<Option<String>>()? {
            Some(id) => Ok(Lookup::by("id", id)),
            // A template's version within a disk, for instance.
            None => Err(invalid_argument(
                py,
                format!("{name} has no id: the service left it out of this object; give the id"),
            )),
        };
    }
    if value.is_instance_of::<PyString>() {
        return required_text(name, value).map(Lookup::from);
    }
    let wrong = || wrong(name, &expected(classes), value);
    let mapping = value.cast::<PyMapping>().map_err(|_| wrong())?;
    if mapping.len()? != 1 {
        return Err(wrong());
    }
    // A class of the caller's may say one thing with len() and another with items().
    let item = mapping.items()?.get_item(0).map_err(|_| wrong())?;
    let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract().map_err(|_| wrong())?;
    let key = required_text(&format!("the key of {name}"), &key)?;
    let value = required_text(&format!("{name}[{:?}]", clipped(&key)), &value)?;
    Ok(Lookup::by(key, value))
}

fn expected(classes: &[Bound<'_, PyType>]) -> String {
    let mut expected = r#"a str, or a mapping with one key such as {"id": "…"}"#.to_owned();
    let mut names: Vec<String> =
        classes.iter().filter_map(|class| Some(class.name().ok()?.to_string())).collect();
    names.dedup();
    for name in names {
        let article = if name.starts_with('O') { "an" } else { "a" };
        expected.push_str(&format!(", or {article} {name}"));
    }
    expected
}
