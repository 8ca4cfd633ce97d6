//! Calls that wait: what they share.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::{CString, c_char, c_int, c_void};

use serde_json::value::RawValue;

use katapult::{ApiResponse, Error, Outcome, Result, Status, Task, Workflow, seconds_limit};

use crate::boundary;
use crate::client::katapult_client;
use crate::handle;

/// Sees what is waited for after each look, on the thread that waits: at once, after 1 s, every 2 s, and
/// after half a minute every 5 to 10 s. It may make calls of the library.
///
/// @param task_json  The task: `{"id": ..., "name": ..., "status": ..., "progress": 0 to 100, ...}`;
///   of `katapult_openstack_volume_detach_wait` the attachment: `{"volumeId": ..., ...}`. Valid during
///   the call; do not free it.
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
    pub(crate) fn show(&self, response: &ApiResponse, task: &Task) -> Result<()> {
        self.show_member(response, "task", || format!("task {}", task.id))
    }

    /// Shows a member of an answer to the caller; `who` goes on when that stops the wait.
    pub(crate) fn show_member(
        &self,
        response: &ApiResponse,
        key: &str,
        who: impl FnOnce() -> String,
    ) -> Result<()> {
        let Some(progress) = self.progress else { return Ok(()) };
        let members: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(response.body())
            .map_err(|error| Error::internal(format!("{key}: {error}")))?;
        // JSON holds no NUL byte. The member was decoded before, so it is there.
        let json = members.get(key).map_or("null", |member| member.get());
        let json = CString::new(json).unwrap_or_default();
        // SAFETY: C passes a function of this signature; the string lives until it returns.
        let stop = unsafe { progress(json.as_ptr(), self.user_data) };
        if stop == 0 {
            return Ok(());
        }
        let text = format!("the progress function stopped the wait; {} goes on", who());
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
        let client = handle::client("client", client)?;
        let workflow = workflow()?;
        let timeout = seconds_limit("timeout_seconds", wait.timeout_seconds)?;
        let mut seen = |response: &ApiResponse, task: &Task| wait.show(response, task);
        let result = client.run_response(&workflow, timeout, &mut seen)?;
        Ok(Some(result.into_body()))
    })
}
