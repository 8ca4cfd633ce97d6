use std::ffi::c_char;

use katapult::{AssignDisk, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Binds a disk to a virtual machine, at once and without a task. It is not attached by that.
/// `POST /disks/disk/assign`
///
/// @param disk_id  The disk's id.
/// @param request_json  The API's own body without its `disk`: `{"virtual_machine": ...}`, an id,
///   an fqdn, or for instance `{"fqdn": "..."}`.
/// @param reply  Receives the API's answer with `disk`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNABLE_TO_ASSIGN`,
///   `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_assign(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let disk_id = text("disk_id", disk_id)?;
        let operation = AssignDisk::from_json(disk_id, text("request_json", request_json)?)?;
        client.send(&operation).map(|response| Some(response.into_body()))
    })
}
