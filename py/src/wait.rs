//! Waiting for a task, with progress.

use std::time::Duration;

use katapult_disk::{Client, Error, Lookup, Outcome, Response, TaskAnswer};
use pyo3::exceptions::PyRuntimeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyBool;

use crate::arguments::{Argument, wrong};
use crate::handle::Handle;
use crate::json::Json;
use crate::objects::Task;

pub(crate) fn wait_task<'py>(
    py: Python<'py>,
    handle: &Handle<Client>,
    task: Lookup,
    timeout: Option<Duration>,
    progress: Argument<'_, 'py>,
) -> PyResult<Bound<'py, Task>> {
    let progress = Progress::new(py, progress)?;
    let mut raised = None;
    let mut look = |response: &Response, task: &katapult_disk::Task| match &progress.function {
        None => Ok(()),
        Some(function) => report(function, response, task).map_err(|error| {
            raised = Some(error);
            Error::interrupted(Outcome::Unknown, "the progress function raised an exception")
        }),
    };
    let answer = handle.call(py, |client| {
        let response = client.wait_task_response(task, timeout, &mut look)?;
        Ok((response.decode::<TaskAnswer>()?, Json::new(response.into_body())))
    });
    let finished = progress.finish(py);
    if let Some(error) = raised {
        return Err(error);
    }
    let (answer, json) = answer?;
    finished?;
    Task::of_answer(py, answer.task, &json)
}

/// Calls the function on the thread that waits.
fn report(function: &Py<PyAny>, response: &Response, task: &katapult_disk::Task) -> PyResult<()> {
    let call = |py: Python<'_>| {
        let task = Task::of_answer(py, task.clone(), &Json::new(response.body()))?;
        function.call1(py, (task,))?;
        Ok(())
    };
    Python::try_attach(call)
        .unwrap_or_else(|| Err(PyRuntimeError::new_err("the interpreter is shutting down")))
}

struct Progress {
    function: Option<Py<PyAny>>,
    is_bar: bool,
}

impl Progress {
    /// True is a bar on stderr, False and None nothing, anything else has to be callable.
    fn new(py: Python<'_>, given: Argument<'_, '_>) -> PyResult<Progress> {
        let Some(given) = given else {
            return Ok(Progress { function: None, is_bar: false });
        };
        if given.is_instance_of::<PyBool>() {
            let is_bar = given.is_truthy()?;
            let bar = || py.import("katapult_disk.progress")?.getattr("Bar")?.call0();
            let function = is_bar.then(bar).transpose()?.map(Bound::unbind);
            return Ok(Progress { function, is_bar });
        }
        if !given.is_callable() {
            return Err(wrong("progress", "True, False, None or a callable", given));
        }
        Ok(Progress { function: Some(given.clone().unbind()), is_bar: false })
    }

    fn finish(&self, py: Python<'_>) -> PyResult<()> {
        match &self.function {
            Some(bar) if self.is_bar => {
                bar.call_method0(py, intern!(py, "finish"))?;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
