use std::ffi::{c_char, c_void};

use katapult::{EnsureDiskUnassigned, Status};

use crate::boundary::{optional_text, text};
use crate::client::katapult_client;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Removes a disk from its virtual machine: detaches it as `katapult_disk_ensure_detached` does, then
/// unassigns it.
///
/// Sends, after what that sends, `POST /disks/disk/unassign` and `GET /disks/disk` until the disk has
/// no virtual machine. The virtual machine may also be failed or orphaned. Never a boot disk.
///
/// @param disk_id  The disk's id.
/// @param request_json  NULL, or `{"virtual_machine": ...}` (an id, an fqdn, or for instance
///   `{"fqdn": "..."}`): a disk of another one is
///   refused.
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
pub extern "C" fn katapult_disk_ensure_unassigned(
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
        EnsureDiskUnassigned::from_json(disk_id, request)
    })
}
