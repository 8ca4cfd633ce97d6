use std::ffi::{c_char, c_void};

use katapult::{EnsureDiskAttached, Status};

use crate::boundary::{optional_text, text};
use crate::client::katapult_client;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Brings a disk to its virtual machine: now if that runs, and at each start.
///
/// Sends `GET /disks/disk` and `GET /virtual_machines/virtual_machine`; where needed
/// `POST /disks/disk/assign`, `PATCH /disks/disk` (attach_on_boot) and, if the virtual machine is
/// started, `POST /disks/disk/attach`, `GET /tasks/task` until that has ended and `GET /disks/disk`
/// until it is `attached`. What is so already is not sent, so it may be called again and again.
/// Refuses a virtual machine that is neither started nor stopped, and an attachment that is on its
/// way or has failed. The disk of a stopped virtual machine is `detached`, with `attach_on_boot`.
///
/// @param disk_id  The disk's id.
/// @param request_json  NULL, or `{"virtual_machine": ...}` (an id, an fqdn, or for instance
///   `{"fqdn": "..."}`): a disk without one is
///   assigned to it, a disk of another one is refused.
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
pub extern "C" fn katapult_disk_ensure_attached(
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
        EnsureDiskAttached::from_json(disk_id, request)
    })
}
