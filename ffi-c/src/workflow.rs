//! Calls that wait: what they share.

use std::ffi::{CString, c_char, c_int, c_void};

use serde::Deserialize;
use serde_json::value::RawValue;

use katapult::{Error, Outcome, Response, Result, Status, Task, Workflow, seconds_limit};

use crate::boundary::{self, handle};
use crate::client::katapult_client;

/// Sees a task after each look, on the thread that waits.
///
/// @param task_json  The task: `{"id": ..., "name": ..., "status": ..., "progress": 0 to 100, ...}`.
///   Valid during the call; do not free it.
/// @param user_data  What was given to the call that waits.
/// @return 0 to go on, anything else to stop waiting (the task goes on).
#[allow(non_camel_case_types)]
pub type katapult_progress_fn =
    Option<unsafe extern "C" fn(task_json: *const c_char, user_data: *mut c_void) -> c_int>;

/// How a call waits.
pub(crate) struct Wait {
    pub(crate) timeout_seconds: f64,
    pub(crate) progress: katapult_progress_fn,
    pub(crate) user_data: *mut c_void,
}

impl Wait {
    /// Shows a task to the caller.
    pub(crate) fn show(&self, response: &Response, task: &Task) -> Result<()> {
        let Some(progress) = self.progress else { return Ok(()) };
        #[derive(Deserialize)]
        struct Body<'a> {
            #[serde(borrow)]
            task: &'a RawValue,
        }
        let body: Body<'_> = serde_json::from_str(response.body())
            .map_err(|error| Error::internal(format!("task: {error}")))?;
        // JSON holds no NUL byte.
        let task_json = CString::new(body.task.get()).unwrap_or_default();
        // SAFETY: C passes a function of this signature; the string lives until it returns.
        let stop = unsafe { progress(task_json.as_ptr(), self.user_data) };
        if stop == 0 {
            return Ok(());
        }
        let text = format!("the progress function stopped the wait; task {} goes on", task.id);
        Err(Error::interrupted(Outcome::Unknown, text))
    }
}

/// Runs a workflow and hands out its result.
pub(crate) fn run<W: Workflow>(
    reply: *mut *mut c_char,
    client: Option<&katapult_client>,
    wait: &Wait,
    workflow: impl FnOnce() -> Result<W>,
) -> Status {
    boundary::run(reply, || {
        let client = handle("client", client)?;
        let workflow = workflow()?;
        let timeout = seconds_limit("timeout_seconds", wait.timeout_seconds)?;
        let mut seen = |response: &Response, task: &Task| wait.show(response, task);
        let result = client.0.run_response(&workflow, timeout, &mut seen)?;
        Ok(Some(result.into_body()))
    })
}
