//! What brings a disk into a state; "Operations and workflows" in the header says what they share.

use std::ffi::c_char;

use katapult::{
    EnsureDiskAttached, EnsureDiskDeleted, EnsureDiskDetached, EnsureDiskSize,
    EnsureDiskUnassigned, Status,
};

use crate::boundary::{arguments, optional_request, request, text};
use crate::calls;
use crate::client::katapult_client;
use crate::wait::katapult_wait;

/// Brings a disk to its virtual machine: now if that runs, and at each start.
///
/// Sends `GET /disks/disk` and `GET /virtual_machines/virtual_machine`; where needed
/// `POST /disks/disk/assign`, `PATCH /disks/disk` (attach_on_boot) and, if the virtual machine is
/// started, `POST /disks/disk/attach`, `GET /tasks/task` until that has ended and `GET /disks/disk`
/// until it is `attached`. What is so already is not sent, so it may be called again and again.
/// Refuses a virtual machine that is neither started nor stopped, and an attachment that is on its
/// way or has failed. The disk of a stopped virtual machine is `detached`, with `attach_on_boot`.
///
/// @param disk_id  The disk's id.
/// @param request_json  NULL, or `{"virtual_machine": ...}` (an id, an fqdn, or for instance
///   `{"fqdn": "..."}`): a disk without one is assigned to it, a disk of another one is refused.
/// @param wait  How long to wait; NULL is 600 s, without progress.
/// @param reply  Receives the disk as it is then, as `katapult_disk_get` does, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`; `KATAPULT_STATUS_REFUSED` when acting would not be safe (the description
///   says what to do); `KATAPULT_STATUS_NO_EFFECT` when a change was accepted and does not show, or is
///   undone again and again; or for instance `KATAPULT_STATUS_TIMED_OUT`, `KATAPULT_STATUS_DISK_NOT_FOUND`.
///   Once something was changed, `outcome` is `unknown` and the description says what was done.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_ensure_attached(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::ensure(client, wait, reply, || {
        arguments::<EnsureDiskAttached>(
            optional_request(request_json)?,
            &[("disk", text("disk_id", disk_id)?)],
        )
    })
}

/// Detaches a disk for good: the next start of its virtual machine does not attach it again. It stays
/// assigned.
///
/// Sends `GET /disks/disk` and `GET /virtual_machines/virtual_machine`; where needed
/// `PATCH /disks/disk` (attach_on_boot off, first) and `POST /disks/disk/detach`, `GET /tasks/task`
/// until that has ended and `GET /disks/disk` until it is `detached`. What is so already is not sent,
/// so it may be called again and again. Refuses a boot disk, a virtual machine that is neither started
/// nor stopped, and an attachment that is on its way or has failed.
///
/// @param disk_id  The disk's id.
/// @param request_json  NULL, or `{"virtual_machine": ...}` (an id, an fqdn, or for instance
///   `{"fqdn": "..."}`): a disk of another one is refused.
/// @param wait  How long to wait; NULL is 600 s, without progress.
/// @param reply  Receives the disk as it is then, as `katapult_disk_get` does, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return As `katapult_disk_ensure_attached`: `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_REFUSED`, ...
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_ensure_detached(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::ensure(client, wait, reply, || {
        arguments::<EnsureDiskDetached>(
            optional_request(request_json)?,
            &[("disk", text("disk_id", disk_id)?)],
        )
    })
}

/// Removes a disk from its virtual machine: detaches it as `katapult_disk_ensure_detached` does, then
/// unassigns it.
///
/// Sends, after what that sends, `POST /disks/disk/unassign` and `GET /disks/disk` until the disk has
/// no virtual machine. The virtual machine may also be failed or orphaned. Never a boot disk.
///
/// @param disk_id  The disk's id.
/// @param request_json  NULL, or `{"virtual_machine": ...}` (an id, an fqdn, or for instance
///   `{"fqdn": "..."}`): a disk of another one is refused.
/// @param wait  How long to wait; NULL is 600 s, without progress.
/// @param reply  Receives the disk as it is then, as `katapult_disk_get` does, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return As `katapult_disk_ensure_attached`: `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_REFUSED`, ...
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_ensure_unassigned(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::ensure(client, wait, reply, || {
        arguments::<EnsureDiskUnassigned>(
            optional_request(request_json)?,
            &[("disk", text("disk_id", disk_id)?)],
        )
    })
}

/// Gives a disk a size in the way that its attachment permits, and makes sure that it has it.
///
/// Sends `GET /disks/disk`, for a disk that might be about to be attached
/// `GET /virtual_machines/virtual_machine` and `GET /disks/disk` again, then `PUT /disks/disk/resize`,
/// `GET /tasks/task` until that has ended, and `GET /disks/disk` until it has the size. A disk that
/// has it already is only read. Refuses to shrink an attached disk, and to grow one unless the method
/// is `online`; a disk that is not attached is resized offline, whatever the method.
///
/// @param disk_id  The disk's id.
/// @param request_json  `{"size_in_gb": 40, "method": "online"}`, the size as in `katapult_disk_create`; the
///   method is `offline` unless given (`katapult_disk_resize` leaves it to the service then).
/// @param wait  How long to wait; NULL is 600 s, without progress.
/// @param reply  Receives the disk as it is then, as `katapult_disk_get` does, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return As `katapult_disk_ensure_attached`: `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_REFUSED`, ...
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_ensure_size(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::ensure(client, wait, reply, || {
        arguments::<EnsureDiskSize>(request(request_json)?, &[("disk", text("disk_id", disk_id)?)])
    })
}

/// Deletes a disk that no virtual machine has; one that is in the trash or gone already counts. Of an id
/// (`disk_` and 16 letters or digits) nobody can tell whether it ever was one; what has another shape
/// and is not found is `KATAPULT_STATUS_DISK_NOT_FOUND`.
///
/// Sends `GET /disks/disk`, `DELETE /disks/disk` and `GET /trash_objects/trash_object`; with `purge` also
/// `DELETE /trash_objects/trash_object`, `GET /tasks/task` until that has ended and `GET /disks/disk`
/// until it is not found. Refuses unless the disk's answer says `"virtual_machine_disk": null`. A disk that
/// somebody restores meanwhile is not deleted again.
///
/// @param disk_id  The disk's id.
/// @param request_json  NULL, or `{"purge": true}`: destroy it at once, which cannot be undone,
///   instead of leaving it in the trash for 48 hours.
/// @param wait  How long to wait; NULL is 600 s, without progress.
/// @param reply  Receives `{"trash_object": {...}}`, with null when the disk is gone for good, or the
///   error; free it with `katapult_string_free`. May be NULL.
/// @return As `katapult_disk_ensure_attached`: `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_REFUSED`, ...
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_ensure_deleted(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::ensure(client, wait, reply, || {
        arguments::<EnsureDiskDeleted>(
            optional_request(request_json)?,
            &[("disk", text("disk_id", disk_id)?)],
        )
    })
}
