//! Tasks.

use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyTuple};

use crate::json::Json;
use crate::object::{self, Always, Object, Resource};
use crate::wait::Watched;

/// Work that a call started and that goes on after its response.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct Task(katapult_disk::Task);

impl Resource for Task {
    type Value = katapult_disk::Task;

    const FIELDS: &'static [&'static str] =
        &["id", "name", "status", "created_at", "started_at", "finished_at", "progress"];

    fn new(value: Self::Value) -> Self {
        Task(value)
    }
}

impl Watched for Task {
    const KEY: &'static str = "task";
    const SHOWN_BY: &'static str = "Bar";
}

impl Task {
    /// A task of a response that has it as `task`.
    pub(crate) fn of_answer<'py>(
        py: Python<'py>,
        task: katapult_disk::Task,
        answer: &Json,
    ) -> PyResult<Bound<'py, Self>> {
        object::part(py, task, answer, Self::KEY)
    }
}

#[pymethods]
impl Task {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// `task_` and 16 letters or digits.
    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// What it does, for people; do not branch on it.
    #[getter]
    fn name(&self) -> Always<&str> {
        self.0.name.as_deref()
    }

    /// `pending`, `running`, `completed`, `failed`, or a word that is newer than this version.
    #[getter]
    fn status(&self) -> Always<&str> {
        self.0.status.as_ref().map(|status| status.as_str())
    }

    /// When it was queued.
    #[getter]
    fn created_at<'py>(&self, py: Python<'py>) -> PyResult<Always<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.created_at)
    }

    /// When it began.
    #[getter]
    fn started_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.started_at)
    }

    /// When it ended.
    #[getter]
    fn finished_at<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.finished_at)
    }

    /// 0 to 100. It jumps, so it says little about the time left.
    #[getter]
    fn progress(&self) -> Always<u64> {
        self.0.progress
    }
}
