use std::ffi::c_char;

use katapult::{GetDataCenter, Lookup, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Reads a data center. `GET /data_centers/data_center`
///
/// @param data_center  Its id, its permalink, or for instance `{"permalink": "uk-lon-01"}`.
/// @param reply  Receives the API's answer with `data_center`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DATA_CENTER_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_data_center_get(
    client: Option<&katapult_client>,
    data_center: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let data_center = Lookup::from_text("data_center", text("data_center", data_center)?)?;
        let get = GetDataCenter { data_center };
        client.send(&get).map(|response| Some(response.into_body()))
    })
}
