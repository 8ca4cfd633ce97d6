use std::ffi::{c_char, c_void};

use katapult::{
    CreateDiskBackupPolicy, DeleteDiskBackupPolicy, GetDiskBackupPolicy, ListDiskBackupPolicies,
    Result, ScheduleDiskBackupPolicyDeletion, Status, UpdateDiskBackupPolicy,
};

use crate::boundary::{arguments, optional_request, request, text};
use crate::calls;
use crate::client::katapult_client;
use crate::pages::{self, katapult_page_fn};

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
/// @param reply  Receives the API's response with `disk_backup_policy`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_backup_policy_create(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || arguments::<CreateDiskBackupPolicy>(request(request_json)?, &[]))
}

/// Reads a backup policy. `GET /disk_backup_policies/disk_backup_policy`
///
/// @param disk_backup_policy_id  The policy's id.
/// @param reply  Receives the API's response with `disk_backup_policy`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_BACKUP_POLICY_NOT_FOUND`,
///   `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_backup_policy_get(
    client: Option<&katapult_client>,
    disk_backup_policy_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || {
        Ok(GetDiskBackupPolicy::new(text("disk_backup_policy_id", disk_backup_policy_id)?))
    })
}

/// Changes a backup policy, at once and without a task.
/// `PATCH /disk_backup_policies/disk_backup_policy`
///
/// @param disk_backup_policy_id  The policy's id.
/// @param request_json  The API's own body without its `disk_backup_policy`:
///   `{"properties": {"retention": 7}}`; what is not given stays. Properties as in
///   `katapult_disk_backup_policy_create`.
/// @param reply  Receives the API's response with `disk_backup_policy` (changed), or the error; free
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
    calls::send(client, reply, || {
        arguments::<UpdateDiskBackupPolicy>(
            request(request_json)?,
            &[("disk_backup_policy", text("disk_backup_policy_id", disk_backup_policy_id)?)],
        )
    })
}

/// Puts a backup policy into the trash, at once and without a task.
/// `DELETE /disk_backup_policies/disk_backup_policy`
///
/// @param disk_backup_policy_id  The policy's id.
/// @param reply  Receives the API's response with `disk_backup_policy`, of which it gives the id only
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
    calls::send(client, reply, || {
        Ok(DeleteDiskBackupPolicy::new(text("disk_backup_policy_id", disk_backup_policy_id)?))
    })
}

/// Has a backup policy put into the trash at a time to come.
/// `DELETE /disk_backup_policies/disk_backup_policy/schedule`
///
/// @param disk_backup_policy_id  The policy's id.
/// @param request_json  The API's own body without its `disk_backup_policy`:
///   `{"timestamp": 1767225600}`, in Unix seconds, at least 5 minutes ahead.
/// @param reply  Receives the API's response with `disk_backup_policy`, of which it gives `id`,
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
    calls::send(client, reply, || {
        arguments::<ScheduleDiskBackupPolicyDeletion>(
            request(request_json)?,
            &[("disk_backup_policy", text("disk_backup_policy_id", disk_backup_policy_id)?)],
        )
    })
}

/// Reads one page of the backup policies of an organization, a virtual machine or a disk.
/// `GET /organizations/organization/disk_backup_policies`,
/// `GET /virtual_machines/virtual_machine/disk_backup_policies` or
/// `GET /disks/disk/disk_backup_policies`
///
/// @param request_json  NULL, or a JSON object; keys, all optional: one of `organization` (else
///   the client's), `virtual_machine` (an id, an fqdn, or for instance `{"fqdn": "..."}`) and
///   `disk` (an id); with `virtual_machine` also `include_disks` (true adds the policies of its
///   single disks); `page` (from 1), `per_page` (30; at most 200).
/// @param reply  Receives the API's response with `pagination` and `disk_backup_policies`, an array
///   of policies with less of their `schedule`, or the error; free it with `katapult_string_free`.
///   May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_PERMISSION_DENIED`,
///   `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`, `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_backup_policy_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || list(request_json))
}

/// Reads the backup policies of an organization, a virtual machine or a disk page by page, and
/// holds one page at a time.
///
/// @param request_json  As in `katapult_disk_backup_policy_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_disk_backup_policy_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_backup_policy_list_pages(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    page: katapult_page_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    pages::each(client, page, user_data, reply, || list(request_json))
}

fn list(request_json: *const c_char) -> Result<ListDiskBackupPolicies> {
    arguments::<ListDiskBackupPolicies>(optional_request(request_json)?, &[])
}
