use std::ffi::{c_char, c_void};

use katapult::{CallAndWait, PurgeAllTrash, Result, Status};

use crate::boundary::{self, optional_text};
use crate::client::katapult_client;
use crate::handle;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Destroys everything in an organization's trash for good, which cannot be undone; a task does it.
/// `POST /organizations/organization/trash_objects/purge_all`
///
/// @param request_json  NULL (the trash of the client's organization), or the API's own body:
///   `{"organization": ...}`, an id, a sub_domain, or for instance `{"sub_domain": "..."}`.
/// @param reply  Receives the API's answer with `task`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`,
///   `KATAPULT_STATUS_PERMISSION_DENIED`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_purge_all(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        client.send(&purge(request_json)?).map(|response| Some(response.into_body()))
    })
}

/// Destroys everything in an organization's trash for good, which cannot be undone, and waits until that is done.
///
/// Sends `POST /organizations/organization/trash_objects/purge_all`, then `GET /tasks/task` until the task has ended.
///
/// @param request_json  As in `katapult_trash_purge_all`.
/// @param timeout_seconds  When to give up waiting. INFINITY is no limit.
/// @param progress  Called after each look at a task. May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives the last answer, with `task` as it ended, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` when the task has completed, `KATAPULT_STATUS_TASK_FAILED`, or as
///   `katapult_trash_purge_all`. After `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` the task may go
///   on; `detail` has `task`. Once the task was started, `outcome` is always `unknown`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_purge_all_wait(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    timeout_seconds: f64,
    progress: katapult_progress_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    let wait = Wait { timeout_seconds, progress, user_data };
    workflow::run(reply, client, &wait, || purge(request_json).map(CallAndWait))
}

fn purge(request_json: *const c_char) -> Result<PurgeAllTrash> {
    PurgeAllTrash::from_json(optional_text("request_json", request_json)?.unwrap_or("{}"))
}
