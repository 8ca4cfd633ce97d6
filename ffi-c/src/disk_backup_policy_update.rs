use std::ffi::c_char;

use katapult::{Status, UpdateDiskBackupPolicy};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Changes a backup policy, at once and without a task.
/// `PATCH /disk_backup_policies/disk_backup_policy`
///
/// @param disk_backup_policy_id  The policy's id.
/// @param request_json  The API's own body without its `disk_backup_policy`:
///   `{"properties": {"retention": 7}}`; what is not given stays. Properties as in
///   `katapult_disk_backup_policy_create`.
/// @param reply  Receives the API's answer with `disk_backup_policy` (changed), or the error; free
///   it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND`,
///   `KATAPULT_STATUS_VALIDATION_ERROR`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_backup_policy_update(
    client: Option<&katapult_client>,
    disk_backup_policy_id: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let disk_backup_policy_id = text("disk_backup_policy_id", disk_backup_policy_id)?;
        let request = text("request_json", request_json)?;
        let update = UpdateDiskBackupPolicy::from_json(disk_backup_policy_id, request)?;
        client.send(&update).map(|response| Some(response.into_body()))
    })
}
