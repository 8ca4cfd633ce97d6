use std::ffi::{c_char, c_void};

use katapult::{
    AssignDisk, AttachDisk, CreateDisk, CreateDiskOnce, DeleteDisk, DetachDisk, GetDisk, ListDisks,
    ResizeDisk, Result, SetDiskIoProfile, Status, UnassignDisk, UpdateDisk,
};

use crate::boundary::{arguments, optional_request, request, text};
use crate::calls;
use crate::client::katapult_client;
use crate::pages::{self, katapult_page_fn};
use crate::wait::katapult_wait;

/// Creates a disk; a task builds it. `POST /organizations/organization/disks`
///
/// When `outcome` is `unknown` the disk may exist, and the same call again may make a second one.
/// With an `idempotency_key`, a text of yours that no other disk has, it does not: the key becomes an
/// annotation of the disk (`katapult_disk_idempotency_key`, beside `katapult_disk_idempotency_fingerprint`
/// of the properties), and the call first looks for a disk that has it, also after your process was killed
/// and started again. Then it sends `GET /organizations/organization/disks`, for each disk found
/// `GET /disks/disk`, and only if there is none the POST, once; when the outcome of that is not known it looks for the disk until the time
/// is over: that of `wait`, else the client's `timeout`, anew. Then `outcome` is `unknown`, and the
/// same call finds the disk later. The same key with other properties is `KATAPULT_STATUS_REFUSED`.
/// Two processes that send the first request with one key at the same time are not kept apart; and an
/// update whose `annotations` leave out the key takes it away.
///
/// @param request_json  The API's own body:
///   `{"organization": ..., "properties": {"name": "...", "size_in_gb": 20, ...},
///     "annotations": [{"key": "...", "value": "..."}]}`, and optionally `idempotency_key`. Annotations may
///   be an object, too, here and wherever they are given: `{"team": "storage"}`.
///   `name` and `size_in_gb` are required; the size is in GB, not bytes: 1 to 1,000,000, and the service's own
///   smallest disk has 10 GB. Other properties: `data_center`, `io_profile`,
///   `bus_type` (scsi, virtio), `storage_speed` (nvme, ssd), `initial_file_system` (ext4, xfs),
///   `virtual_machine_disk` {`virtual_machine`, `boot`, `attach_on_boot`, `attach`}.
///   Organization and data center are the client's unless given. Wherever the API takes a lookup
///   such as `{"permalink": "uk-lon-01"}`, a string will do.
/// @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
/// @param reply  Receives the API's response with `disk`, `task` and `annotations`, or the error;
///   free it with `katapult_string_free`. May be NULL. Without `wait` the disk is the one *before* the
///   task, `not_built`. One that an earlier call with the key created is as it is now, and `task` is null.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
///   `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`, `KATAPULT_STATUS_TASK_QUEUEING_ERROR`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_create(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::workflow(client, wait, None, reply, || {
        let create = arguments::<CreateDisk>(request(request_json)?, &[])?;
        Ok(CreateDiskOnce::new(create, wait.is_some()))
    })
}

/// Reads a disk. `GET /disks/disk`
///
/// @param disk_id  The disk's id.
/// @param reply  Receives the API's response with `disk` and `annotations`, or the error; free it
///   with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_NOT_FOUND`,
///   `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_get(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || Ok(GetDisk::new(text("disk_id", disk_id)?)))
}

/// Changes properties of a disk, at once and without a task. `PATCH /disks/disk`
///
/// @param disk_id  The disk's id.
/// @param request_json  The API's own body without its `disk`:
///   `{"properties": {"name": "..."}, "annotations": [...]}`; what is not given stays, but
///   `annotations`, where given, replace all of the disk's, an idempotency key among them. Properties
///   as in `katapult_disk_create`, but `size_in_gb` and `virtual_machine_disk.attach` are refused:
///   they are only for creating.
/// @param reply  Receives the API's response with `disk` (changed) and `annotations`, or the error;
///   free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_NOT_FOUND`,
///   `KATAPULT_STATUS_UNASSIGNED_DISK`, `KATAPULT_STATUS_VALIDATION_ERROR`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_update(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || {
        arguments::<UpdateDisk>(request(request_json)?, &[("disk", text("disk_id", disk_id)?)])
    })
}

/// Puts a disk into the trash, where it stays for 48 hours. `DELETE /disks/disk`
///
/// What the service does with a disk that a virtual machine has is not documented: unassign it first, or call
/// `katapult_disk_ensure_deleted`, which refuses such a disk.
///
/// @param disk_id  The disk's id.
/// @param reply  Receives the API's response with `disk` (as it was) and `trash_object`, or the
///   error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_OBJECT_IN_TRASH` (it is there
///   already), `KATAPULT_STATUS_DISK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_delete(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || Ok(DeleteDisk::new(text("disk_id", disk_id)?)))
}

/// Binds a disk to a virtual machine, at once and without a task. It is not attached by that.
/// `POST /disks/disk/assign`
///
/// @param disk_id  The disk's id.
/// @param request_json  The API's own body without its `disk`: `{"virtual_machine": ...}`, an id,
///   an fqdn, or for instance `{"fqdn": "..."}`.
/// @param reply  Receives the API's response with `disk`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNABLE_TO_ASSIGN`,
///   `KATAPULT_STATUS_VIRTUAL_MACHINE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_assign(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || {
        arguments::<AssignDisk>(request(request_json)?, &[("disk", text("disk_id", disk_id)?)])
    })
}

