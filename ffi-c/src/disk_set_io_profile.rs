use std::ffi::{c_char, c_void};

use katapult::{CallAndWait, SetDiskIoProfile, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Gives a disk other limits of speed; a task does it. `PUT /disks/disk/io_profile`
///
/// @param disk_id  The disk's id.
/// @param request_json  The API's own body without its `disk`: `{"io_profile": ...}`, an id, a
///   permalink, or for instance `{"permalink": "..."}`.
/// @param reply  Receives the API's answer with `disk` (*before* the task) and `task`, or the error;
///   free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_IO_PROFILE_NOT_FOUND`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_set_io_profile(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let disk_id = text("disk_id", disk_id)?;
        let operation = SetDiskIoProfile::from_json(disk_id, text("request_json", request_json)?)?;
        client.send(&operation).map(|response| Some(response.into_body()))
    })
}

/// Gives a disk other limits of speed, and waits until that is done.
///
/// Sends `PUT /disks/disk/io_profile`, then `GET /tasks/task` until the task has ended, then `GET /disks/disk`.
///
/// @param disk_id  The disk's id.
/// @param request_json  As in `katapult_disk_set_io_profile`.
/// @param timeout_seconds  When to give up waiting. INFINITY is no limit.
/// @param progress  Called after each look at a task. May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives the answer as of `katapult_disk_set_io_profile`, but with the disk read again *after* the task
///   and the task as it ended, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` when the task has completed, `KATAPULT_STATUS_TASK_FAILED`, or as
///   `katapult_disk_set_io_profile`. After `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` the task may go
///   on; `detail` has `disk` and `task`. Once the task was started, `outcome` is always `unknown`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_set_io_profile_wait(
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
        SetDiskIoProfile::from_json(disk_id, text("request_json", request_json)?).map(CallAndWait)
    })
}
