use std::ffi::{c_char, c_void};

use katapult::openstack::VolumeAttachment;
use katapult::{ApiResponse, Status, seconds_limit};

use crate::boundary::{self, text};
use crate::handle;
use crate::openstack_client::katapult_openstack_client;
use crate::workflow::{Wait, katapult_progress_fn};

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
///   `KATAPULT_STATUS_OPENSTACK_ALREADY_DETACHING`, `KATAPULT_STATUS_OPENSTACK_ROOT_DEVICE`,
///   `KATAPULT_STATUS_OPENSTACK_CONFLICT` (the server's state does not permit it).
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_volume_detach(
    client: Option<&katapult_openstack_client>,
    server_id: *const c_char,
    volume_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let server_id = text("server_id", server_id)?;
        let volume_id = text("volume_id", volume_id)?;
        let detach = client.detach_volume(server_id, volume_id, false)?;
        Ok(Some(detach.to_json()))
    })
}

/// Detaches a volume from a server, and waits until its attachment is gone.
///
/// Sends `DELETE {endpoint}/servers/{server_id}/os-volume_attachments/{volume_id}`, then GET of the
/// same at once, after 0.5, 1, 2 s and so on, until that is not found. While nothing changes it asks
/// `GET .../os-instance-actions/{request id}` whether the detach has failed. After an answer that was
/// lost it reads before anything else; the DELETE is never sent twice. A volume that is being detached
/// already is waited for; whether that fails cannot be seen, since another request began it.
///
/// @param server_id  As in `katapult_openstack_volume_detach`.
/// @param volume_id  As in `katapult_openstack_volume_detach`.
/// @param timeout_seconds  When to give up waiting. INFINITY is no limit, 0 is to look once.
/// @param progress  Called after each look that still finds the volume attached, with the attachment.
///   May be NULL.
/// @param user_data  Passed to `progress`.
/// @param reply  Receives `{"request_id": "req-..."}` (null if the answer was lost, or the volume was
///   being detached already), or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` when the attachment is gone,
///   `KATAPULT_STATUS_OPENSTACK_DETACH_FAILED` when the service has recorded a failure, or as
///   `katapult_openstack_volume_detach`. After `KATAPULT_STATUS_TIMED_OUT` and
///   `KATAPULT_STATUS_INTERRUPTED` the detach may still happen.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_volume_detach_wait(
    client: Option<&katapult_openstack_client>,
    server_id: *const c_char,
    volume_id: *const c_char,
    timeout_seconds: f64,
    progress: katapult_progress_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let server_id = text("server_id", server_id)?;
        let volume_id = text("volume_id", volume_id)?;
        let timeout = seconds_limit("timeout_seconds", timeout_seconds)?;
        let wait = Wait { timeout_seconds, progress, user_data };
        let mut seen = |response: &ApiResponse, _: &VolumeAttachment| {
            wait.show_member(response, "volumeAttachment", || "the detach".to_owned())
        };
        let detach =
            client.detach_volume_and_wait_seen(server_id, volume_id, false, timeout, &mut seen)?;
        Ok(Some(detach.to_json()))
    })
}