/// Takes a disk from its virtual machine, at once and without a task.
/// `POST /disks/disk/unassign`
///
/// Of a disk without a virtual machine this changes nothing. Detach it first.
///
/// @param disk_id  The disk's id.
/// @param reply  Receives the API's response with `disk`, or the error; free it with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNABLE_TO_UNASSIGN`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_unassign(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || Ok(UnassignDisk::new(text("disk_id", disk_id)?)))
}

/// Attaches a disk to the virtual machine that it is assigned to; a task does it.
/// `POST /disks/disk/attach`
///
/// A virtual machine that is stopped attaches its disks with `attach_on_boot` when it starts.
///
/// @param disk_id  The disk's id.
/// @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
/// @param reply  Receives the API's response with `disk` (without `wait` as it is *before* the task, still
///   `detached`) and `task`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNASSIGNED_DISK`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_attach(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::start(client, wait, reply, || Ok(AttachDisk::new(text("disk_id", disk_id)?)))
}

/// Detaches a disk from its virtual machine; a task does it. `POST /disks/disk/detach`
///
/// The disk is free when the task has completed, not before. It stays assigned, and the next start
/// of the virtual machine attaches it again unless `attach_on_boot` is false.
///
/// @param disk_id  The disk's id.
/// @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
/// @param reply  Receives the API's response with `disk` (without `wait` as it is *before* the task, still
///   `attached`) and `task`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_UNASSIGNED_DISK`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`, `KATAPULT_STATUS_OBJECT_IN_TRASH`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_detach(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::start(client, wait, reply, || Ok(DetachDisk::new(text("disk_id", disk_id)?)))
}

/// Grows or shrinks a disk; a task does it. `PUT /disks/disk/resize`
///
/// A task that completed does not prove that a blank disk has shrunk: with a `wait` the call reads the
/// disk until it has the size. See also `katapult_disk_ensure_size`, whose method is `offline` unless given.
///
/// @param disk_id  The disk's id.
/// @param request_json  `{"size_in_gb": 40, "method": "online"}`, the size as in `katapult_disk_create`. The
///   method may be `offline` (not attached) or `online` (attached; it can only grow); without one the service
///   decides. The API's own name, `resize_method`, will do, too.
/// @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
/// @param reply  Receives the API's response with `disk` (without `wait` as it is *before* the task, with the
///   old size) and `task`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_VALIDATION_ERROR`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_resize(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::start(client, wait, reply, || {
        arguments::<ResizeDisk>(request(request_json)?, &[("disk", text("disk_id", disk_id)?)])
    })
}

/// Gives a disk other limits of speed; a task does it. `PUT /disks/disk/io_profile`
///
/// @param disk_id  The disk's id.
/// @param request_json  The API's own body without its `disk`: `{"io_profile": ...}`, an id, a
///   permalink, or for instance `{"permalink": "..."}`.
/// @param wait  NULL to return when the service has accepted, else as `katapult_wait` says.
/// @param reply  Receives the API's response with `disk` (without `wait` as it is *before* the task) and
///   `task`, or the error; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_DISK_IO_PROFILE_NOT_FOUND`,
///   `KATAPULT_STATUS_DISK_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_set_io_profile(
    client: Option<&katapult_client>,
    disk_id: *const c_char,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    reply: *mut *mut c_char,
) -> Status {
    calls::start(client, wait, reply, || {
        arguments::<SetDiskIoProfile>(
            request(request_json)?,
            &[("disk", text("disk_id", disk_id)?)],
        )
    })
}

/// Reads one page of an organization's disks. `GET /organizations/organization/disks`
///
/// @param request_json  NULL, or a JSON object; keys, all optional: `organization` (else the
///   client's), `page` (from 1), `per_page` (30; at most 200), `annotations`
///   (`[{"key": "...", "value": "..."}]`: only disks with these).
/// @param reply  Receives the API's response with `pagination` and `disk`, an array of disks with few
///   fields, or the error; free it with `katapult_string_free`. May be NULL. An empty list has 0
///   pages.
/// @return `KATAPULT_STATUS_OK`, or for instance `KATAPULT_STATUS_ORGANIZATION_NOT_FOUND`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_list(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    reply: *mut *mut c_char,
) -> Status {
    calls::send(client, reply, || list(request_json))
}

/// Reads an organization's disks page by page, and holds one page at a time.
///
/// @param request_json  As in `katapult_disk_list`; begins at its `page`.
/// @param page  Called with each page.
/// @param user_data  Passed to `page`.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` after the last page, `KATAPULT_STATUS_INTERRUPTED` when `page` said
///   to stop, or as `katapult_disk_list`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_list_pages(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    page: katapult_page_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    pages::each(client, page, user_data, reply, || list(request_json))
}

fn list(request_json: *const c_char) -> Result<ListDisks> {
    arguments::<ListDisks>(optional_request(request_json)?, &[])
}
