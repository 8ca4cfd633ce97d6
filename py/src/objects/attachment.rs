//! What a disk refers to: its limits, its virtual machine.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::{DiskSummary, VirtualMachineSummary};
use crate::object::{self, Always, Object, Resource};

/// Limits of a disk's speed.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskIoProfile(katapult_disk::DiskIoProfile);

impl Resource for DiskIoProfile {
    type Value = katapult_disk::DiskIoProfile;

    const FIELDS: &'static [&'static str] = &["id", "name", "permalink", "speed_in_mb", "iops"];

    fn new(value: Self::Value) -> Self {
        DiskIoProfile(value)
    }
}

#[pymethods]
impl DiskIoProfile {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    #[getter]
    fn name(&self) -> Always<&str> {
        self.0.name.as_deref()
    }

    #[getter]
    fn permalink(&self) -> Always<&str> {
        self.0.permalink.as_deref()
    }

    /// Megabytes per second; None is unlimited.
    #[getter]
    fn speed_in_mb(&self) -> Option<u64> {
        self.0.speed_in_mb
    }

    /// Operations per second; None is unlimited.
    #[getter]
    fn iops(&self) -> Option<u64> {
        self.0.iops
    }
}

/// The relation of a disk to the virtual machine that it is assigned to.
///
/// An organization's list has only `virtual_machine` of it, a virtual machine's list has `disk`
/// instead of that. What the API leaves out is None, which says nothing about the disk; `to_dict`
/// tells what it sent.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct VirtualMachineDisk(katapult_disk::VirtualMachineDisk);

impl Resource for VirtualMachineDisk {
    type Value = katapult_disk::VirtualMachineDisk;

    const FIELDS: &'static [&'static str] =
        &["virtual_machine", "attach_on_boot", "boot", "state", "disk"];

    fn new(value: Self::Value) -> Self {
        VirtualMachineDisk(value)
    }
}

impl VirtualMachineDisk {
    /// Only in a virtual machine's list.
    pub(crate) fn disk_id(&self) -> Option<&str> {
        self.0.disk.as_ref().map(|disk| disk.id.as_str())
    }
}

#[pymethods]
impl VirtualMachineDisk {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The virtual machine. None in a virtual machine's list.
    #[getter]
    fn virtual_machine<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<Option<Bound<'py, VirtualMachineSummary>>> {
        object::member(slf, "virtual_machine", slf.get().0.virtual_machine.as_ref())
    }

    /// Whether the next start of the virtual machine attaches the disk. None in an organization's
    /// list.
    #[getter]
    fn attach_on_boot(&self) -> Option<bool> {
        self.0.attach_on_boot
    }

    /// Whether the virtual machine starts from it. None in an organization's list: read the disk.
    #[getter]
    fn boot(&self) -> Option<bool> {
        self.0.boot
    }

    /// Whether the disk is attached now: `attached`, `detached`, `attaching`, `detaching`, `failed`.
    /// None in an organization's list.
    #[getter]
    fn state(&self) -> Option<&str> {
        self.0.state.as_ref().map(|state| state.as_str())
    }

    /// The disk, in a virtual machine's list.
    #[getter]
    fn disk<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, DiskSummary>>> {
        object::member(slf, "disk", slf.get().0.disk.as_deref())
    }
}
