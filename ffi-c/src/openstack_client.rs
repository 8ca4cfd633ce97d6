use std::ffi::c_char;

use katapult::Status;
use katapult::openstack::{Client, Config};

use crate::boundary;

/// A client of OpenStack's compute service (Nova). Any number of threads may use one at the same
/// time; a process that was forked may go on using it.
#[allow(non_camel_case_types)]
pub struct katapult_openstack_client(pub(crate) Client);

/// Makes a client of OpenStack's compute service. Nothing is sent yet.
///
/// @param options_json  A JSON object, or NULL for the environment alone. Keys:
///   - `endpoint` (else the environment's `OS_COMPUTE_ENDPOINT_OVERRIDE` or `OS_ENDPOINT`): the
///     compute service's URL. It may end in `/v2/{project_id}`, `/v2.1` or `/v2.1/{project_id}`; a
///     bare one gets `/v2/{project_id}`
///   - `token` (`OS_TOKEN` or `OS_AUTH_TOKEN`)
///   - `project_id` (`OS_PROJECT_ID` or `OS_TENANT_ID`), for an endpoint that does not name it
///   - `timeout`, `connect_timeout`, `ca_file` (`OS_CACERT`), `proxy`, `user_agent`, `allow_http`,
///     `max_response_bytes` as in `katapult_client_new`
/// @param client  Receives the client, to be freed with `katapult_openstack_client_free`; NULL on
///   failure.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_INVALID_ARGUMENT` or
///   `KATAPULT_STATUS_INVALID_CONFIGURATION`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_client_new(
    options_json: *const c_char,
    client: *mut *mut katapult_openstack_client,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        boundary::make_handle("client", client, || {
            let config = match boundary::optional_text("options_json", options_json)? {
                None => Config::from_env()?,
                Some(options) => Config::from_json(options)?.or_env()?,
            };
            Client::new(&config).map(katapult_openstack_client)
        })
        .map(|()| None)
    })
}

/// Frees a client and closes its connections. No call may be using it. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_client_free(client: Option<Box<katapult_openstack_client>>) {
    boundary::free_handle(client);
}
