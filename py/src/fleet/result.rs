//! What has come of one disk of a fleet.

use katapult_disk::{DiskSummary as CoreDisk, Error, TrashObject as CoreTrashObject};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyType;
use serde::Deserialize;

use crate::errors::{exception, exception_of};
use crate::imported::intern;
use crate::json::Json;
use crate::object::{self, Always, Resource};
use crate::objects::{DiskSummary, TrashObject};

/// What has come of one disk of a call for many.
///
/// Frozen and picklable, with its error.
#[pyclass(frozen, module = "katapult_disk")]
pub(crate) struct FleetResult {
    index: usize,
    name: Option<String>,
    id: Option<String>,
    existed: bool,
    disk: Option<Py<DiskSummary>>,
    trash_object: Option<Py<TrashObject>>,
    error: Option<Py<PyAny>>,
}

/// A result's response: one of both, of which a trash object may be null.
#[derive(Deserialize)]
struct Answer {
    disk: Option<CoreDisk>,
    trash_object: Option<CoreTrashObject>,
}

/// What `outcome` gives; in Python an `Outcome`.
pub(crate) type OutcomeOf<'py> = Bound<'py, PyAny>;

/// What `error` gives; in Python an exception.
pub(crate) type ErrorOf<'py> = Bound<'py, PyAny>;

impl FleetResult {
    pub(super) fn of(py: Python<'_>, result: katapult_disk::FleetResult) -> PyResult<FleetResult> {
        let katapult_disk::FleetResult { index, name, id, existed, response, .. } = result;
        let mut made = FleetResult::bare(index, name, id, existed);
        let answer = response.and_then(|response| {
            let answer = response.decode::<Answer>()?;
            Ok((answer, Json::new(response.into_body())))
        });
        match answer {
            Ok((Answer { disk, trash_object }, json)) => {
                made.disk = part::<DiskSummary>(py, disk, &json, "disk")?;
                made.trash_object = part::<TrashObject>(py, trash_object, &json, "trash_object")?;
                if let (None, Some(disk)) = (&made.id, &made.disk) {
                    made.id = Some(disk.get().id().to_owned());
                }
            }
            Err(error) => made.error = Some(exception(py, error).into_value(py).into_any()),
        }
        Ok(made)
    }

    /// Of a disk that has failed.
    pub(super) fn of_error(
        py: Python<'_>,
        result: &katapult_disk::FleetResult,
        error: &Error,
    ) -> FleetResult {
        let katapult_disk::FleetResult { index, name, id, existed, .. } = result;
        let error = exception_of(py, error).into_value(py).into_any();
        let bare = FleetResult::bare(*index, name.clone(), id.clone(), *existed);
        FleetResult { error: Some(error), ..bare }
    }

    fn bare(index: usize, name: Option<String>, id: Option<String>, existed: bool) -> FleetResult {
        FleetResult { index, name, id, existed, disk: None, trash_object: None, error: None }
    }
}

fn part<T: Resource>(
    py: Python<'_>,
    value: Option<T::Value>,
    answer: &Json,
    key: &str,
) -> PyResult<Option<Py<T>>> {
    value.map(|value| Ok(object::part::<T>(py, value, answer, key)?.unbind())).transpose()
}

#[pymethods]
impl FleetResult {
    #[new]
    #[pyo3(signature = (
        index, name=None, id=None, existed=false, disk=None, trash_object=None, error=None
    ))]
    fn new(
        index: usize,
        name: Option<String>,
        id: Option<String>,
        existed: bool,
        disk: Option<Py<DiskSummary>>,
        trash_object: Option<Py<TrashObject>>,
        error: Option<Py<PyAny>>,
    ) -> FleetResult {
        FleetResult { index, name, id, existed, disk, trash_object, error }
    }

    /// Its number among the disks that were given, from 0.
    #[getter]
    fn index(&self) -> usize {
        self.index
    }

    /// The disk's name, as far as it is known.
    #[getter]
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The disk's id, as far as it is known; also of a disk whose outcome is unknown.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Whether it was as wished before this call.
    #[getter]
    fn existed(&self) -> bool {
        self.existed
    }

    /// The disk as a list shows it, as it is now; raises `error` if there is one. Of `ensure_disks_deleted`
    /// there is none: None, which the type leaves out, so that results of the other calls need no check.
    #[getter]
    fn disk<'py>(&self, py: Python<'py>) -> PyResult<Always<Bound<'py, DiskSummary>>> {
        self.succeeded(py)?;
        Ok(self.disk.as_ref().map(|disk| disk.bind(py).clone()))
    }

    /// Where the disk is after `ensure_disks_deleted`: None when it is gone for good, and of all other calls.
    /// Raises `error` if there is one.
    #[getter]
    fn trash_object<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, TrashObject>>> {
        self.succeeded(py)?;
        Ok(self.trash_object.as_ref().map(|trash_object| trash_object.bind(py).clone()))
    }

    /// What went wrong, as an exception; None if nothing did.
    #[getter]
    fn error<'py>(&self, py: Python<'py>) -> Option<ErrorOf<'py>> {
        self.error.as_ref().map(|error| error.bind(py).clone())
    }

    /// What is certain about the effect of what went wrong; None if nothing did.
    #[getter]
    fn outcome<'py>(&self, py: Python<'py>) -> PyResult<Option<OutcomeOf<'py>>> {
        let outcome = |error: &Py<PyAny>| error.bind(py).getattr(intern!(py, "outcome"));
        self.error.as_ref().map(outcome).transpose()
    }

    /// Pickling, and copying.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let FleetResult { index, name, id, existed, disk, trash_object, error } = self;
        let arguments = (*index, name, id, *existed, disk, trash_object, error);
        Ok((py.get_type::<FleetResult>(), arguments.into_pyobject(py)?.into_any()))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut shown = format!("FleetResult(index={}", self.index);
        for (field, value) in [("name", &self.name), ("id", &self.id)] {
            let value = value.into_pyobject(py)?.repr()?;
            shown.push_str(&format!(", {field}={value}"));
        }
        shown.push_str(if self.existed { ", existed=True" } else { "" });
        if let Some(error) = &self.error {
            shown.push_str(&format!(", error={}", error.bind(py).repr()?));
        }
        Ok(shown + ")")
    }

    /// An error that was raised refers to the frames that it came through, and they to the result.
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.disk)?;
        visit.call(&self.trash_object)?;
        visit.call(&self.error)
    }
}

/// A class and its arguments, as pickle wants it.
type Reduced<'py> = (Bound<'py, PyType>, Bound<'py, PyAny>);

impl FleetResult {
    /// The disk; its error if it failed.
    pub(super) fn into_disk(self, py: Python<'_>) -> PyResult<Bound<'_, DiskSummary>> {
        self.succeeded(py)?;
        let missing = || exception(py, Error::internal("a result without a disk"));
        self.disk.map(|disk| disk.into_bound(py)).ok_or_else(missing)
    }

    fn succeeded(&self, py: Python<'_>) -> PyResult<()> {
        match &self.error {
            Some(error) => Err(PyErr::from_value(error.bind(py).clone())),
            None => Ok(()),
        }
    }
}
