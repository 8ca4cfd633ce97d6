use std::ffi::c_char;

use katapult::{Status, UnassignDisk};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Takes a disk from its virtual machine, at once and without a task.
/// `POST /disks/disk/unassign`
///
/// Of a disk without a virtual machine this changes nothing. Detach it first.
///
/// @param disk_id  The disk's id.
/// @param reply  Receives the API's answer with `disk`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNABLE_TO_UNASSIGN`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_unassign(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let operation = UnassignDisk { disk: text("disk_id", disk_id)?.into() };
        client.send(&operation).map(|response| Some(response.into_body()))
    })
}
