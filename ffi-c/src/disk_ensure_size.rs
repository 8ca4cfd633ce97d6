use std::ffi::{c_char, c_void};

use katapult::{EnsureDiskSize, Status};

use crate::boundary::text;
use crate::client::katapult_client;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Gives a disk a size in the way that its attachment permits, and makes sure that it has it.
///
/// Sends `GET /disks/disk`, for a disk that might be about to be attached
/// `GET /virtual_machines/virtual_machine` and `GET /disks/disk` again, then `PUT /disks/disk/resize`,
/// `GET /tasks/task` until that has ended, and `GET /disks/disk` until it has the size. A disk that
/// has it already is only read. Refuses to shrink an attached disk, and to grow one unless the method
/// is `online`; a disk that is not attached is resized offline, whatever the method.
///
/// @param disk_id  The disk's id.
/// @param request_json  `{"size_in_gb": 40, "resize_method": "online"}`; the method is `offline`
///   unless given.
/// @param timeout_seconds  When to give up waiting. INFINITY is no limit.
/// @param progress  Called after each look at a task. May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives the disk as it is then, as `katapult_disk_get` does, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`; `KATAPULT_STATUS_REFUSED` when acting would not be safe (nothing was
///   changed, and the description says what to do); `KATAPULT_STATUS_NO_EFFECT` when a task completed
///   without effect; or for instance `KATAPULT_STATUS_TIMED_OUT`, `KATAPULT_STATUS_DISK_NOT_FOUND`.
///   Once something was changed, `outcome` is `unknown` and the description says what was done.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_ensure_size(
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
        EnsureDiskSize::from_json(disk_id, text("request_json", request_json)?)
    })
}
