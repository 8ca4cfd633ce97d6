use std::ffi::c_char;

use katapult::{GetTask, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Reads a task. `GET /tasks/task`
///
/// @param task_id  The task's id, from the answer of the call that started it.
/// @param reply  Receives the API's answer with `task`, whose `status` is `pending`, `running`,
///   `completed` or `failed`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TASK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_task_get(
    client: Option<&katapult_client>,
    task_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let get = GetTask { task: text("task_id", task_id)?.into() };
        client.send(&get).map(|response| Some(response.into_body()))
    })
}
