use std::ffi::{c_char, c_void};

use katapult::{
    GetTrashObject, ListTrashObjects, PurgeAllTrash, PurgeTrashObject, RestoreTrashObject, Result,
    Status,
};

use crate::boundary::{arguments, optional_request, reference};
use crate::calls;
use crate::client::katapult_client;
use crate::pages::{self, katapult_page_fn};
use crate::wait::katapult_wait;

/// Reads an object in the trash. `GET /trash_objects/trash_object`
///
/// @param trash_object  The trash object's id, or `{"object_id": "disk_..."}` with the id of what
///   was deleted. Any text that is not a JSON object is the trash object's own id.
/// @param reply  Receives the API's response with `trash_object`, which has the `object_id` and
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
    calls::send(client, reply, || Ok(GetTrashObject::new(reference("trash_object", trash_object)?)))
}

/// Takes an object out of the trash, at once and without a task.
/// `POST /trash_objects/trash_object/restore`
///
/// @param trash_object  The trash object's id, or `{"object_id": "disk_..."}` with the id of what
///   was deleted. Any text that is not a JSON object is the trash object's own id.
/// @param reply  Receives the API's response with `trash_object`, as it was, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND`,
///   `KATAPULT_STATUS_PERMISSION_DENIED`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_object_restore(
    client: Option<&katapult_client>,
    trash_object: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || {
        Ok(RestoreTrashObject::new(reference("trash_object", trash_object)?))
    })
}

/// Destroys an object in the trash for good, which cannot be undone; a task does it.
/// `DELETE /trash_objects/trash_object`
///
/// @param trash_object  The trash object's id, or `{"object_id": "disk_..."}` with the id of what
///   was deleted. Any text that is not a JSON object is the trash object's own id.
/// @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
/// @param reply  Receives the API's response with `task`, or the error; free it with
///   `katapult_string_free`. May be NULL. The object is gone when `katapult_trash_object_get`
///   answers `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND`.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_TRASH_OBJECT_NOT_FOUND`,
///   `KATAPULT_STATUS_PERMISSION_DENIED`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_object_purge(
    client: Option<&katapult_client>,
    trash_object: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::start(client, wait, reply, || {
        Ok(PurgeTrashObject::new(reference("trash_object", trash_object)?))
    })
}

/// Destroys everything in an organization's trash for good, which cannot be undone; a task does it.
/// `POST /organizations/organization/trash_objects/purge_all`
///
/// @param request_json  NULL (the trash of the client's organization), or the API's own body:
///   `{"organization": ...}`, an id, a sub_domain, or for instance `{"sub_domain": "..."}`.
/// @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
/// @param reply  Receives the API's response with `task`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`,
///   `KATAPULT_STATUS_PERMISSION_DENIED`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_purge_all(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::start(client, wait, reply, || {
        arguments::<PurgeAllTrash>(optional_request(request_json)?, &[])
    })
}

/// Reads one page of an organization's trash. `GET /organizations/organization/trash_objects`
///
/// @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
///   client's), `page` (from 1), `per_page` (30; at most 200).
/// @param reply  Receives the API's response with `pagination` and `trash_objects`, an array, each
///   with the `object_id` and `object_type` of what was deleted and `keep_until`, in Unix seconds,
///   or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`,
///   `KATAPULT_STATUS_SCOPE_NOT_GRANTED`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_object_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || list(request_json))
}

/// Reads an organization's trash page by page, and holds one page at a time.
///
/// @param request_json  As in `katapult_trash_object_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_trash_object_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_trash_object_list_pages(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    page: katapult_page_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    pages::each(client, page, user_data, reply, || list(request_json))
}

fn list(request_json: *const c_char) -> Result<ListTrashObjects> {
    arguments::<ListTrashObjects>(optional_request(request_json)?, &[])
}
