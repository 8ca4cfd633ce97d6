//! Disks, and the responses that start a task.

use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyTuple, PyType};

use super::{DataCenter, DiskInstallation, DiskIoProfile, Task, VirtualMachineDisk};
use crate::arguments::Argument;
use crate::json::Json;
use crate::object::{self, Always, Annotations, Object, OfClass, Resource};
use crate::restored;
use crate::wait::Watched;

/// A disk.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct Disk(katapult_disk::Disk);

impl Resource for Disk {
    type Value = katapult_disk::Disk;

    const FIELDS: &'static [&'static str] = &[
        "id",
        "name",
        "size_in_gb",
        "wwn",
        "state",
        "created_at",
        "storage_speed",
        "io_profile",
        "bus_type",
        "data_center",
        "virtual_machine_disk",
        "installation",
        "annotations",
    ];

    fn new(value: Self::Value) -> Self {
        Disk(value)
    }
}

impl Disk {
    /// A disk of a response that has it as `disk`, and perhaps its annotations beside it.
    pub(crate) fn of_answer(
        py: Python<'_>,
        disk: katapult_disk::Disk,
        answer: Json,
    ) -> PyResult<Bound<'_, Self>> {
        let own = answer.member("disk").unwrap_or_else(|| answer.clone());
        object::create_from(py, disk, own, answer)
    }
}

#[pymethods]
impl Disk {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// As that of the other classes; `annotations` are the disk's, a mapping of str to str, which
    /// `to_dict` leaves out as the API does: `Disk.from_dict(disk.to_dict(), annotations=disk.annotations)`.
    ///
    /// Raises InvalidArgument for another shape, which names the class and the member.
    #[classmethod]
    #[pyo3(signature = (mapping, *, annotations=None))]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        mapping: &Bound<'py, PyAny>,
        annotations: Argument<'_, 'py>,
    ) -> PyResult<OfClass<'py>> {
        restored::with_annotations(cls, "disk", mapping, annotations)
    }

    /// `disk_` and 16 letters or digits.
    #[getter]
    fn id(&self) -> &str {
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

    /// What the service is doing with it: `built` when it is ready, `not_built`, `building`, `failed`, …
    #[getter]
    fn state(&self) -> Always<&str> {
        self.0.state.as_ref().map(|state| state.as_str())
    }

    /// When it was created.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Always<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.created_at)
    }

    /// The tier of its storage: `nvme` or `ssd`.
    #[getter]
    fn storage_speed(&self) -> Always<&str> {
        self.0.storage_speed.as_ref().map(|speed| speed.as_str())
    }

    /// Its limits of speed.
    #[getter]
    fn io_profile<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, DiskIoProfile>>> {
        object::member(slf, "io_profile", slf.get().0.io_profile.as_ref())
    }

    /// How a virtual machine sees it: `scsi` or `virtio`.
    #[getter]
    fn bus_type(&self) -> Option<&str> {
        self.0.bus_type.as_ref().map(|bus_type| bus_type.as_str())
    }

    /// Where it is.
    #[getter]
    fn data_center<'py>(slf: &Bound<'py, Self>) -> PyResult<Always<Bound<'py, DataCenter>>> {
        object::member(slf, "data_center", slf.get().0.data_center.as_ref())
    }

    /// The virtual machine that it is assigned to; None when it is not assigned.
    #[getter]
    fn virtual_machine_disk<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<Option<Bound<'py, VirtualMachineDisk>>> {
        object::member(slf, "virtual_machine_disk", slf.get().0.virtual_machine_disk.as_ref())
    }

    /// The template that was installed on it, if any.
    #[getter]
    fn installation<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, DiskInstallation>>> {
        object::member(slf, "installation", slf.get().0.installation.as_ref())
    }

    /// Its annotations, as a read-only mapping; None where the response has none. Not in `to_dict`: the
    /// API sends them beside it.
    #[getter]
    fn annotations<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Annotations<'py>>> {
        object::annotations(slf, slf.get().0.annotations.as_ref())
    }

    /// Its annotations count too, although the API sends them beside the disk.
    fn __eq__<'py>(
        slf: &Bound<'py, Self>,
        other: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        object::eq_with_annotations(slf.as_super(), other)
    }

    fn __hash__(slf: &Bound<'_, Self>) -> PyResult<isize> {
        Object::__hash__(slf.as_super())
    }
}

/// The response of a call that starts a task: the disk, and the task.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskTask(katapult_disk::DiskTask);

impl Resource for DiskTask {
    type Value = katapult_disk::DiskTask;

    const FIELDS: &'static [&'static str] = &["disk", "task", "annotations"];

    fn new(value: Self::Value) -> Self {
        DiskTask(value.with_annotations())
    }
}

impl DiskTask {
    pub(crate) fn disk_id(&self) -> &str {
        &self.0.disk.id
    }

    pub(crate) fn task_id(&self) -> &str {
        &self.0.task.id
    }
}

#[pymethods]
impl DiskTask {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The disk *before* the task; where the call waited (`wait=True`), *after* it.
    #[getter]
    fn disk<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Disk>> {
        let disk = &slf.get().0.disk;
        let make = || Disk::of_answer(slf.py(), disk.clone(), object::own(slf).clone());
        object::kept(slf.as_super(), "disk", make)
    }

    /// The task that does the work.
    #[getter]
    fn task<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Task>> {
        let make = || Task::of_answer(slf.py(), slf.get().0.task.clone(), object::own(slf));
        object::kept(slf.as_super(), "task", make)
    }

    /// The disk's annotations, as a read-only mapping; None where the response has none.
    #[getter]
    fn annotations<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Annotations<'py>>> {
        object::annotations(slf, slf.get().0.annotations.as_ref())
    }
}

/// The response of a create: the disk, created now or by an earlier call with the same idempotency key,
/// and the task that builds it.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct CreatedDisk(katapult_disk::CreatedDisk);

impl Resource for CreatedDisk {
    type Value = katapult_disk::CreatedDisk;

    const FIELDS: &'static [&'static str] = &["disk", "task", "annotations"];

    fn new(mut value: Self::Value) -> Self {
        value.disk.annotations = value.annotations.clone();
        CreatedDisk(value)
    }
}

impl CreatedDisk {
    pub(crate) fn disk_id(&self) -> &str {
        &self.0.disk.id
    }

    pub(crate) fn task_id(&self) -> Option<&str> {
        self.0.task.as_ref().map(|task| task.id.as_str())
    }
}

#[pymethods]
impl CreatedDisk {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The disk *before* the task (`not_built`), or as it was found; where the call waited (`wait=True`),
    /// *after* it.
    #[getter]
    fn disk<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Disk>> {
        let disk = &slf.get().0.disk;
        let make = || Disk::of_answer(slf.py(), disk.clone(), object::own(slf).clone());
        object::kept(slf.as_super(), "disk", make)
    }

    /// The task that builds it; None when an earlier call with the same idempotency key created it.
    #[getter]
    fn task<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, Task>>> {
        object::member(slf, Task::KEY, slf.get().0.task.as_ref())
    }

    /// The disk's annotations, as a read-only mapping; an idempotency key is among them.
    #[getter]
    fn annotations<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Annotations<'py>>> {
        object::annotations(slf, slf.get().0.annotations.as_ref())
    }
}
