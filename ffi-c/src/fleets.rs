//! Many disks in one call; "Fleets" in the header says what these functions share.

use std::ffi::{c_char, c_int, c_void};

use katapult::{
    AwaitedDisk, CreateDisks, DEFAULT_WAIT, DiskRef, EnsureDiskSizes, EnsureDisksDeleted, Result,
    Status, WaitDisks, Word, item_from_json,
};
use serde::Deserialize;

use crate::client::katapult_client;
use crate::fleet_run::{Call, FLEET_WAIT, Item};
use crate::wait::katapult_wait;

/// Sees what has come of a disk, on the thread that calls, as soon as it is known: in the order in which the
/// disks complete. It may make calls of the library. See "Callbacks" above.
///
/// @param index  The disk's number in the request's `disks`, from 0.
/// @param status  `KATAPULT_STATUS_OK` if the disk is as wished, otherwise what went wrong.
/// @param reply_json  `{"name": "...", "existed": false, "disk": {...}}` (of a deletion `trash_object` instead
///   of `disk`, with null when it is gone for good); `existed` says that it was so before the call. After a
///   failure the error, as a reply has it, with the disk's `name`, which may be null, as a further member.
///   Valid during the call; do not free it. `katapult_reply_text` and `katapult_reply_outcome` read it.
/// @param user_data  What was given to the call.
/// @return 0 to go on, anything else to stop.
#[allow(non_camel_case_types)]
pub type katapult_result_fn = Option<
    unsafe extern "C-unwind" fn(
        index: usize,
        status: Status,
        reply_json: *const c_char,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// Creates many disks and waits until they are built.
///
/// Sends `GET /organizations/organization/disks` with a filter that must give nothing, then with the fleet's;
/// for each missing disk `POST /organizations/organization/disks`; `GET /tasks/task` for one of them; a
/// `GET /organizations/organization/disks` for each 200; `GET /disks/disk` and `GET /tasks/task` for those that
/// take unusually long or fail. A disk thus costs 1.01 requests. The names must be unique within the fleet, and
/// all disks are of one organization.
///
/// The disks get two annotations, `katapult_disk_fleet` and `katapult_disk_batch`. The same call with the same
/// `fleet` finds by them what is there already, and creates only what is missing, also after your process was
/// killed. Do not run one fleet twice at the same time.
///
/// @param request_json  `{"fleet": "order-4711", "share": 0.95, "threads": 16, "disks": [{...}, ...]}`. Each of
///   `disks` is a body as of `katapult_disk_create`, without `idempotency_key`; a mistake in one is that disk's
///   result. `fleet` is a text of yours that no other fleet has; without it a name is made up. For `share` and
///   `threads` see "Fleets" above.
/// @param wait  How long to wait; NULL is an hour, without progress.
/// @param result  Called with each disk's result. NULL for none: then only the reply tells.
/// @param user_data  Passed to `result`.
/// @param reply  Receives `{"fleet": "...", "counts": {...}}`, or the error, which has these members, too, once
///   the fleet has begun; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` only if every disk is there; the status of the first of `disks` that failed; or
///   what ended the fleet, for instance `KATAPULT_STATUS_TIMED_OUT`, `KATAPULT_STATUS_INTERRUPTED`,
///   `KATAPULT_STATUS_INVALID_API_TOKEN`, or `KATAPULT_STATUS_REFUSED`, before anything is created, if the
///   service's list does not heed the filter.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_create_many(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    result: katapult_result_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    #[derive(Deserialize)]
    struct Own {
        fleet: Option<String>,
    }
    let work = |own: Own| {
        let work = CreateDisks::new(own.fleet)?;
        let fleet = work.fleet().to_owned();
        Ok((work, Some(fleet)))
    };
    let call = Call { client, request_json, wait, timeout: FLEET_WAIT, result, user_data };
    call.run(reply, work, |it| item_from_json(&it.place, it.json))
}

