use std::ffi::c_char;

use katapult::{CreateDisk, Status};

use crate::boundary::{self, handle, text};
use crate::client::katapult_client;

/// Creates a disk; a task builds it. `POST /organizations/organization/disks`
///
/// The service knows no idempotency key: when `outcome` is `unknown` the disk may exist, and the
/// same call again may make a second one.
///
/// @param request_json  The API's own body:
///   `{"organization": ..., "properties": {"name": "...", "size_in_gb": 20, ...},
///     "annotations": [{"key": "...", "value": "..."}]}`.
///   `name` and `size_in_gb` are required. Other properties: `data_center`, `io_profile`,
///   `bus_type` (scsi, virtio), `storage_speed` (nvme, ssd), `initial_file_system` (ext4, xfs),
///   `virtual_machine_disk` {`virtual_machine`, `boot`, `attach_on_boot`, `attach`}.
///   Organization and data center are the client's unless given. Wherever the API takes a lookup
///   such as `{"permalink": "uk-lon-01"}`, a string will do.
/// @param reply  Receives the API's answer with `disk`, `task` and `annotations`, or the error;
///   free it with `katapult_string_free`. The disk is the one *before* the task, `not_built`. May
///   be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
///   `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_create(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle("client", client)?;
        let create = CreateDisk::from_json(text("request_json", request_json)?)?;
        client.0.send(&create).map(|response| Some(response.into_body()))
    })
}
