use std::ffi::{c_char, c_void};

use katapult::{ApiResponse, Status, Task, seconds_limit};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;
use crate::workflow::{Wait, katapult_progress_fn};

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
        let client = handle::client("client", client)?;
        let task_id = text("task_id", task_id)?;
        let timeout = seconds_limit("timeout_seconds", timeout_seconds)?;
        let wait = Wait { timeout_seconds, progress, user_data };
        let mut seen = |response: &ApiResponse, task: &Task| wait.show(response, task);
        let last = client.wait_task_response(task_id, timeout, &mut seen)?;
        Ok(Some(last.into_body()))
    })
}
