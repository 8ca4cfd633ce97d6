use std::ffi::{c_char, c_void};

use katapult::{ListDisks, Result, Status};

use crate::boundary::{self, optional_text};
use crate::client::katapult_client;
use crate::handle;
use crate::pages::{self, katapult_page_fn};

/// Reads one page of an organization's disks. `GET /organizations/organization/disks`
///
/// @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
///   client's), `page` (from 1), `per_page` (30; 200 works), `annotations`
///   (`[{"key": "...", "value": "..."}]`: only disks with these).
/// @param reply  Receives the API's answer with `pagination` and `disk`, an array of disks with few
///   fields, or the error; free it with `katapult_string_free`. May be NULL. An empty list has 0
///   pages.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        client.send(&list(request_json)?).map(|response| Some(response.into_body()))
    })
}

/// Reads an organization's disks page by page, and holds one page at a time.
///
/// @param request_json  As in `katapult_disk_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_disk_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_list_pages(
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

fn list(request_json: *const c_char) -> Result<ListDisks> {
    match optional_text("request_json", request_json)? {
        None => Ok(ListDisks::default()),
        Some(request) => ListDisks::from_json(request),
    }
}
