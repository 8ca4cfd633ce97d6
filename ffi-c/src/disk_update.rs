use std::ffi::c_char;

use katapult::{Status, UpdateDisk};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Changes properties of a disk, at once and without a task. `PATCH /disks/disk`
///
/// @param disk_id  The disk's id.
/// @param request_json  The API's own body without its `disk`:
///   `{"properties": {"name": "..."}, "annotations": [...]}`; what is not given stays, but
///   `annotations`, where given, replace all of the disk's, an idempotency key among them. Properties
///   as in `katapult_disk_create`, but `size_in_gb` and `virtual_machine_disk.attach` are refused:
///   they are only for creating.
/// @param reply  Receives the API's answer with `disk` (changed) and `annotations`, or the error;
///   free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_NOT_FOUND`,
///   `KATAPULT_STATUS_UNASSIGNED_DISK`, `KATAPULT_STATUS_VALIDATION_ERROR`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_update(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let disk_id = text("disk_id", disk_id)?;
        let update = UpdateDisk::from_json(disk_id, text("request_json", request_json)?)?;
        client.send(&update).map(|response| Some(response.into_body()))
    })
}
