use std::ffi::{c_char, c_void};

use katapult::{CallAndWait, DetachDisk, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Detaches a disk from its virtual machine; a task does it. `POST /disks/disk/detach`
///
/// The disk is free when the task has completed, not before. It stays assigned, and the next start
/// of the virtual machine attaches it again unless `attach_on_boot` is false.
///
/// @param disk_id  The disk's id.
/// @param reply  Receives the API's answer with `disk` (*before* the task, still `attached`) and
///   `task`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNASSIGNED_DISK`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_detach(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let detach = DetachDisk { disk: text("disk_id", disk_id)?.into() };
        client.send(&detach).map(|response| Some(response.into_body()))
    })
}

/// Detaches a disk from its virtual machine, and waits until that is done.
///
/// Sends `POST /disks/disk/detach`, then `GET /tasks/task` until the task has ended, then `GET /disks/disk`.
///
/// @param disk_id  The disk's id.
/// @param timeout_seconds  When to give up waiting. INFINITY is no limit.
/// @param progress  Called after each look at a task. May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives the answer as of `katapult_disk_detach`, but with the disk read again *after* the task
///   and the task as it ended, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` when the task has completed, `KATAPULT_STATUS_TASK_FAILED`, or as
///   `katapult_disk_detach`. After `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` the task may go
///   on; `detail` has `disk` and `task`. Once the task was started, `outcome` is always `unknown`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_detach_wait(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    timeout_seconds: f64,
    progress: katapult_progress_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    let wait = Wait { timeout_seconds, progress, user_data };
    workflow::run(reply, client, &wait, || {
        Ok(CallAndWait(DetachDisk { disk: text("disk_id", disk_id)?.into() }))
    })
}
