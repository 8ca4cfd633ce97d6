use std::ffi::{c_char, c_void};

use katapult::{ListDiskBackupPolicies, Result, Status};

use crate::boundary::{self, optional_text};
use crate::client::katapult_client;
use crate::handle;
use crate::pages::{self, katapult_page_fn};

/// Reads one page of the backup policies of an organization, a virtual machine or a disk.
/// `GET /organizations/organization/disk_backup_policies`,
/// `GET /virtual_machines/virtual_machine/disk_backup_policies` or
/// `GET /disks/disk/disk_backup_policies`
///
/// @param request_json  NULL, or a JSON object; keys, all optional: one of `organization` (else
///   the client's), `virtual_machine` (an id, an fqdn, or for instance `{"fqdn": "..."}`) and
///   `disk` (an id); with `virtual_machine` also `include_disks` (true adds the policies of its
///   single disks); `page` (from 1), `per_page` (30).
/// @param reply  Receives the API's answer with `pagination` and `disk_backup_policies`, an array
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
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        client.send(&list(request_json)?).map(|response| Some(response.into_body()))
    })
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
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        pages::each(client, list(request_json)?, page, user_data).map(|()| None)
    })
}

fn list(request_json: *const c_char) -> Result<ListDiskBackupPolicies> {
    ListDiskBackupPolicies::from_json(optional_text("request_json", request_json)?.unwrap_or("{}"))
}
