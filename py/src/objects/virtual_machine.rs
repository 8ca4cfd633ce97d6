//! Virtual machines, as far as disks need them.

use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyTuple, PyType};

use super::DataCenter;
use crate::arguments::Argument;
use crate::json::Json;
use crate::object::{self, Always, Annotations, Object, OfClass, Resource};
use crate::restored;

/// A virtual machine. What the API says of it besides is in `to_dict` only; so is
/// `initial_root_password`, which the service sends in clear.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct VirtualMachine(katapult_disk::VirtualMachine);

impl Resource for VirtualMachine {
    type Value = katapult_disk::VirtualMachine;

    const FIELDS: &'static [&'static str] = &[
        "id",
        "fqdn",
        "name",
        "hostname",
        "description",
        "created_at",
        "state",
        "suspended",
        "cpu_cores",
        "memory_in_gb",
        "zone",
        "annotations",
    ];

    fn new(value: Self::Value) -> Self {
        VirtualMachine(value)
    }
}

impl VirtualMachine {
    /// A virtual machine of a response that has it as `virtual_machine`, and its annotations beside.
    pub(crate) fn of_answer(
        py: Python<'_>,
        machine: katapult_disk::VirtualMachine,
        answer: Json,
    ) -> PyResult<Bound<'_, Self>> {
        let own = answer.member("virtual_machine").unwrap_or_else(|| answer.clone());
        object::create_from(py, machine, own, answer)
    }
}

#[pymethods]
impl VirtualMachine {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// As that of the other classes; `annotations` are the virtual machine's, a mapping of str to str,
    /// which `to_dict` leaves out as the API does.
    ///
    /// Raises InvalidArgument for another shape, which names the class and the member.
    #[classmethod]
    #[pyo3(signature = (mapping, *, annotations=None))]
    fn from_dict<'py>(
        cls: &Bound<'py, PyType>,
        mapping: &Bound<'py, PyAny>,
        annotations: Argument<'_, 'py>,
    ) -> PyResult<OfClass<'py>> {
        restored::with_annotations(cls, "virtual_machine", mapping, annotations)
    }

    /// `vm_` and 16 letters or digits.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// Its fully qualified domain name.
    #[getter]
    fn fqdn(&self) -> Always<&str> {
        self.0.fqdn.as_deref()
    }

    /// Free text, not unique.
    #[getter]
    fn name(&self) -> Always<&str> {
        self.0.name.as_deref()
    }

    /// The first part of its fqdn.
    #[getter]
    fn hostname(&self) -> Always<&str> {
        self.0.hostname.as_deref()
    }

    /// Free text.
    #[getter]
    fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// When it was created.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Always<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.created_at)
    }

    /// Whether it runs: `started`, `stopped`, …, or a word that is newer than this version.
    #[getter]
    fn state(&self) -> Always<&str> {
        self.0.state.as_ref().map(|state| state.as_str())
    }

    /// Whether it was suspended.
    #[getter]
    fn suspended(&self) -> Option<bool> {
        self.0.suspended
    }

    /// How many processor cores it has.
    #[getter]
    fn cpu_cores(&self) -> Option<u64> {
        self.0.cpu_cores
    }

    /// Its memory in GB.
    #[getter]
    fn memory_in_gb(&self) -> Option<u64> {
        self.0.memory_in_gb
    }

    /// Where it is.
    #[getter]
    fn zone<'py>(slf: &Bound<'py, Self>) -> PyResult<Always<Bound<'py, Zone>>> {
        object::member(slf, "zone", slf.get().0.zone.as_ref())
    }

    /// Its annotations, as a read-only mapping; None where the response has none. Not in `to_dict`: the
    /// API sends them beside it.
    #[getter]
    fn annotations<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Annotations<'py>>> {
        object::annotations(slf, slf.get().0.annotations.as_ref())
    }

    /// Its annotations count too, although the API sends them beside the virtual machine.
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

/// A virtual machine as disks and lists show it: with fewer fields than a VirtualMachine. A disk has
/// only `id` and `fqdn` of it. None of what the API leaves out says anything about the virtual
/// machine; `to_dict` tells what it sent.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct VirtualMachineSummary(katapult_disk::VirtualMachineSummary);

impl Resource for VirtualMachineSummary {
    type Value = katapult_disk::VirtualMachineSummary;

    const FIELDS: &'static [&'static str] =
        &["id", "fqdn", "name", "hostname", "created_at", "zone"];

    fn new(value: Self::Value) -> Self {
        VirtualMachineSummary(value)
    }
}

#[pymethods]
impl VirtualMachineSummary {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// `vm_` and 16 letters or digits.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// Its fully qualified domain name.
    #[getter]
    fn fqdn(&self) -> Always<&str> {
        self.0.fqdn.as_deref()
    }

    /// Free text, not unique. Only in lists of virtual machines, as is what follows.
    #[getter]
    fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// The first part of its fqdn.
    #[getter]
    fn hostname(&self) -> Option<&str> {
        self.0.hostname.as_deref()
    }

    /// When it was created.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.created_at)
    }

    /// Where it is.
    #[getter]
    fn zone<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, Zone>>> {
        object::member(slf, "zone", slf.get().0.zone.as_deref())
    }
}

/// A part of a data center.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct Zone(katapult_disk::Zone);

impl Resource for Zone {
    type Value = katapult_disk::Zone;

    const FIELDS: &'static [&'static str] = &["id", "name", "permalink", "data_center"];

    fn new(value: Self::Value) -> Self {
        Zone(value)
    }
}

#[pymethods]
impl Zone {
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
    fn permalink(&self) -> Option<&str> {
        self.0.permalink.as_deref()
    }

    /// The data center that it is a part of.
    #[getter]
    fn data_center<'py>(slf: &Bound<'py, Self>) -> PyResult<Always<Bound<'py, DataCenter>>> {
        object::member(slf, "data_center", slf.get().0.data_center.as_ref())
    }
}