/// Gives many disks their sizes, each as `katapult_disk_ensure_size` does, and waits for all together.
///
/// Sends `GET /organizations/organization/disks`, for each disk that has another size `GET /disks/disk` (and
/// `GET /virtual_machines/virtual_machine` where it might be about to be attached) and `PUT /disks/disk/resize`;
/// then `GET /tasks/task` for one of them and the list again until the sizes show. Where that takes fewer
/// requests it reads disks one by one. All disks are of the client's organization. The same call again resizes
/// only those that do not have their size.
///
/// @param request_json  `{"method": "online", "share": 0.95, "threads": 16,
///     "disks": [{"disk": "disk_...", "size_in_gb": 40}, ...]}`; the method is `offline` unless given.
///   Sizes are as in `katapult_disk_create`. For `share` and `threads` see "Fleets" above.
/// @param wait  How long to wait; NULL is an hour, without progress.
/// @param result  Called with each disk's result. NULL for none: then only the reply tells.
/// @param user_data  Passed to `result`.
/// @param reply  Receives `{"counts": {...}}`, or the error, which has that member, too, once the fleet has
///   begun; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` only if every disk has its size; the status of the first of `disks` that failed,
///   such as `KATAPULT_STATUS_REFUSED`; or what ended the fleet, for instance `KATAPULT_STATUS_TIMED_OUT`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disk_ensure_sizes(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    result: katapult_result_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    #[derive(Deserialize)]
    struct Own {
        method: Option<String>,
    }
    let work = |own: Own| {
        let method = own.method.as_deref().map(Word::parse).transpose()?;
        Ok((EnsureDiskSizes::new(method), None))
    };
    let call = Call { client, request_json, wait, timeout: FLEET_WAIT, result, user_data };
    call.run(reply, work, |it| item_from_json(&it.place, it.json))
}

/// Deletes many disks, each as `katapult_disk_ensure_deleted` does, and waits for all together.
///
/// Sends, for each disk, `GET /disks/disk`, `DELETE /disks/disk` and `GET /trash_objects/trash_object`; with
/// `purge` also `DELETE /trash_objects/trash_object`, then `GET /tasks/task` for one of them,
/// `GET /organizations/organization/trash_objects` until they are no longer there, and `GET /disks/disk` for
/// each, which must not find it. The same call again goes on with those that are left.
///
/// @param request_json  `{"purge": true, "share": 0.95, "threads": 16, "disks": ["disk_...", ...]}`; without
///   `purge` they stay in the trash for 48 hours. For `share` and `threads` see "Fleets" above.
/// @param wait  How long to wait; NULL is an hour, without progress.
/// @param result  Called with each disk's result. NULL for none: then only the reply tells.
/// @param user_data  Passed to `result`.
/// @param reply  Receives `{"counts": {...}}`, or the error, which has that member, too, once the fleet has
///   begun; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` only if every disk is gone; the status of the first of `disks` that failed, such
///   as `KATAPULT_STATUS_REFUSED`; or what ended the fleet, for instance `KATAPULT_STATUS_TIMED_OUT`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disks_ensure_deleted(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    result: katapult_result_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    #[derive(Deserialize)]
    struct Own {
        #[serde(default)]
        purge: bool,
    }
    let work = |own: Own| Ok((EnsureDisksDeleted::new(own.purge), None));
    let call = Call { client, request_json, wait, timeout: FLEET_WAIT, result, user_data };
    call.run(reply, work, |it| item_from_json(&it.place, it.json))
}

/// Waits until disks are built that were created before, such as by threads of your own with
/// `katapult_disk_create`: by one list for 200 of them, instead of a poll of each task.
///
/// Sends `GET /tasks/task` for the task of one of them, if any has one, and
/// `GET /organizations/organization/disks` until all are built; where that takes fewer requests
/// `GET /disks/disk` for each. All disks are of the client's organization.
///
/// @param request_json  `{"share": 0.95, "threads": 16, "disks": [{"disk": "disk_...", "task": "task_..."}, ...]}`;
///   a disk's id will do instead of an object. The task tells when to look. For `share` and `threads` see
///   "Fleets" above.
/// @param wait  How long to wait; NULL is 600 s, without progress.
/// @param result  Called with each disk's result. NULL for none: then only the reply tells.
/// @param user_data  Passed to `result`.
/// @param reply  Receives `{"counts": {...}}`, or the error, which has that member, too, once the fleet has
///   begun; free it with `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` only if every disk is built; the status of the first of `disks` that failed,
///   such as `KATAPULT_STATUS_TASK_FAILED`; or what ended the fleet, for instance `KATAPULT_STATUS_TIMED_OUT`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_disks_wait(
    client: Option<&katapult_client>,
    request_json: *const c_char,
    wait: Option<&katapult_wait>,
    result: katapult_result_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
) -> Status {
    #[derive(Deserialize)]
    struct Own {}
    let call = Call { client, request_json, wait, timeout: DEFAULT_WAIT, result, user_data };
    call.run(reply, |_: Own| Ok((WaitDisks::default(), None)), awaited)
}

fn awaited(item: Item<'_>) -> Result<AwaitedDisk> {
    if item.json.starts_with('{') {
        return item_from_json(&item.place, item.json);
    }
    item_from_json::<DiskRef>(&item.place, item.json).map(|disk| AwaitedDisk { disk, task: None })
}
