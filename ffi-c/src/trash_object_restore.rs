use std::ffi::c_char;

use katapult::{Lookup, RestoreTrashObject, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Takes an object out of the trash, at once and without a task.
/// `POST /trash_objects/trash_object/restore`
///
/// @param trash_object  The trash object's id, or `{"object_id": "disk_..."}` with the id of what
///   was deleted. Any text that is not a JSON object is the trash object's own id.
/// @param reply  Receives the API's answer with `trash_object`, as it was, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND`,
///   `KATAPULT_STATUS_PERMISSION_DENIED`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_object_restore(
    client: Option<&katapult_client>,
    trash_object: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let trash_object = Lookup::from_text("trash_object", text("trash_object", trash_object)?)?;
        let restore = RestoreTrashObject { trash_object };
        client.send(&restore).map(|response| Some(response.into_body()))
    })
}
