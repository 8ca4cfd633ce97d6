use std::ffi::c_char;

use katapult::{DetachDisk, Status};

use crate::boundary::{self, handle, text};
use crate::client::katapult_client;

/// Detaches a disk from its virtual machine; a task does it. `POST /disks/disk/detach`
///
/// The disk is free when the task has completed, not before. It stays assigned, and the next start
/// of the virtual machine attaches it again unless `attach_on_boot` is false.
///
/// @param disk_id  The disk's id.
/// @param reply  Receives the API's answer with `disk` (*before* the task, still `attached`) and
///   `task`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNASSIGNED_DISK`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_detach(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle("client", client)?;
        let detach = DetachDisk { disk: text("disk_id", disk_id)?.into() };
        client.0.send(&detach).map(|response| Some(response.into_body()))
    })
}
