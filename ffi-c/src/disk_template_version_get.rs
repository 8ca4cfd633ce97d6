use std::ffi::c_char;

use katapult::{GetDiskTemplateVersion, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Reads a version of a disk template. `GET /disk_template_versions/disk_template_version`
///
/// @param disk_template_version_id  The version's id.
/// @param reply  Receives the API's answer with `disk_template_version`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance
///   `KATAPULT_STATUS_DISK_TEMPLATE_VERSION_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_template_version_get(
    client: Option<&katapult_client>,
    disk_template_version_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let version = text("disk_template_version_id", disk_template_version_id)?;
        let get = GetDiskTemplateVersion { disk_template_version: version.into() };
        client.send(&get).map(|response| Some(response.into_body()))
    })
}
