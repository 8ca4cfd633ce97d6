use std::ffi::{c_char, c_void};

use katapult::{ListVirtualMachines, Result, Status};

use crate::boundary::{self, optional_text};
use crate::client::katapult_client;
use crate::handle;
use crate::pages::{self, katapult_page_fn};

/// Reads one page of an organization's virtual machines.
/// `GET /organizations/organization/virtual_machines`
///
/// @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
///   client's), `page` (from 1), `per_page` (30; 100 works), `annotations`
///   (`[{"key": "...", "value": "..."}]`: only virtual machines with these).
/// @param reply  Receives the API's answer with `pagination` and `virtual_machines`, an array of
///   virtual machines with few fields, or the error; free it with `katapult_string_free`. May be
///   NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_virtual_machine_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        client.send(&list(request_json)?).map(|response| Some(response.into_body()))
    })
}

/// Reads an organization's virtual machines page by page, and holds one page at a time.
///
/// @param request_json  As in `katapult_virtual_machine_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_virtual_machine_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_virtual_machine_list_pages(
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

fn list(request_json: *const c_char) -> Result<ListVirtualMachines> {
    ListVirtualMachines::from_json(optional_text("request_json", request_json)?.unwrap_or("{}"))
}
