use std::ffi::c_char;

use katapult::{ListDataCenters, Status};

use crate::boundary;
use crate::client::katapult_client;
use crate::handle;

/// Reads all data centers; the list has no pages. `GET /data_centers`
///
/// @param reply  Receives the API's answer with `data_centers`, an array, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_INVALID_API_TOKEN`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_data_center_list(
    client: Option<&katapult_client>,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        client.send(&ListDataCenters).map(|response| Some(response.into_body()))
    })
}
