use std::ffi::c_char;

use katapult::{GetDataCenter, ListDataCenters, Status};

use crate::boundary::reference;
use crate::calls;
use crate::client::katapult_client;

/// Reads all data centers; the list has no pages. `GET /data_centers`
///
/// @param reply  Receives the API's response with `data_centers`, an array, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_INVALID_API_TOKEN`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_data_center_list(
    client: Option<&katapult_client>,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || Ok(ListDataCenters::default()))
}

/// Reads a data center. `GET /data_centers/data_center`
///
/// @param data_center  Its id, its permalink, or for instance `{"permalink": "uk-lon-01"}`.
/// @param reply  Receives the API's response with `data_center`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DATA_CENTER_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_data_center_get(
    client: Option<&katapult_client>,
    data_center: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || Ok(GetDataCenter::new(reference("data_center", data_center)?)))
}
