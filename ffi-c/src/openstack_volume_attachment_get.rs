use std::ffi::c_char;

use katapult::Status;

use crate::boundary::{self, text};
use crate::handle;
use crate::openstack_client::katapult_openstack_client;

/// Reads one attachment of a server.
/// `GET /servers/{server_id}/os-volume_attachments/{volume_id}`
///
/// @param server_id  The server's id. Digits, lower-case letters and hyphens, as of `volume_id`.
/// @param volume_id  The volume's id (not the `attachment_id` of newer microversions).
/// @param reply  Receives the service's answer with `volumeAttachment`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_NOT_FOUND`: no such
///   server, volume or attachment.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_volume_attachment_get(
    client: Option<&katapult_openstack_client>,
    server_id: *const c_char,
    volume_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let server_id = text("server_id", server_id)?;
        let volume_id = text("volume_id", volume_id)?;
        let response = client.get_volume_attachment_response(server_id, volume_id)?;
        Ok(Some(response.into_body()))
    })
}
