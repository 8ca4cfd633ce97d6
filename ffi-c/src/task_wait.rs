use std::ffi::{CString, c_char, c_int, c_void};

use serde::Deserialize;
use serde_json::value::RawValue;

use katapult::{Error, Outcome, Response, Result, Status, Task, seconds_limit};

use crate::boundary::{self, handle, text};
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

/// Waits until a task has completed: looks at once, after 1 s, then every 2 s, later less often,
/// and once more just before the timeout.
///
/// Read the disk again afterwards: the one that came with the task is from before it.
///
/// @param task_id  The task's id.
/// @param timeout_seconds  When to give up. INFINITY is no limit, 0 is to look once.
/// @param progress  Called after each look. May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives the API's last answer with `task`, or the error, whose `detail` is the
///   task as it was seen last; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` when the task has completed, `KATAPULT_STATUS_TASK_FAILED` when it
///   has failed. After `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` (`progress`
///   said to stop) it goes on.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_task_wait(
    client: Option<&katapult_client>,
    task_id: *const c_char,
    timeout_seconds: f64,
    progress: katapult_progress_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle("client", client)?;
        let task_id = text("task_id", task_id)?;
        let timeout = seconds_limit("timeout_seconds", timeout_seconds)?;
        let mut seen = |response: &Response, task: &Task| show(progress, user_data, response, task);
        let last = client.0.wait_task_response(task_id, timeout, &mut seen)?;
        Ok(Some(last.into_body()))
    })
}

fn show(
    progress: katapult_progress_fn,
    user_data: *mut c_void,
    response: &Response,
    task: &Task,
) -> Result<()> {
    let Some(progress) = progress else { return Ok(()) };
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
    let stop = unsafe { progress(task_json.as_ptr(), user_data) };
    if stop == 0 {
        return Ok(());
    }
    let text = format!("the progress function stopped the wait; task {} goes on", task.id);
    Err(Error::interrupted(Outcome::Unknown, text))
}
