use std::ffi::c_char;

use katapult::{GetDiskTemplate, Lookup, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Reads a disk template. `GET /disk_templates/disk_template`
///
/// @param disk_template  Its id, its permalink, or for instance `{"permalink": "..."}`.
/// @param reply  Receives the API's answer with `disk_template`, its `latest_version` and
///   `operating_system` among it, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_TEMPLATE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_get(
    client: Option<&katapult_client>,
    disk_template: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let disk_template =
            Lookup::from_text("disk_template", text("disk_template", disk_template)?)?;
        let get = GetDiskTemplate { disk_template };
        client.send(&get).map(|response| Some(response.into_body()))
    })
}
