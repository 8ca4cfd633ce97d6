//! What the functions do with an operation: each makes it in a closure, which sees its arguments after
//! the client was checked.

use std::ffi::c_char;
use std::time::Duration;

use katapult::{CallAndWait, DEFAULT_WAIT, Operation, Result, Status, TaskOperation, Workflow};

use crate::boundary;
use crate::client::katapult_client;
use crate::handle;
use crate::wait::{self, katapult_wait};

/// One request, and its response.
pub(crate) fn send<O: Operation>(
    client: Option<&katapult_client>,
    reply: *mut *mut c_char,
    operation: impl FnOnce() -> Result<O>,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        client.send(&operation()?).map(|response| Some(response.into_body()))
    })
}

/// An operation that starts a task: returns when it was started, or waits for it.
pub(crate) fn start<O: TaskOperation>(
    client: Option<&katapult_client>,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
    operation: impl FnOnce() -> Result<O>,
) -> Status {
    match wait {
        None => send(client, reply, operation),
        Some(_) => workflow(client, wait, None, reply, || operation().map(CallAndWait)),
    }
}

/// A workflow that always waits, for ten minutes unless it is said.
pub(crate) fn ensure<W: Workflow>(
    client: Option<&katapult_client>,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
    workflow_of: impl FnOnce() -> Result<W>,
) -> Status {
    workflow(client, wait, Some(DEFAULT_WAIT), reply, workflow_of)
}

/// A workflow; `timeout` is for a `wait` that is NULL.
pub(crate) fn workflow<W: Workflow>(
    client: Option<&katapult_client>,
    wait: Option<&katapult_wait>,
    timeout: Option<Duration>,
    reply: *mut *mut c_char,
    workflow: impl FnOnce() -> Result<W>,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let workflow = workflow()?;
        let result =
            wait::for_task(wait, timeout, |options| client.run_response(&workflow, options))?;
        Ok(Some(result.into_body()))
    })
}
