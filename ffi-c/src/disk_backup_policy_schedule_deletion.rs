use std::ffi::c_char;

use katapult::{ScheduleDiskBackupPolicyDeletion, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Has a backup policy put into the trash at a time to come.
/// `DELETE /disk_backup_policies/disk_backup_policy/schedule`
///
/// @param disk_backup_policy_id  The policy's id.
/// @param request_json  The API's own body without its `disk_backup_policy`:
///   `{"timestamp": 1767225600}`, in Unix seconds, at least 5 minutes ahead.
/// @param reply  Receives the API's answer with `disk_backup_policy`, of which it gives `id`,
///   `target` and that time as `auto_move_to_trash_at`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_INVALID_TIMESTAMP`,
///   `KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_backup_policy_schedule_deletion(
    client: Option<&katapult_client>,
    disk_backup_policy_id: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let disk_backup_policy_id = text("disk_backup_policy_id", disk_backup_policy_id)?;
        let request = text("request_json", request_json)?;
        let schedule = ScheduleDiskBackupPolicyDeletion::from_json(disk_backup_policy_id, request)?;
        client.send(&schedule).map(|response| Some(response.into_body()))
    })
}
