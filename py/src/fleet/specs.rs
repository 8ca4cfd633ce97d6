//! What is done with which disk: iterables of Python's, read item by item.

use katapult_disk::{AwaitedDisk, CreateDisk, DiskRef, DiskSize};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyMapping, PyString, PyTuple};

use super::work::Specs;
use crate::arguments::{self as read, NewDisk, wrong};
use crate::errors::text_of_invalid_argument;
use crate::imported::intern;
use crate::objects::{CreatedDisk, DiskTask};
use crate::shutdown;

/// Why an item is no spec.
pub(super) enum Mistake {
    /// It is wrong, which is its result.
    Spec { name: Option<String>, text: String },
    /// Its own code has raised this, which ends the fleet.
    Raised(PyErr),
}

impl Mistake {
    fn new(py: Python<'_>, error: PyErr) -> Mistake {
        match text_of_invalid_argument(py, error) {
            Ok(text) => Mistake::Spec { name: None, text },
            Err(raised) => Mistake::Raised(raised),
        }
    }
}

/// Mappings with the arguments of `create_disk`.
pub(crate) fn new_disks<'py>(specs: &Bound<'py, PyAny>) -> PyResult<Specs<'py>> {
    items("specs", "an iterable of mappings with the arguments of create_disk", specs)
}

/// Disks, as other calls take one.
pub(crate) fn disks<'py>(disks: &Bound<'py, PyAny>) -> PyResult<Specs<'py>> {
    items("disks", "an iterable of disks", disks)
}

/// A mapping of disks to sizes, or pairs of these.
pub(crate) fn sizes<'py>(sizes: &Bound<'py, PyAny>) -> PyResult<Specs<'py>> {
    match sizes.cast::<PyMapping>() {
        Ok(mapping) => {
            let pairs = shutdown::visit(sizes.py(), || mapping.items())?;
            Ok(Specs { total: Some(pairs.len()), items: pairs.try_iter()? })
        }
        Err(_) => items(
            "sizes",
            "a mapping of disks to sizes in GB, or an iterable of pairs of a disk and a size",
            sizes,
        ),
    }
}

fn items<'py>(name: &str, expected: &str, value: &Bound<'py, PyAny>) -> PyResult<Specs<'py>> {
    let py = value.py();
    // Of these, iterating gives something else than what was meant.
    let is_one = value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>();
    if is_one || value.cast::<PyMapping>().is_ok() {
        return Err(wrong(name, expected, value));
    }
    let items = shutdown::visit(py, || value.try_iter()).map_err(|error| {
        match error.is_instance_of::<PyTypeError>(py) && !value.hasattr("__iter__").unwrap_or(true)
        {
            true => wrong(name, expected, value),
            false => error,
        }
    })?;
    let has_length = value.hasattr(intern!(py, "__len__"))?;
    let total = has_length.then(|| shutdown::visit(py, || value.len())).transpose()?;
    Ok(Specs { items, total })
}

pub(super) fn new_disk(place: usize, item: &Bound<'_, PyAny>) -> Result<CreateDisk, Mistake> {
    let py = item.py();
    let place = format!("specs[{place}]");
    let disk = NewDisk::of_mapping(&place, item).map_err(|error| Mistake::new(py, error))?;
    disk.read().map_err(|error| match Mistake::new(py, error) {
        Mistake::Spec { text, .. } => {
            let name = disk.name.as_ref().and_then(|name| read::required_text("name", name).ok());
            Mistake::Spec { name, text: format!("{place}.{text}") }
        }
        raised => raised,
    })
}

pub(super) fn size(place: usize, item: &Bound<'_, PyAny>) -> Result<DiskSize, Mistake> {
    let mistaken = |error| Mistake::new(item.py(), error);
    let is_sequence = item.is_instance_of::<PyTuple>() || item.is_instance_of::<PyList>();
    if !is_sequence || item.len().map_err(Mistake::Raised)? != 2 {
        let expected = "a pair of a disk and its size in GB";
        return Err(mistaken(wrong(&format!("sizes[{place}]"), expected, item)));
    }
    let part = |index| item.get_item(index).map_err(Mistake::Raised);
    let disk = read::disk(&format!("the disk of sizes[{place}]"), &part(0)?).map_err(mistaken)?;
    let name = format!("size_in_gb of sizes[{place}]");
    let size_in_gb = read::disk_size(&name, &part(1)?).map_err(mistaken)?;
    Ok(DiskSize { disk, size_in_gb })
}

pub(super) fn disk(place: usize, item: &Bound<'_, PyAny>) -> Result<DiskRef, Mistake> {
    read::disk(&format!("disks[{place}]"), item).map_err(|error| Mistake::new(item.py(), error))
}

/// A disk to wait for, and the task of what started it.
pub(super) fn awaited(place: usize, item: &Bound<'_, PyAny>) -> Result<AwaitedDisk, Mistake> {
    let disk = disk(place, item)?;
    let task = if let Ok(created) = item.cast::<CreatedDisk>() {
        created.get().task_id()
    } else {
        item.cast::<DiskTask>().ok().map(|started| started.get().task_id())
    };
    Ok(AwaitedDisk { disk, task: task.map(|id| katapult_disk::TaskRef::by("id", id)) })
}
