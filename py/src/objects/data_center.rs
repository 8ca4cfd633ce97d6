//! Data centers.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::object::{self, Always, Object, Resource};

/// Where disks and virtual machines are.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DataCenter(katapult_disk::DataCenter);

impl Resource for DataCenter {
    type Value = katapult_disk::DataCenter;

    const FIELDS: &'static [&'static str] = &["id", "name", "permalink", "country"];

    fn new(value: Self::Value) -> Self {
        DataCenter(value)
    }
}

#[pymethods]
impl DataCenter {
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

    /// The country that it is in. Only in responses about data centers and virtual machines.
    #[getter]
    fn country<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, Country>>> {
        object::member(slf, "country", slf.get().0.country.as_ref())
    }
}

/// The country of a data center.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct Country(katapult_disk::Country);

impl Resource for Country {
    type Value = katapult_disk::Country;

    const FIELDS: &'static [&'static str] = &["id", "name"];

    fn new(value: Self::Value) -> Self {
        Country(value)
    }
}

#[pymethods]
impl Country {
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
}
