//! What Python sees of a fleet.

use katapult_disk::{
    Client, CreateDisks, EnsureDiskSizes, EnsureDisksDeleted, FleetWork, ResizeMethod,
};
use pyo3::exceptions::{PyRuntimeWarning, PyTypeError};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};

use super::driver::Driver;
use super::specs::{self, Mistake};
use super::work::{Request, Specs};
use super::{FleetCounts, FleetResult};
use crate::arguments::Argument;
use crate::client::unpicklable;
use crate::errors::exception;
use crate::handle::Handle;
use crate::imported::{self, Once};
use crate::shutdown;

/// A call for many disks, and the iterator over its results: as each disk is as wished, or has failed.
///
/// Use it with `with`: leaving that block ends everything within 0.1 s, and so do a timeout, Ctrl-C, and an
/// exception in the progress function or in what gives the disks. What the service was at work on then is
/// named in `unfinished`, its outcome "unknown"; for the rest nothing was sent. One thread takes the results;
/// others may read `counts` meanwhile.
#[pyclass(frozen, weakref, module = "katapult_disk")]
pub(crate) struct FleetRun {
    driver: Driver,
    fleet: Option<String>,
    unfinished: Once<PyTuple>,
}

/// The disks, and the progress argument.
type Given<'a, 'py> = (Specs<'py>, Argument<'a, 'py>);

impl FleetRun {
    pub(crate) fn create<'py>(
        py: Python<'py>,
        handle: &Handle<Client>,
        request: &Request,
        fleet: Option<String>,
        given: Given<'_, 'py>,
    ) -> PyResult<FleetRun> {
        let work = CreateDisks::new(fleet).map_err(|error| exception(py, error))?;
        let name = work.fleet().to_owned();
        FleetRun::new(py, handle, request, Some(name), given, work, specs::new_disk)
    }

    pub(crate) fn resize<'py>(
        py: Python<'py>,
        handle: &Handle<Client>,
        request: &Request,
        method: Option<ResizeMethod>,
        given: Given<'_, 'py>,
    ) -> PyResult<FleetRun> {
        FleetRun::new(py, handle, request, None, given, EnsureDiskSizes::new(method), specs::size)
    }

    pub(crate) fn delete<'py>(
        py: Python<'py>,
        handle: &Handle<Client>,
        request: &Request,
        purge: bool,
        given: Given<'_, 'py>,
    ) -> PyResult<FleetRun> {
        FleetRun::new(py, handle, request, None, given, EnsureDisksDeleted::new(purge), specs::disk)
    }

    fn new<'py, W, R>(
        py: Python<'py>,
        handle: &Handle<Client>,
        request: &Request,
        fleet: Option<String>,
        (specs, progress): Given<'_, 'py>,
        work: W,
        read: R,
    ) -> PyResult<FleetRun>
    where
        W: FleetWork + 'static,
        <W as FleetWork>::Spec: 'static,
        R: Fn(usize, &Bound<'_, PyAny>) -> Result<<W as FleetWork>::Spec, Mistake>
            + Send
            + Sync
            + 'static,
    {
        let progress = (fleet.as_deref().unwrap_or(request.call), progress);
        let driver = Driver::new(py, handle, request, specs, progress, work, read)?;
        Ok(FleetRun { driver, fleet, unfinished: Once::new() })
    }
}

#[pymethods]
impl FleetRun {
    /// Calls make them; but without this the class would have no signature.
    #[new]
    #[classmethod]
    fn new_by_hand(cls: &Bound<'_, PyType>) -> PyResult<FleetRun> {
        let text = format!("{} has no constructor: use create_disks", cls.name()?);
        Err(PyTypeError::new_err(text))
    }

    /// How far it has come. Any thread may ask.
    #[getter]
    fn counts(&self, py: Python<'_>) -> PyResult<FleetCounts> {
        self.driver.counts(py).map(FleetCounts::from)
    }

    /// The fleet's name, given or made up, by which the same call goes on with it; None of other calls than
    /// `create_disks`.
    #[getter]
    fn fleet(&self) -> Option<&str> {
        self.fleet.as_deref()
    }

    /// What was under way when it ended, as results with an error whose outcome is "unknown". Empty before,
    /// and after an end with all results.
    #[getter]
    fn unfinished<'py>(&self, py: Python<'py>) -> PyResult<Results<'py>> {
        let Some(ended) = self.driver.ended() else { return Ok(PyTuple::empty(py)) };
        // Made when they are asked for: ten thousand would take longer than an end may.
        let make = || {
            let results = ended.unfinished.iter().filter_map(|result| {
                let error = result.response.as_ref().err()?;
                Some(FleetResult::of_error(py, result, error))
            });
            PyTuple::new(py, results.collect::<Vec<_>>())
        };
        imported::once(&self.unfinished, py, make).cloned()
    }

    /// Ends it. What the service has accepted goes on there. If another thread iterates over it, that one raises
    /// Interrupted.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.driver.close(py)
    }

    fn __enter__(slf: Bound<'_, Self>) -> PyResult<Bound<'_, Self>> {
        slf.get().driver.start(slf.py())?;
        Ok(slf)
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, py: Python<'_>, _exception: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.driver.close(py)
    }

    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<FleetResult>> {
        self.driver.next(py)?.map(|result| FleetResult::of(py, result)).transpose()
    }

    /// Pickling, and copying.
    fn __reduce__(&self) -> PyResult<()> {
        Err(unpicklable("a FleetRun", "; module functions do that"))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let fleet = self.fleet.as_ref().map_or_else(String::new, |name| format!(" {name:?}"));
        let counts = self.driver.counts(py).map_or_else(
            |_| "another process's".to_owned(),
            |counts| {
                let done = counts.created + counts.resized + counts.deleted + counts.existed;
                let katapult_disk::FleetCounts { failed, unknown, pending, .. } = counts;
                format!("{done} done, {failed} failed, {unknown} unknown, {pending} under way")
            },
        );
        format!("<katapult_disk {}{fleet}: {counts}>", self.driver.call)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(self.unfinished.get())?;
        self.driver.traverse(&visit)
    }
}

/// In Python a tuple of FleetResult.
pub(crate) type Results<'py> = Bound<'py, PyTuple>;

impl Drop for FleetRun {
    fn drop(&mut self) {
        if !self.driver.is_untouched() {
            return;
        }
        let text = format!(
            "{} was never started: use it with `with`, or iterate over it\0",
            self.driver.call
        );
        shutdown::attach(|py| {
            // It may be dropped while an exception is on its way.
            let on_its_way = PyErr::take(py);
            let category = py.get_type::<PyRuntimeWarning>();
            let text = std::ffi::CStr::from_bytes_with_nul(text.as_bytes()).unwrap_or_default();
            if let Err(error) = PyErr::warn(py, &category, text, 1) {
                error.write_unraisable(py, None);
            }
            if let Some(error) = on_its_way {
                error.restore(py);
            }
        });
    }
}
