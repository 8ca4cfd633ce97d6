use std::ffi::{c_char, c_void};
use std::ptr;

use katapult::{CreateDisk, CreateDiskOnce, Result, Status};

use crate::boundary::text;
use crate::client::katapult_client;
use crate::workflow::{self, Wait, katapult_progress_fn};

/// Creates a disk; a task builds it. `POST /organizations/organization/disks`
///
/// When `outcome` is `unknown` the disk may exist, and the same call again may make a second one.
/// With an `idempotency_key`, a text of yours that no other disk has, it does not: the key becomes an
/// annotation of the disk (`katapult_disk_idempotency_key`), and the call first looks for a disk that
/// has it, also after your process was killed and started again. Then it sends
/// `GET /organizations/organization/disks`, for each disk found `GET /disks/disk`, and only if there
/// is none the POST; when the outcome of that is not known it looks again for 7 s before it sends it
/// once more (not after a timeout), 3 times at most. Two processes that send the first request with
/// one key within the same second are not kept apart. The properties are not compared with the disk
/// that is found; and an update whose `annotations` leave out the key takes it away.
///
/// @param request_json  The API's own body:
///   `{"organization": ..., "properties": {"name": "...", "size_in_gb": 20, ...},
///     "annotations": [{"key": "...", "value": "..."}]}`, and optionally `idempotency_key`.
///   `name` and `size_in_gb` are required. Other properties: `data_center`, `io_profile`,
///   `bus_type` (scsi, virtio), `storage_speed` (nvme, ssd), `initial_file_system` (ext4, xfs),
///   `virtual_machine_disk` {`virtual_machine`, `boot`, `attach_on_boot`, `attach`}.
///   Organization and data center are the client's unless given. Wherever the API takes a lookup
///   such as `{"permalink": "uk-lon-01"}`, a string will do.
/// @param reply  Receives the API's answer with `disk`, `task` and `annotations`, or the error;
///   free it with `katapult_string_free`. The disk is the one *before* the task, `not_built`; one
///   that an earlier call with the key created is as it is now, and `task` is null. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
///   `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_create(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    let wait = Wait { timeout_seconds: f64::INFINITY, progress: None, user_data: ptr::null_mut() };
    workflow::run(reply, client, &wait, || create(request_json, false))
}

/// Creates a disk, and waits until it is built.
///
/// Sends what `katapult_disk_create` sends, then `GET /tasks/task` until the task has ended, then
/// `GET /disks/disk`.
///
/// @param request_json  As in `katapult_disk_create`.
/// @param timeout_seconds  When to give up waiting. INFINITY is no limit.
/// @param progress  Called after each look at a task. May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives the answer as of `katapult_disk_create`, but with the disk read again
///   *after* the task and the task as it ended, or the error; free it with `katapult_string_free`.
///   May be NULL.
/// @return `KATAPULT_STATUS_OK` when the disk is built, `KATAPULT_STATUS_TASK_FAILED`, or as
///   `katapult_disk_create`. After `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` the
///   task may go on; `detail` has `disk` and `task`. Once the disk was created, `outcome` is always
///   `unknown`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_create_wait(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    timeout_seconds: f64,
    progress: katapult_progress_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    let wait = Wait { timeout_seconds, progress, user_data };
    workflow::run(reply, client, &wait, || create(request_json, true))
}

fn create(request_json: *const c_char, wait: bool) -> Result<CreateDiskOnce> {
    let create = CreateDisk::from_json(text("request_json", request_json)?)?;
    Ok(CreateDiskOnce { create, wait })
}
