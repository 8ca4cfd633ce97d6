//! Calls that wait, with progress.

use std::time::Duration;

use katapult_disk::openstack::Client as OpenStackClient;
use katapult_disk::{
    Client, DEFAULT_WAIT, Error, Outcome, Progress as Seen, Result, TaskRef, TaskResponse,
    WaitOptions, Workflow,
};
use pyo3::call::PyCallArgs;
use pyo3::prelude::*;
use pyo3::types::PyBool;

use crate::arguments::{self as read, Argument, CallTimeout, wrong};
use crate::errors::invalid_argument;
use crate::handle::{CoreClient, Handle};
use crate::imported::intern;
use crate::json::Json;
use crate::object::{self, Resource};
use crate::objects::{Task, VolumeAttachment};
use crate::shutdown;

/// An object that a wait polls.
pub(crate) trait Watched: Resource<Value: Sync> {
    /// Its key in a response.
    const KEY: &'static str;
    /// The class in `progress.py` for `progress=True`.
    const SHOWN_BY: &'static str;
}

/// How long to wait, and the progress function.
#[derive(Default)]
pub(crate) struct Waiting<'a, 'py> {
    pub(crate) timeout: Option<Duration>,
    pub(crate) progress: Argument<'a, 'py>,
}

impl<'a, 'py> Waiting<'a, 'py> {
    pub(crate) fn new(
        py: Python<'py>,
        timeout: Option<f64>,
        progress: Argument<'a, 'py>,
    ) -> PyResult<Self> {
        Ok(Waiting { timeout: read::wait_timeout(py, timeout)?, progress })
    }
}

/// The arguments of a call that can wait for its task.
pub(crate) struct WaitArguments<'a, 'py> {
    pub(crate) wait: bool,
    pub(crate) timeout: Option<f64>,
    pub(crate) progress: Argument<'a, 'py>,
}

/// What the signatures of the calls that wait have as `timeout`.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(600);
const _: () = assert!(DEFAULT_TIMEOUT.as_secs() == DEFAULT_WAIT.as_secs());

/// Whether a call waits for the task that it starts.
pub(crate) enum Wait<'a, 'py> {
    For(Waiting<'a, 'py>),
    /// The call may take so long.
    Not(CallTimeout),
}

impl<'a, 'py> WaitArguments<'a, 'py> {
    /// Without a wait `timeout` is the call's, unless it is the default of waits; `progress` is rejected
    /// then, not ignored.
    pub(crate) fn read(self, py: Python<'py>) -> PyResult<Wait<'a, 'py>> {
        if self.wait {
            return Waiting::new(py, self.timeout, self.progress).map(Wait::For);
        }
        match self.progress {
            Some(progress) if !progress.is(PyBool::new(py, false)) => {
                let text = "progress needs wait=True: without it nothing waits";
                Err(invalid_argument(py, text))
            }
            _ if self.timeout == Some(DEFAULT_TIMEOUT.as_secs_f64()) => {
                Ok(Wait::Not(CallTimeout::Client))
            }
            _ => {
                let timeout = read::call_timeout(py, "timeout", self.timeout)?;
                Ok(Wait::Not(CallTimeout::Own(timeout)))
            }
        }
    }
}

pub(crate) fn wait_task<'py>(
    py: Python<'py>,
    handle: &Handle<Client>,
    task: TaskRef,
    waiting: &Waiting<'_, 'py>,
) -> PyResult<Bound<'py, Task>> {
    let (answer, json) = watch::<Task, _, _>(py, handle, waiting, |client, options| {
        let response = client.wait_task_response(task, options)?;
        Ok((response.decode::<TaskResponse>()?, Json::new(response.into_body())))
    })?;
    Task::of_answer(py, answer.task, &json)
}

/// Runs a workflow; returns its result and the result's JSON text.
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
    watch::<Task, _, _>(py, handle, waiting, |client, options| {
        let (output, response) = client.run_with_response(workflow, options)?;
        Ok((output, Json::new(response.into_body())))
    })
}

