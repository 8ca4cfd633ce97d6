use std::ffi::c_char;

use katapult::{GetVirtualMachine, Lookup, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Reads a virtual machine. `GET /virtual_machines/virtual_machine`
///
/// The reply holds the machine's `initial_root_password` in clear: do not log it.
///
/// @param virtual_machine  Its id, its fqdn, or for instance `{"fqdn": "..."}`.
/// @param reply  Receives the API's answer with `virtual_machine` and `annotations`, or the error;
///   free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`,
///   `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_virtual_machine_get(
    client: Option<&katapult_client>,
    virtual_machine: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let virtual_machine =
            Lookup::from_text("virtual_machine", text("virtual_machine", virtual_machine)?)?;
        let get = GetVirtualMachine { virtual_machine };
        client.send(&get).map(|response| Some(response.into_body()))
    })
}
