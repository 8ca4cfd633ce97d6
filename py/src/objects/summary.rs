//! Disks as lists show them.

use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyTuple};

use super::VirtualMachineDisk;
use crate::object::{self, Always, Object, Resource};

/// A disk as lists show it: with fewer fields than a Disk. None of what the API leaves out of a list
/// says anything about the disk; `to_dict` tells what it sent.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskSummary(katapult_disk::DiskSummary);

impl Resource for DiskSummary {
    type Value = katapult_disk::DiskSummary;

    const FIELDS: &'static [&'static str] =
        &["id", "name", "size_in_gb", "wwn", "state", "created_at", "virtual_machine_disk"];

    fn new(value: Self::Value) -> Self {
        DiskSummary(value)
    }
}

#[pymethods]
impl DiskSummary {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// `disk_` and 16 letters or digits.
    #[getter]
    pub(crate) fn id(&self) -> &str {
        &self.0.id
    }

    /// Free text, not unique.
    #[getter]
    fn name(&self) -> Always<&str> {
        self.0.name.as_deref()
    }

    /// Size in GB.
    #[getter]
    fn size_in_gb(&self) -> Always<u64> {
        self.0.size_in_gb
    }

    /// The World Wide Name: 16 hexadecimal digits.
    #[getter]
    fn wwn(&self) -> Always<&str> {
        self.0.wwn.as_deref()
    }

    /// What the service is doing with it.
    #[getter]
    fn state(&self) -> Always<&str> {
        self.0.state.as_ref().map(|state| state.as_str())
    }

    /// When it was created. Only in a virtual machine's list.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.created_at)
    }

    /// The virtual machine that it is assigned to, and nothing else of the relation. Only in an
    /// organization's list.
    #[getter]
    fn virtual_machine_disk<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<Option<Bound<'py, VirtualMachineDisk>>> {
        object::member(slf, "virtual_machine_disk", slf.get().0.virtual_machine_disk.as_ref())
    }
}