/// Detaches a volume and waits until it is gone.
pub(crate) fn detach_volume(
    py: Python<'_>,
    handle: &Handle<OpenStackClient>,
    [server_id, volume_id]: [&str; 2],
    missing_ok: bool,
    waiting: &Waiting<'_, '_>,
) -> PyResult<katapult_disk::openstack::VolumeDetach> {
    watch::<VolumeAttachment, _, _>(py, handle, waiting, |client, options| {
        client.detach_volume_and_wait(server_id, volume_id, missing_ok, options)
    })
}

/// Makes a call that waits, and reports its progress.
fn watch<W: Watched, C: CoreClient, T: Send>(
    py: Python<'_>,
    handle: &Handle<C>,
    waiting: &Waiting<'_, '_>,
    call: impl FnOnce(&C, WaitOptions<'_, W::Value>) -> Result<T> + Send,
) -> PyResult<T> {
    let progress = Progress::new(py, waiting.progress, W::SHOWN_BY, ())?;
    let mut raised = None;
    let mut show = |seen: &Seen<'_, W::Value>| match &progress.function {
        None => Ok(()),
        Some(function) => report::<W>(function, seen).map_err(|error| {
            raised = Some(error);
            Error::interrupted(Outcome::Unknown, "the progress function raised an exception")
        }),
    };
    let timeout = waiting.timeout;
    let answer =
        handle.call(py, |client| call(client, WaitOptions { timeout, progress: Some(&mut show) }));
    let finished = progress.finish(py);
    if let Some(error) = raised {
        // The cause holds what was started, as after Ctrl-C.
        if error.cause(py).is_none() {
            error.set_cause(py, answer.err());
        }
        return Err(error);
    }
    let answer = answer?;
    finished?;
    Ok(answer)
}

/// Calls the progress function, on the waiting thread.
fn report<W: Watched>(function: &Py<PyAny>, seen: &Seen<'_, W::Value>) -> PyResult<()> {
    let call = |py: Python<'_>| {
        let seen = object::create::<W>(py, seen.seen.clone(), Json::new(seen.json()))?;
        function.call1(py, (seen,))?;
        Ok(())
    };
    shutdown::attach(call).unwrap_or_else(|| Err(shutdown::refusal()))
}

/// A progress function, or none.
#[derive(Default)]
pub(crate) struct Progress {
    function: Option<Py<PyAny>>,
    is_own: bool,
}

impl Progress {
    /// True shows a line on stderr, False and None nothing; anything else must be callable. `shown_by` is the
    /// class in `progress.py` for True, and `arguments` are what it is made with.
    pub(crate) fn new<'py>(
        py: Python<'py>,
        given: Argument<'_, 'py>,
        shown_by: &str,
        arguments: impl PyCallArgs<'py>,
    ) -> PyResult<Progress> {
        let Some(given) = given else {
            return Ok(Progress::default());
        };
        if given.is_instance_of::<PyBool>() {
            let is_own = given.is_truthy()?;
            let line = || py.import("katapult_disk.progress")?.getattr(shown_by)?.call1(arguments);
            let function =
                is_own.then(|| shutdown::visit(py, line)).transpose()?.map(Bound::unbind);
            return Ok(Progress { function, is_own });
        }
        if !given.is_callable() {
            return Err(wrong("progress", "True, False, None or a callable", given));
        }
        Ok(Progress { function: Some(given.clone().unbind()), is_own: false })
    }

    pub(crate) fn function(&self) -> Option<&Py<PyAny>> {
        self.function.as_ref()
    }

    /// Whether it is the package's own line.
    pub(crate) fn is_own(&self) -> bool {
        self.is_own
    }

    pub(crate) fn finish(&self, py: Python<'_>) -> PyResult<()> {
        match &self.function {
            Some(line) if self.is_own => {
                shutdown::visit(py, || line.call_method0(py, intern!(py, "finish")))?;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
