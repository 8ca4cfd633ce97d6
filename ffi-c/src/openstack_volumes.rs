use std::ffi::c_char;

use katapult::Status;
use katapult::openstack::{GetVolumeAttachment, ListVolumeAttachments, VolumeAttachment};
use serde::Deserialize;

use crate::boundary::{self, arguments, optional_request, text};
use crate::handle;
use crate::openstack_client::katapult_openstack_client;
use crate::wait::{self, katapult_wait};

/// What a detach may be told besides what to detach.
#[derive(Deserialize)]
struct DetachOptions {
    #[serde(default)]
    missing_ok: bool,
}

/// Detaches a volume from a server.
/// `DELETE {endpoint}/servers/{server_id}/os-volume_attachments/{volume_id}`
///
/// The service responds before it is done: the volume is free only when the attachment is gone. With
/// `wait` the call then sends GET of the same at once, after 0.5, 1, 2 s and so on, until that is not
/// found; while nothing changes it asks `GET .../os-instance-actions/{request id}` whether the detach has
/// failed. After a response that was lost it reads before anything else, and never sends the DELETE again.
/// After a refusal it reads what explains it: the list of attachments, the servers, or the server's actions.
///
/// Nova refuses a volume that is not in use. If the server's actions show a detach under way, `wait` waits for
/// that, and ends with Nova's words if the volume is still attached after it. If they show an attach under
/// way, and while the server is busy (409, `task_state`), `wait` repeats the DELETE after 2 s and every 5 s
/// within its timeout; once, and at once, after an attach that has just ended. Else, for instance of a
/// reserved volume, Nova's words are the error at once (`KATAPULT_STATUS_OPENSTACK_BAD_REQUEST`).
///
/// @param server_id  The server's id: digits, lower-case letters and hyphens only.
/// @param volume_id  The volume's id, likewise. (What OpenStack's old documents call the
///   attachment's id is the volume's.)
/// @param request_json  NULL, or `{"missing_ok": true}`: a volume that is not attached counts as
///   detached, if that is proven: the server exists, its list of attachments was read, and the volume is not
///   in it. A server that is not found and an id that is not the volume's (an attachment's, a name, one
///   without its hyphens or cut short) are errors, whose `hint` says what the id is where that can be known.
/// @param wait  NULL to return when the service has accepted. Else how long to wait, and what to call
///   after each poll that still finds the volume attached, with the attachment.
/// @param reply  Receives `{"request_id": "req-..."}`, or the error, whose `code` is OpenStack's fault key
///   such as `itemNotFound`; free it with `katapult_string_free`. May be NULL. The request id is null if the
///   service gave none, if with `missing_ok` nothing was left to detach, and after a wait if the response was
///   lost or the volume was being detached already.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_VOLUME_NOT_ATTACHED` (proven),
///   `KATAPULT_STATUS_OPENSTACK_SERVER_NOT_FOUND`, `KATAPULT_STATUS_OPENSTACK_NOT_FOUND` (of another id),
///   `KATAPULT_STATUS_OPENSTACK_ALREADY_DETACHING`, `KATAPULT_STATUS_OPENSTACK_ROOT_DEVICE`,
///   `KATAPULT_STATUS_OPENSTACK_CONFLICT` (the server's state does not permit it). With `wait`
///   `KATAPULT_STATUS_OPENSTACK_DETACH_FAILED` when the service has recorded a failure; after
///   `KATAPULT_STATUS_TIMED_OUT` and `KATAPULT_STATUS_INTERRUPTED` the detach may still happen.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_volume_detach(
    client: Option<&katapult_openstack_client>,
    server_id: *const c_char,
    volume_id: *const c_char,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let server = text("server_id", server_id)?;
        let volume = text("volume_id", volume_id)?;
        let options: DetachOptions = arguments(optional_request(request_json)?, &[])?;
        let missing_ok = options.missing_ok;
        let detach = match wait {
            None => client.detach_volume(server, volume, missing_ok)?,
            Some(_) => {
                let who = |_: &VolumeAttachment| "the detach".to_owned();
                wait::with_options(wait, None, who, |options| {
                    client.detach_volume_and_wait(server, volume, missing_ok, options)
                })?
            }
        };
        Ok(Some(detach.to_json()))
    })
}

/// Reads one attachment of a server.
/// `GET /servers/{server_id}/os-volume_attachments/{volume_id}`
///
/// @param server_id  The server's id. Digits, lower-case letters and hyphens, as of `volume_id`.
/// @param volume_id  The volume's id (not the `attachment_id` of newer microversions).
/// @param reply  Receives the service's response with `volumeAttachment`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_SERVER_NOT_FOUND`,
///   `KATAPULT_STATUS_OPENSTACK_VOLUME_NOT_ATTACHED` (what Nova says of any UUID that is not an attached
///   volume's), `KATAPULT_STATUS_OPENSTACK_NOT_FOUND`.
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
        let response = client.send(&GetVolumeAttachment::new(server_id, volume_id))?;
        Ok(Some(response.into_body()))
    })
}

/// Reads all attachments of a server. `GET /servers/{server_id}/os-volume_attachments`
///
/// @param server_id  The server's id. Digits, lower-case letters and hyphens.
/// @param reply  Receives the service's response with `volumeAttachments`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OPENSTACK_SERVER_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_volume_attachment_list(
    client: Option<&katapult_openstack_client>,
    server_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let server_id = text("server_id", server_id)?;
        let response = client.send(&ListVolumeAttachments::new(server_id))?;
        Ok(Some(response.into_body()))
    })
}
