use std::ffi::{c_char, c_void};

use katapult::{ListDiskTemplateVersions, Result, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;
use crate::pages::{self, katapult_page_fn};

/// Reads one page of a disk template's versions.
/// `GET /disk_templates/disk_template/versions`
///
/// @param request_json  A JSON object; keys: `disk_template` (an id, a permalink, or for instance
///   `{"permalink": "..."}`), and optionally `page` (from 1) and `per_page` (30).
/// @param reply  Receives the API's answer with `disk_template`, `pagination` and
///   `disk_template_versions`, an array, or the error; free it with `katapult_string_free`. May be
///   NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_TEMPLATE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_version_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        client.send(&list(request_json)?).map(|response| Some(response.into_body()))
    })
}

/// Reads a disk template's versions page by page, and holds one page at a time.
///
/// @param request_json  As in `katapult_disk_template_version_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_disk_template_version_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_version_list_pages(
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

fn list(request_json: *const c_char) -> Result<ListDiskTemplateVersions> {
    ListDiskTemplateVersions::from_json(text("request_json", request_json)?)
}
