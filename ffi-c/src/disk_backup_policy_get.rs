use std::ffi::c_char;

use katapult::{GetDiskBackupPolicy, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Reads a backup policy. `GET /disk_backup_policies/disk_backup_policy`
///
/// @param disk_backup_policy_id  The policy's id.
/// @param reply  Receives the API's answer with `disk_backup_policy`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND`,
///   `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_backup_policy_get(
    client: Option<&katapult_client>,
    disk_backup_policy_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let get = GetDiskBackupPolicy {
            disk_backup_policy: text("disk_backup_policy_id", disk_backup_policy_id)?.into(),
        };
        client.send(&get).map(|response| Some(response.into_body()))
    })
}
