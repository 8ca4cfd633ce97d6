use std::ffi::{c_char, c_void};

use katapult::{EnsureDiskDeleted, Status};

use crate::boundary::{optional_text, text};
use crate::client::katapult_client;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Deletes a disk that no virtual machine has; one that is in the trash or gone already counts. Of an id
/// (`disk_` and 16 letters or digits) nobody can tell whether it ever was one; what has another shape
/// and is not found is `KATAPULT_STATUS_DISK_NOT_FOUND`.
///
/// Sends `GET /disks/disk` and `DELETE /disks/disk`; with `purge` also
/// `DELETE /trash_objects/trash_object`, `GET /tasks/task` until that has ended and
/// `GET /trash_objects/trash_object` until it is not found. Refuses unless the disk's answer says
/// `"virtual_machine_disk": null`.
///
/// @param disk_id  The disk's id.
/// @param request_json  NULL, or `{"purge": true}`: destroy it at once, which cannot be undone,
///   instead of leaving it in the trash for 48 hours.
/// @param timeout_seconds  When to give up waiting. INFINITY is no limit.
/// @param progress  Called after each look at a task. May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives `{"trash_object": {...}}`, with null when the disk is gone for good, or the
///   error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`; `KATAPULT_STATUS_REFUSED` when acting would not be safe (nothing was
///   changed, and the description says what to do); `KATAPULT_STATUS_NO_EFFECT` when a task completed
///   without effect; or for instance `KATAPULT_STATUS_TIMED_OUT`, `KATAPULT_STATUS_DISK_NOT_FOUND`.
///   Once something was changed, `outcome` is `unknown` and the description says what was done.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_ensure_deleted(
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
        let request = optional_text("request_json", request_json)?.unwrap_or("{}");
        EnsureDiskDeleted::from_json(disk_id, request)
    })
}
