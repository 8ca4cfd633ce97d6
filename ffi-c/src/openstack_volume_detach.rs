use std::ffi::c_char;

use katapult::Status;

use crate::boundary::{self, handle, text};
use crate::openstack_client::katapult_openstack_client;

/// Asks for a volume to be detached from a server.
/// `DELETE {endpoint}/servers/{server_id}/os-volume_attachments/{volume_id}`
///
/// The service answers before it is done: the volume is free only when the attachment is gone.
///
/// @param server_id  The server's id: digits, lower-case letters and hyphens only.
/// @param volume_id  The volume's id, likewise. (What OpenStack's old documents call the
///   attachment's id is the volume's.)
/// @param reply  Receives `{"request_id": "req-..."}` (null if the service gave none), or the
///   error, whose `code` is OpenStack's fault key such as `itemNotFound`; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_NOT_FOUND`,
///   `KATAPULT_STATUS_OPENSTACK_BAD_REQUEST` (being detached already, or the root device),
///   `KATAPULT_STATUS_OPENSTACK_CONFLICT` (the server's state does not permit it).
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_volume_detach(
    client: Option<&katapult_openstack_client>,
    server_id: *const c_char,
    volume_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle("client", client)?;
        let server_id = text("server_id", server_id)?;
        let volume_id = text("volume_id", volume_id)?;
        let detach = client.0.detach_volume(server_id, volume_id)?;
        Ok(Some(detach.to_json()))
    })
}
