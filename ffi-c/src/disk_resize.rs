use std::ffi::c_char;

use katapult::{ResizeDisk, Status};

use crate::boundary::{self, handle, text};
use crate::client::katapult_client;

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
        let client = handle("client", client)?;
        let disk_id = text("disk_id", disk_id)?;
        let operation = ResizeDisk::from_json(disk_id, text("request_json", request_json)?)?;
        client.0.send(&operation).map(|response| Some(response.into_body()))
    })
}
