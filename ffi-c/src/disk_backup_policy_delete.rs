use std::ffi::c_char;

use katapult::{DeleteDiskBackupPolicy, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Puts a backup policy into the trash, at once and without a task.
/// `DELETE /disk_backup_policies/disk_backup_policy`
///
/// @param disk_backup_policy_id  The policy's id.
/// @param reply  Receives the API's answer with `disk_backup_policy`, of which it gives the id only
///   (its trash object is found by `{"object_id": "..."}`), or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND`,
///   `KATAPULT_STATUS_OBJECT_IN_TRASH` (it is there already).
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_backup_policy_delete(
    client: Option<&katapult_client>,
    disk_backup_policy_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let delete = DeleteDiskBackupPolicy {
            disk_backup_policy: text("disk_backup_policy_id", disk_backup_policy_id)?.into(),
        };
        client.send(&delete).map(|response| Some(response.into_body()))
    })
}
