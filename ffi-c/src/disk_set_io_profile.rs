use std::ffi::c_char;

use katapult::{SetDiskIoProfile, Status};

use crate::boundary::{self, handle, text};
use crate::client::katapult_client;

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
        let client = handle("client", client)?;
        let disk_id = text("disk_id", disk_id)?;
        let operation = SetDiskIoProfile::from_json(disk_id, text("request_json", request_json)?)?;
        client.0.send(&operation).map(|response| Some(response.into_body()))
    })
}
