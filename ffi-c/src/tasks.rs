use std::ffi::c_char;

use katapult::{DEFAULT_WAIT, GetTask, Status};

use crate::boundary::{self, text};
use crate::calls;
use crate::client::katapult_client;
use crate::handle;
use crate::wait::{self, katapult_wait};

/// Reads a task. `GET /tasks/task`
///
/// @param task_id  The task's id, from the response of the call that started it.
/// @param reply  Receives the API's response with `task`, whose `status` is `pending`, `running`,
///   `completed` or `failed`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TASK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_task_get(
    client: Option<&katapult_client>,
    task_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || Ok(GetTask::new(text("task_id", task_id)?)))
}

/// Waits until a task has completed: polls at once, after 1 s, then every 2 s, later less often,
/// and once more just before the timeout. `GET /tasks/task`
///
/// Read the disk again afterwards: the one that came with the task is from before it.
///
/// @param task_id  The task's id.
/// @param wait  How long to wait; NULL is 600 s, without progress.
/// @param reply  Receives the API's last response with `task`, or the error, whose `detail` has the
///   `task` as it was seen last; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` when the task has completed, `KATAPULT_STATUS_TASK_FAILED` when it
///   has failed. After `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` (the progress
///   function said to stop) it goes on.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_task_wait(
    client: Option<&katapult_client>,
    task_id: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let task_id = text("task_id", task_id)?;
        let last = wait::for_task(wait, Some(DEFAULT_WAIT), |options| {
            client.wait_task_response(task_id, options)
        })?;
        Ok(Some(last.into_body()))
    })
}
