use std::ffi::c_char;

use katapult::{DeleteDisk, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Puts a disk into the trash, where it stays for 48 hours. `DELETE /disks/disk`
///
/// @param disk_id  The disk's id. Unassign it first.
/// @param reply  Receives the API's answer with `disk` (as it was) and `trash_object`, or the
///   error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OBJECT_IN_TRASH` (it is there
///   already), `KATAPULT_STATUS_DISK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_delete(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let operation = DeleteDisk { disk: text("disk_id", disk_id)?.into() };
        client.send(&operation).map(|response| Some(response.into_body()))
    })
}
