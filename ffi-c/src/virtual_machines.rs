use std::ffi::{c_char, c_void};

use katapult::{GetVirtualMachine, ListVirtualMachineDisks, ListVirtualMachines, Result, Status};

use crate::boundary::{arguments, optional_request, reference, request};
use crate::calls;
use crate::client::katapult_client;
use crate::pages::{self, katapult_page_fn};

/// Reads a virtual machine. `GET /virtual_machines/virtual_machine`
///
/// The reply holds the machine's `initial_root_password` in clear: do not log it.
///
/// @param virtual_machine  Its id, its fqdn, or for instance `{"fqdn": "..."}`.
/// @param reply  Receives the API's response with `virtual_machine` and `annotations`, or the error;
///   free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`,
///   `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_virtual_machine_get(
    client: Option<&katapult_client>,
    virtual_machine: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || {
        Ok(GetVirtualMachine::new(reference("virtual_machine", virtual_machine)?))
    })
}

/// Reads one page of an organization's virtual machines.
/// `GET /organizations/organization/virtual_machines`
///
/// @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
///   client's), `page` (from 1), `per_page` (30; at most 200), `annotations`
///   (`[{"key": "...", "value": "..."}]`: only virtual machines with these).
/// @param reply  Receives the API's response with `pagination` and `virtual_machines`, an array of
///   virtual machines with few fields, or the error; free it with `katapult_string_free`. May be
///   NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_virtual_machine_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || list(request_json))
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
    pages::each(client, page, user_data, reply, || list(request_json))
}

fn list(request_json: *const c_char) -> Result<ListVirtualMachines> {
    arguments::<ListVirtualMachines>(optional_request(request_json)?, &[])
}

/// Reads one page of a virtual machine's disks. `GET /virtual_machines/virtual_machine/disks`
///
/// @param request_json  A JSON object; keys: `virtual_machine` (an id, an fqdn, or for instance
///   `{"fqdn": "..."}`), and optionally `page` (from 1) and `per_page` (30; at most 200).
/// @param reply  Receives the API's response with `pagination` and `disks`, an array of relations,
///   each with its `disk`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_virtual_machine_disk_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || list_disks(request_json))
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
    pages::each(client, page, user_data, reply, || list_disks(request_json))
}

fn list_disks(request_json: *const c_char) -> Result<ListVirtualMachineDisks> {
    arguments::<ListVirtualMachineDisks>(request(request_json)?, &[])
}
