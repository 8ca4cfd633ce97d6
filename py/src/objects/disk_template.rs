//! Disk templates and their versions.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::object::{self, Always, Object, Resource};

/// A version of a disk template.
///
/// As a template's `latest_version` it has only its id and, in lists, its number.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskTemplateVersion(katapult_disk::DiskTemplateVersion);

impl Resource for DiskTemplateVersion {
    type Value = katapult_disk::DiskTemplateVersion;

    const FIELDS: &'static [&'static str] =
        &["id", "number", "stable", "size_in_gb", "disk_template"];

    fn new(value: Self::Value) -> Self {
        DiskTemplateVersion(value)
    }
}

#[pymethods]
impl DiskTemplateVersion {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The service leaves it out within a disk.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.0.id.as_deref()
    }

    #[getter]
    fn number(&self) -> Option<u64> {
        self.0.number
    }

    #[getter]
    fn stable(&self) -> Option<bool> {
        self.0.stable
    }

    /// Size in GB. The service leaves it out within a disk.
    #[getter]
    fn size_in_gb(&self) -> Option<u64> {
        self.0.size_in_gb
    }

    /// The template. Not in lists of versions.
    #[getter]
    fn disk_template<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, DiskTemplate>>> {
        object::member(slf, "disk_template", slf.get().0.disk_template.as_ref())
    }
}

/// A template that can be installed on a disk.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskTemplate(katapult_disk::DiskTemplate);

impl Resource for DiskTemplate {
    type Value = katapult_disk::DiskTemplate;

    const FIELDS: &'static [&'static str] = &[
        "id",
        "name",
        "description",
        "permalink",
        "universal",
        "size_in_gb",
        "operating_system",
        "latest_version",
    ];

    fn new(value: Self::Value) -> Self {
        DiskTemplate(value)
    }
}

#[pymethods]
impl DiskTemplate {
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
    fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    #[getter]
    fn permalink(&self) -> Always<&str> {
        self.0.permalink.as_deref()
    }

    /// Whether every organization may use it.
    #[getter]
    fn universal(&self) -> Option<bool> {
        self.0.universal
    }

    /// Size in GB.
    #[getter]
    fn size_in_gb(&self) -> Option<u64> {
        self.0.size_in_gb
    }

    #[getter]
    fn operating_system<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<Option<Bound<'py, OperatingSystem>>> {
        object::member(slf, "operating_system", slf.get().0.operating_system.as_ref())
    }

    /// Its newest version, by id and perhaps number. Not where a disk or a version names its
    /// template.
    #[getter]
    fn latest_version<'py>(
        slf: &Bound<'py, Self>,
    ) -> PyResult<Option<Bound<'py, DiskTemplateVersion>>> {
        object::member(slf, "latest_version", slf.get().0.latest_version.as_deref())
    }
}

/// The operating system of a template.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct OperatingSystem(katapult_disk::OperatingSystem);

impl Resource for OperatingSystem {
    type Value = katapult_disk::OperatingSystem;

    const FIELDS: &'static [&'static str] = &["id", "name", "badge"];

    fn new(value: Self::Value) -> Self {
        OperatingSystem(value)
    }
}

#[pymethods]
impl OperatingSystem {
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
    fn badge<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, OperatingSystemBadge>>> {
        object::member(slf, "badge", slf.get().0.badge.as_ref())
    }
}

/// The picture of an operating system.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct OperatingSystemBadge(katapult_disk::OperatingSystemBadge);

impl Resource for OperatingSystemBadge {
    type Value = katapult_disk::OperatingSystemBadge;

    const FIELDS: &'static [&'static str] =
        &["url", "file_name", "file_type", "file_size", "digest", "token"];

    fn new(value: Self::Value) -> Self {
        OperatingSystemBadge(value)
    }
}

#[pymethods]
impl OperatingSystemBadge {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    #[getter]
    fn url(&self) -> Option<&str> {
        self.0.url.as_deref()
    }

    #[getter]
    fn file_name(&self) -> Option<&str> {
        self.0.file_name.as_deref()
    }

    #[getter]
    fn file_type(&self) -> Option<&str> {
        self.0.file_type.as_deref()
    }

    /// Size in bytes.
    #[getter]
    fn file_size(&self) -> Option<u64> {
        self.0.file_size
    }

    #[getter]
    fn digest(&self) -> Option<&str> {
        self.0.digest.as_deref()
    }

    /// A secret for fetching the picture; `repr` hides it.
    #[getter]
    fn token(&self) -> Option<&str> {
        self.0.token.as_deref()
    }
}
