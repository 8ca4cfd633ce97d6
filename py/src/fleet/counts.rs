//! How far a fleet has come.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

/// How far a call for many disks has come: how many of them are what.
///
/// Frozen, comparable, hashable and picklable.
#[pyclass(frozen, eq, hash, get_all, module = "katapult_disk")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct FleetCounts {
    /// Created by this call, and built.
    created: usize,
    /// Brought to another size by this call.
    resized: usize,
    /// Put into the trash, or destroyed, by this call.
    deleted: usize,
    /// As wished already, without this call.
    existed: usize,
    /// Rejected, or accepted and failed.
    failed: usize,
    /// Something was sent, and what has come of it is not known.
    unknown: usize,
    /// Nothing was sent for them.
    not_started: usize,
    /// Under way; none when the call has ended.
    pending: usize,
}

impl From<katapult_disk::FleetCounts> for FleetCounts {
    fn from(counts: katapult_disk::FleetCounts) -> FleetCounts {
        FleetCounts {
            created: counts.created,
            resized: counts.resized,
            deleted: counts.deleted,
            existed: counts.existed,
            failed: counts.failed,
            unknown: counts.unknown,
            not_started: counts.not_started,
            pending: counts.pending,
        }
    }
}

const NAMES: [&str; 8] =
    ["created", "resized", "deleted", "existed", "failed", "unknown", "not_started", "pending"];

/// A class and its arguments, as pickle wants it.
type Reduced<'py> = (Bound<'py, PyType>, Bound<'py, PyTuple>);

impl FleetCounts {
    fn values(&self) -> [usize; 8] {
        let FleetCounts { created, resized, deleted, existed, failed, unknown, .. } = *self;
        [created, resized, deleted, existed, failed, unknown, self.not_started, self.pending]
    }
}

#[pymethods]
impl FleetCounts {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        PyTuple::new(py, NAMES)
    }

    #[new]
    #[pyo3(signature = (
        created=0, resized=0, deleted=0, existed=0, failed=0, unknown=0, not_started=0, pending=0
    ))]
    #[allow(clippy::too_many_arguments, reason = "all are keywords in Python")]
    fn new(
        created: usize,
        resized: usize,
        deleted: usize,
        existed: usize,
        failed: usize,
        unknown: usize,
        not_started: usize,
        pending: usize,
    ) -> FleetCounts {
        FleetCounts { created, resized, deleted, existed, failed, unknown, not_started, pending }
    }

    /// The counts by their names.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, value) in NAMES.into_iter().zip(self.values()) {
            dict.set_item(name, value)?;
        }
        Ok(dict)
    }

    /// Pickling, and copying.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        Ok((py.get_type::<FleetCounts>(), PyTuple::new(py, self.values())?))
    }

    fn __repr__(&self) -> String {
        let counts = NAMES.into_iter().zip(self.values());
        let shown: Vec<String> = counts.map(|(name, value)| format!("{name}={value}")).collect();
        format!("FleetCounts({})", shown.join(", "))
    }
}
