use std::ffi::c_char;

use katapult::{GetDisk, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Reads a disk. `GET /disks/disk`
///
/// @param disk_id  The disk's id.
/// @param reply  Receives the API's answer with `disk` and `annotations`, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_NOT_FOUND`,
///   `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_get(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let get = GetDisk { disk: text("disk_id", disk_id)?.into() };
        client.send(&get).map(|response| Some(response.into_body()))
    })
}
