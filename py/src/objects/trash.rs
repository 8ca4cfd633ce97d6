//! The trash.

use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyTuple};

use super::Disk;
use crate::object::{self, Always, Object, Resource};

/// The response to a deletion: the disk as it was, and where it is now.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DeletedDisk(katapult_disk::DeletedDisk);

impl Resource for DeletedDisk {
    type Value = katapult_disk::DeletedDisk;

    const FIELDS: &'static [&'static str] = &["disk", "trash_object"];

    fn new(value: Self::Value) -> Self {
        DeletedDisk(value)
    }
}

impl DeletedDisk {
    pub(crate) fn disk_id(&self) -> &str {
        &self.0.disk.id
    }

    pub(crate) fn trash_object_id(&self) -> &str {
        &self.0.trash_object.id
    }
}

#[pymethods]
impl DeletedDisk {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The disk as it was: the service leaves no mark of the deletion on it.
    #[getter]
    fn disk<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Disk>> {
        let disk = &slf.get().0.disk;
        let make = || Disk::of_answer(slf.py(), disk.clone(), object::own(slf).clone());
        object::kept(slf.as_super(), "disk", make)
    }

    /// Where the disk is now, and for how long.
    #[getter]
    fn trash_object<'py>(slf: &Bound<'py, Self>) -> PyResult<Always<Bound<'py, TrashObject>>> {
        object::member(slf, "trash_object", Some(&slf.get().0.trash_object))
    }
}

/// Something in the trash.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct TrashObject(katapult_disk::TrashObject);

impl Resource for TrashObject {
    type Value = katapult_disk::TrashObject;

    const FIELDS: &'static [&'static str] = &["id", "keep_until", "object_id", "object_type"];

    fn new(value: Self::Value) -> Self {
        TrashObject(value)
    }
}

#[pymethods]
impl TrashObject {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// `trsh_` and 16 letters or digits.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// When it will be purged.
    #[getter]
    fn keep_until<'py>(&self, py: Python<'py>) -> PyResult<Always<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.keep_until)
    }

    /// The id of what was deleted.
    #[getter]
    fn object_id(&self) -> Option<&str> {
        self.0.object_id.as_deref()
    }

    /// What was deleted: `Disk`, `VirtualMachine`, ...
    #[getter]
    fn object_type(&self) -> Always<&str> {
        self.0.object_type.as_deref()
    }
}
