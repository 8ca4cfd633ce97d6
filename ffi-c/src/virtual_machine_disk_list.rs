use std::ffi::{c_char, c_void};

use katapult::{ListVirtualMachineDisks, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;
use crate::pages::{self, katapult_page_fn};

/// Reads one page of a virtual machine's disks. `GET /virtual_machines/virtual_machine/disks`
///
/// @param request_json  A JSON object; keys: `virtual_machine` (an id, an fqdn, or for instance
///   `{"fqdn": "..."}`), and optionally `page` (from 1) and `per_page` (30).
/// @param reply  Receives the API's answer with `pagination` and `disks`, an array of relations,
///   each with its `disk`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_virtual_machine_disk_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let list = ListVirtualMachineDisks::from_json(text("request_json", request_json)?)?;
        client.send(&list).map(|response| Some(response.into_body()))
    })
}

/// Reads a virtual machine's disks page by page, and holds one page at a time.
///
/// @param request_json  As in `katapult_virtual_machine_disk_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_virtual_machine_disk_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_virtual_machine_disk_list_pages(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    page: katapult_page_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let list = ListVirtualMachineDisks::from_json(text("request_json", request_json)?)?;
        pages::each(client, list, page, user_data).map(|()| None)
    })
}
