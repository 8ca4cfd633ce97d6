//! Calls that wait for tasks, with progress.

use std::time::Duration;

use katapult_disk::{Client, Error, Lookup, Outcome, Response, TaskAnswer, Workflow};
use pyo3::exceptions::PyRuntimeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyBool;

use crate::arguments::{self as read, Argument, Limit, wrong};
use crate::errors::invalid_argument;
use crate::handle::Handle;
use crate::json::Json;
use crate::objects::Task;

/// How long to wait, and who sees the task meanwhile.
pub(crate) struct Waiting<'a, 'py> {
    pub(crate) timeout: Option<Duration>,
    pub(crate) progress: Argument<'a, 'py>,
}

impl<'a, 'py> Waiting<'a, 'py> {
    /// By default it waits as `wait_task` does.
    pub(crate) fn new(timeout: Limit<'py>, progress: Argument<'a, 'py>) -> PyResult<Self> {
        let timeout = timeout.read("timeout", Some(Client::DEFAULT_WAIT))?;
        Ok(Waiting { timeout, progress })
    }
}

/// The arguments of a call that can wait for the task that it starts.
pub(crate) struct WaitArguments<'a, 'py> {
    pub(crate) wait: Argument<'a, 'py>,
    pub(crate) timeout: Limit<'py>,
    pub(crate) progress: Argument<'a, 'py>,
}

impl<'a, 'py> WaitArguments<'a, 'py> {
    /// `None` is not to wait; then the other two would be lost in silence.
    pub(crate) fn read(self, py: Python<'py>) -> PyResult<Option<Waiting<'a, 'py>>> {
        let wait = read::flag("wait", self.wait)?.unwrap_or(false);
        let waiting = Waiting::new(self.timeout, self.progress)?;
        if wait {
            return Ok(Some(waiting));
        }
        let without_wait = |name: &str| {
            Err(invalid_argument(py, format!("{name} needs wait=True: without it nothing waits")))
        };
        if waiting.timeout != Some(Client::DEFAULT_WAIT) {
            return without_wait("timeout");
        }
        match waiting.progress {
            Some(progress) if !progress.is(PyBool::new(py, false)) => without_wait("progress"),
            _ => Ok(None),
        }
    }
}

pub(crate) fn wait_task<'py>(
    py: Python<'py>,
    handle: &Handle<Client>,
    task: Lookup,
    waiting: &Waiting<'_, 'py>,
) -> PyResult<Bound<'py, Task>> {
    let timeout = waiting.timeout;
    let (answer, json) = watch(py, handle, waiting, |client, look| {
        let response = client.wait_task_response(task, timeout, look)?;
        Ok((response.decode::<TaskAnswer>()?, Json::new(response.into_body())))
    })?;
    Task::of_answer(py, answer.task, &json)
}

/// Runs a workflow; its result, and the result's text.
pub(crate) fn run<'py, W>(
    py: Python<'py>,
    handle: &Handle<Client>,
    workflow: &W,
    waiting: &Waiting<'_, 'py>,
) -> PyResult<(W::Output, Json)>
where
    W: Workflow + Sync,
    W::Output: Send,
{
    let timeout = waiting.timeout;
    watch(py, handle, waiting, |client, look| {
        let response = client.run_response(workflow, timeout, look)?;
        Ok((response.decode()?, Json::new(response.into_body())))
    })
}

/// Sees a task after each look.
type Look<'a> = dyn FnMut(&Response, &katapult_disk::Task) -> katapult_disk::Result<()> + 'a;

/// Makes a call that waits, and reports its progress.
fn watch<T: Send>(
    py: Python<'_>,
    handle: &Handle<Client>,
    waiting: &Waiting<'_, '_>,
    call: impl FnOnce(&Client, &mut Look<'_>) -> katapult_disk::Result<T> + Send,
) -> PyResult<T> {
    let progress = Progress::new(py, waiting.progress)?;
    let mut raised = None;
    let mut look = |response: &Response, task: &katapult_disk::Task| match &progress.function {
        None => Ok(()),
        Some(function) => report(function, response, task).map_err(|error| {
            raised = Some(error);
            Error::interrupted(Outcome::Unknown, "the progress function raised an exception")
        }),
    };
    let answer = handle.call(py, |client| call(client, &mut look));
    let finished = progress.finish(py);
    if let Some(error) = raised {
        return Err(error);
    }
    let answer = answer?;
    finished?;
    Ok(answer)
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
