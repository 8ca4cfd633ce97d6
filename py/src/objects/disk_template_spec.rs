//! What a version of a disk template asks for when it is installed.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::DiskTemplateVersion;
use crate::object::{self, Always, Object, Resource, Tuple};

/// A version of a disk template, and what it asks for.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskTemplateVersionSpec(katapult_disk::DiskTemplateVersionSpec);

impl Resource for DiskTemplateVersionSpec {
    type Value = katapult_disk::DiskTemplateVersionSpec;

    const FIELDS: &'static [&'static str] = &["disk_template_version", "spec"];

    fn new(value: Self::Value) -> Self {
        DiskTemplateVersionSpec(value)
    }
}

#[pymethods]
impl DiskTemplateVersionSpec {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The version.
    #[getter]
    fn disk_template_version<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<Always<Bound<'py, DiskTemplateVersion>>> {
        object::member(slf, "disk_template_version", Some(&slf.get().0.disk_template_version))
    }

    /// What it asks for.
    #[getter]
    fn spec<'py>(slf: &Bound<'py, Self>) -> PyResult<Always<Bound<'py, DiskTemplateSpec>>> {
        object::member(slf, "spec", Some(&slf.get().0.spec))
    }
}

/// What a version of a template asks for when it is installed.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskTemplateSpec(katapult_disk::DiskTemplateSpec);

impl Resource for DiskTemplateSpec {
    type Value = katapult_disk::DiskTemplateSpec;

    const FIELDS: &'static [&'static str] = &["fields"];

    fn new(value: Self::Value) -> Self {
        DiskTemplateSpec(value)
    }
}

#[pymethods]
impl DiskTemplateSpec {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The fields, in the order in which to ask for them.
    #[getter]
    fn fields<'py>(slf: &Bound<'py, Self>) -> PyResult<Tuple<'py, DiskTemplateSpecField>> {
        object::tuple(slf, "fields", &slf.get().0.fields)
    }
}

/// One thing that a template asks for.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskTemplateSpecField(katapult_disk::DiskTemplateSpecField);

impl Resource for DiskTemplateSpecField {
    type Value = katapult_disk::DiskTemplateSpecField;

    const FIELDS: &'static [&'static str] =
        &["name", "type", "label", "description", "required", "placeholder", "prefill"];

    fn new(value: Self::Value) -> Self {
        DiskTemplateSpecField(value)
    }
}

#[pymethods]
impl DiskTemplateSpecField {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// Which attribute of the installation it becomes.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// Of which kind the value is: `Text`, `Boolean`, `Password`, `Keyboard`, or a word
    /// that is newer than this version.
    #[getter]
    fn r#type(&self) -> Always<&str> {
        self.0.kind.as_ref().map(|kind| kind.as_str())
    }

    /// Its name for people.
    #[getter]
    fn label(&self) -> Always<&str> {
        self.0.label.as_deref()
    }

    /// What it is for.
    #[getter]
    fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// Whether it has to be given.
    #[getter]
    fn required(&self) -> Always<bool> {
        self.0.required
    }

    /// An example to show.
    #[getter]
    fn placeholder(&self) -> Option<&str> {
        self.0.placeholder.as_deref()
    }

    /// A value to begin with.
    #[getter]
    fn prefill(&self) -> Option<&str> {
        self.0.prefill.as_deref()
    }
}
