use std::ffi::{c_char, c_void};

use katapult::{ListDiskIoProfiles, Result, Status};

use crate::boundary::{arguments, optional_request};
use crate::calls;
use crate::client::katapult_client;
use crate::pages::{self, katapult_page_fn};

/// Reads one page of the I/O profiles that an organization may use.
/// `GET /organizations/organization/disk_io_profiles`
///
/// @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
///   client's), `page` (from 1), `per_page` (30; at most 200).
/// @param reply  Receives the API's response with `pagination` and `disk_io_profiles`, an array, or
///   the error; free it with `katapult_string_free`. May be NULL. A profile without limits has null
///   for `speed_in_mb` and `iops`.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_io_profile_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || list(request_json))
}

/// Reads the I/O profiles that an organization may use page by page, and holds one page at a time.
///
/// @param request_json  As in `katapult_disk_io_profile_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_disk_io_profile_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_io_profile_list_pages(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    page: katapult_page_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    pages::each(client, page, user_data, reply, || list(request_json))
}

fn list(request_json: *const c_char) -> Result<ListDiskIoProfiles> {
    arguments::<ListDiskIoProfiles>(optional_request(request_json)?, &[])
}
