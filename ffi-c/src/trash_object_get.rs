use std::ffi::c_char;

use katapult::{GetTrashObject, Lookup, Status};

use crate::boundary::{self, text};
use crate::client::katapult_client;
use crate::handle;

/// Reads an object in the trash. `GET /trash_objects/trash_object`
///
/// @param trash_object  The trash object's id, or `{"object_id": "disk_..."}` with the id of what
///   was deleted. Any text that is not a JSON object is the trash object's own id.
/// @param reply  Receives the API's answer with `trash_object`, which has the `object_id` and
///   `object_type` of what was deleted and `keep_until`, in Unix seconds, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND` (it was
///   purged or restored).
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_object_get(
    client: Option<&katapult_client>,
    trash_object: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        let client = handle::client("client", client)?;
        let trash_object = Lookup::from_text("trash_object", text("trash_object", trash_object)?)?;
        let get = GetTrashObject { trash_object };
        client.send(&get).map(|response| Some(response.into_body()))
    })
}
