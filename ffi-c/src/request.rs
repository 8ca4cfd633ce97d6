use std::ffi::c_char;

use katapult::{ApiResponse, Result, Status};

use crate::boundary::{self, optional_request, text};
use crate::client::katapult_client;
use crate::handle;
use crate::openstack_client::katapult_openstack_client;

/// Sends a request that this library has no function for, as when the API has grown: with the same
/// connections, limits, repeats (of a GET only), errors and outcomes as all calls.
///
/// @param method  `GET`, `POST`, `PUT`, `PATCH` or `DELETE`, in capitals or not.
/// @param path  Below the base URL, such as `/disks/disk`; percent-encoded, without a query.
/// @param request_json  NULL, or `{"query": {"disk": {"id": "disk_..."}}, "body": {...}, "timeout": 5}`, all
///   optional. The query may be nested, as the API's own; what is null in it is left out. The body is sent as
///   it is written; a GET has none. `timeout` is in seconds, for this call instead of the client's; null is no
///   limit.
/// @param reply  Receives the response's body, byte for byte, which may be any JSON; NULL if it is empty, as
///   after a 204. Or the error. Free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_API_ERROR` for a code that this version does
///   not know, `KATAPULT_STATUS_INVALID_RESPONSE` if the response is not JSON.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_request(
    client: Option<&katapult_client>,
    method: *const c_char,
    path: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let (method, path) = (text("method", method)?, text("path", path)?);
        body_of(client.request_with_json(method, path, optional_request(request_json)?))
    })
}

/// Sends a request to the compute service that this library has no function for, as `katapult_request` does.
///
/// @param method  As in `katapult_request`.
/// @param path  Below the compute service's URL, such as `/servers/detail`.
/// @param request_json  NULL, or as in `katapult_request`.
/// @param reply  As in `katapult_request`.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_request(
    client: Option<&katapult_openstack_client>,
    method: *const c_char,
    path: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let (method, path) = (text("method", method)?, text("path", path)?);
        body_of(client.request_with_json(method, path, optional_request(request_json)?))
    })
}

/// The reply for a response, which may be empty.
fn body_of(response: Result<ApiResponse>) -> Result<Option<String>> {
    let body = response?.into_body();
    Ok((!body.is_empty()).then_some(body))
}
