use std::ffi::c_char;

use katapult::{CreateDiskBackupPolicy, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Creates a backup policy for one disk or for a whole virtual machine, at once and without a task.
/// `POST /disks/disk/disk_backup_policies` or
/// `POST /virtual_machines/virtual_machine/disk_backup_policies`
///
/// The service knows no idempotency key: when `outcome` is `unknown` the policy may exist, and the
/// same call again may make a second one.
///
/// @param request_json  The API's own body: `{"disk": ..., "properties": {...}}`, or with
///   `virtual_machine` (an id, an fqdn, or for instance `{"fqdn": "..."}`) in place of `disk` (an
///   id). Properties: `retention` (how many backups to keep) and `schedule` {`interval` (hourly,
///   daily, weekly, monthly), `frequency`, `minute`, `time`}.
/// @param reply  Receives the API's answer with `disk_backup_policy`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_backup_policy_create(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let create = CreateDiskBackupPolicy::from_json(text("request_json", request_json)?)?;
        client.send(&create).map(|response| Some(response.into_body()))
    })
}
