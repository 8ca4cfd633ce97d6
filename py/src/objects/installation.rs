//! What is installed on a disk.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::DiskTemplateVersion;
use crate::object::{self, Always, Object, Resource, Tuple};

/// The installation of a template on a disk.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskInstallation(katapult_disk::DiskInstallation);

impl Resource for DiskInstallation {
    type Value = katapult_disk::DiskInstallation;

    const FIELDS: &'static [&'static str] = &["id", "disk_template_version", "attributes"];

    fn new(value: Self::Value) -> Self {
        DiskInstallation(value)
    }
}

#[pymethods]
impl DiskInstallation {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    #[getter]
    fn disk_template_version<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<Always<Bound<'py, DiskTemplateVersion>>> {
        object::member(slf, "disk_template_version", slf.get().0.disk_template_version.as_ref())
    }

    /// The values that were given for the installation.
    #[getter]
    fn attributes<'py>(slf: &Bound<'py, Self>) -> PyResult<Tuple<'py, DiskInstallationAttribute>> {
        object::tuple(slf, "attributes", &slf.get().0.attributes)
    }
}

/// A value that was given for an installation.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskInstallationAttribute(katapult_disk::DiskInstallationAttribute);

impl Resource for DiskInstallationAttribute {
    type Value = katapult_disk::DiskInstallationAttribute;

    const FIELDS: &'static [&'static str] = &["key", "label", "value", "description", "protect"];

    fn new(value: Self::Value) -> Self {
        DiskInstallationAttribute(value)
    }
}

#[pymethods]
impl DiskInstallationAttribute {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// Which attribute.
    #[getter]
    fn key(&self) -> &str {
        &self.0.key
    }

    /// Its name for people.
    #[getter]
    fn label(&self) -> Always<&str> {
        self.0.label.as_deref()
    }

    /// The value. `repr` hides it unless `protect` is False.
    #[getter]
    fn value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// What it is for.
    #[getter]
    fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Whether the value is a secret.
    #[getter]
    fn protect(&self) -> Always<bool> {
        self.0.protect
    }
}
