use std::ffi::{c_char, c_void};

use katapult::{CallAndWait, ResizeDisk, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Grows or shrinks a disk; a task does it. `PUT /disks/disk/resize`
///
/// Wait for the task, then read the disk: a task that completed is no proof that a blank disk has
/// shrunk.
///
/// @param disk_id  The disk's id.
/// @param request_json  The API's own body without its `disk`:
///   `{"size_in_gb": 40, "resize_method": "online"}`. The method may be `offline` (not attached) or
///   `online` (attached; it can only grow), and may be left to the service.
/// @param reply  Receives the API's answer with `disk` (*before* the task, with the old size) and
///   `task`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_resize(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let disk_id = text("disk_id", disk_id)?;
        let operation = ResizeDisk::from_json(disk_id, text("request_json", request_json)?)?;
        client.send(&operation).map(|response| Some(response.into_body()))
    })
}

/// Grows or shrinks a disk, and waits until that is done. See `katapult_disk_ensure_size`, which
/// also makes sure that the disk has the size.
///
/// Sends `PUT /disks/disk/resize`, then `GET /tasks/task` until the task has ended, then `GET /disks/disk`.
///
/// @param disk_id  The disk's id.
/// @param request_json  As in `katapult_disk_resize`.
/// @param timeout_seconds  When to give up waiting. INFINITY is no limit.
/// @param progress  Called after each look at a task. May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives the answer as of `katapult_disk_resize`, but with the disk read again *after* the task
///   and the task as it ended, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` when the task has completed, `KATAPULT_STATUS_TASK_FAILED`, or as
///   `katapult_disk_resize`. After `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` the task may go
///   on; `detail` has `disk` and `task`. Once the task was started, `outcome` is always `unknown`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_resize_wait(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    timeout_seconds: f64,
    progress: katapult_progress_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    let wait = Wait { timeout_seconds, progress, user_data };
    workflow::run(reply, client, &wait, || {
        let disk_id = text("disk_id", disk_id)?;
        ResizeDisk::from_json(disk_id, text("request_json", request_json)?).map(CallAndWait)
    })
}
