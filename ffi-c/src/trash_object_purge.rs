use std::ffi::{c_char, c_void};

use katapult::{CallAndWait, Lookup, PurgeTrashObject, Result, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Destroys an object in the trash for good, which cannot be undone; a task does it.
/// `DELETE /trash_objects/trash_object`
///
/// @param trash_object  The trash object's id, or `{"object_id": "disk_..."}` with the id of what
///   was deleted. Any text that is not a JSON object is the trash object's own id.
/// @param reply  Receives the API's answer with `task`, or the error; free it with
///   `katapult_string_free`. May be NULL. The object is gone when `katapult_trash_object_get`
///   answers `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND`.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND`,
///   `KATAPULT_STATUS_PERMISSION_DENIED`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_object_purge(
    client: Option<&katapult_client>,
    trash_object: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        client.send(&purge(trash_object)?).map(|response| Some(response.into_body()))
    })
}

/// Destroys an object in the trash for good, which cannot be undone, and waits until that is done.
///
/// Sends `DELETE /trash_objects/trash_object`, then `GET /tasks/task` until the task has ended.
///
/// @param trash_object  As in `katapult_trash_object_purge`.
/// @param timeout_seconds  When to give up waiting. INFINITY is no limit.
/// @param progress  Called after each look at a task. May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives the last answer, with `task` as it ended, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` when the task has completed, `KATAPULT_STATUS_TASK_FAILED`, or as
///   `katapult_trash_object_purge`. After `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` the task may go
///   on; `detail` has `task`. Once the task was started, `outcome` is always `unknown`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_object_purge_wait(
    client: Option<&katapult_client>,
    trash_object: *const c_char,
    timeout_seconds: f64,
    progress: katapult_progress_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    let wait = Wait { timeout_seconds, progress, user_data };
    workflow::run(reply, client, &wait, || purge(trash_object).map(CallAndWait))
}

fn purge(trash_object: *const c_char) -> Result<PurgeTrashObject> {
    let trash_object = Lookup::from_text("trash_object", text("trash_object", trash_object)?)?;
    Ok(PurgeTrashObject { trash_object })
}
