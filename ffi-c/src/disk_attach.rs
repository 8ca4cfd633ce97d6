use std::ffi::c_char;

use katapult::{AttachDisk, Status};

use crate::boundary::{self, handle, text};
use crate::client::katapult_client;

/// Attaches a disk to the virtual machine that it is assigned to; a task does it.
/// `POST /disks/disk/attach`
///
/// A virtual machine that is stopped attaches its disks with `attach_on_boot` when it starts.
///
/// @param disk_id  The disk's id.
/// @param reply  Receives the API's answer with `disk` (*before* the task, still `detached`) and
///   `task`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNASSIGNED_DISK`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_attach(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle("client", client)?;
        let operation = AttachDisk { disk: text("disk_id", disk_id)?.into() };
        client.0.send(&operation).map(|response| Some(response.into_body()))
    })
}
