//! How a call waits.

use std::ffi::{c_char, c_int, c_void};
use std::time::Duration;

use katapult::{Error, FleetCounts, Outcome, Progress, Result, Task, WaitOptions, wait_timeout};
use serde_json::json;

use crate::boundary;
use crate::callback;

/// Sees what is waited for after each poll, on the thread that waits: at once, after 1 s, every 2 s, and
/// after half a minute every 5 to 10 s. It may make calls of the library. See "Callbacks" above.
///
/// @param task_json  The task: `{"id": ..., "name": ..., "status": ..., "progress": 0 to 100, ...}`;
///   of `katapult_openstack_volume_detach` the attachment: `{"volumeId": ..., ...}`; of a fleet, about once a
///   second, `{"counts": {...}}`. Valid during the call; do not free it. `katapult_reply_text` and `katapult_reply_integer` read it.
/// @param user_data  That of `katapult_wait`.
/// @return 0 to go on, anything else to stop waiting (the task goes on).
#[allow(non_camel_case_types)]
pub type katapult_progress_fn =
    Option<unsafe extern "C-unwind" fn(task_json: *const c_char, user_data: *mut c_void) -> c_int>;

/// How a call waits for what it has started.
///
/// A call that starts a task sends its request, then `GET /tasks/task` until the task has ended, then,
/// where the reply has a `disk`, `GET /disks/disk` until that shows the effect: the reply is that of the
/// call without a wait, but with the task as it ended, and the disk as it is *after* the task with its
/// `annotations`. (A purge of one object: `GET /trash_objects/trash_object` until it is not found, and of a disk then
/// `GET /disks/disk`, which must not find it either.) When
/// the task has failed, the status is `KATAPULT_STATUS_TASK_FAILED`; when it has completed and its effect
/// does not show within 10 s, `KATAPULT_STATUS_NO_EFFECT`. After `KATAPULT_STATUS_TIMED_OUT` and
/// `KATAPULT_STATUS_INTERRUPTED` (`progress` said to stop) the task goes on. Once the task was started,
/// the `outcome` of every failure is `unknown`, and `detail` has the `task` and, where there is one, the
/// `disk`, as they were seen last.
///
/// `katapult_disk_ensure_...`, `katapult_openstack_volume_detach` and the functions of fleets send other requests:
/// see there.
#[allow(non_camel_case_types)]
#[repr(C)]
pub struct katapult_wait {
    /// When to give up, in seconds from the beginning of the call. INFINITY (of math.h): never; 0, so also
    /// `katapult_wait wait = {0}`: look once (a fleet: end at once). NaN and negative numbers are
    /// `KATAPULT_STATUS_INVALID_ARGUMENT`.
    pub timeout_seconds: f64,
    /// Called after each poll. May be NULL.
    pub progress: katapult_progress_fn,
    /// Passed to `progress`.
    pub user_data: *mut c_void,
}

impl katapult_wait {
    /// When to give up; `None` is never.
    pub(crate) fn timeout(&self) -> Result<Option<Duration>> {
        wait_timeout("wait.timeout_seconds", self.timeout_seconds)
    }

    /// Shows what is waited for to the caller; `who` goes on when that stops the wait.
    fn show<T>(&self, seen: &Progress<'_, T>, who: impl FnOnce(&T) -> String) -> Result<()> {
        if !self.is_stopped_at(|| seen.json().to_owned()) {
            return Ok(());
        }
        let text = format!("the progress function stopped the wait; {} goes on", who(seen.seen));
        Err(Error::interrupted(Outcome::Unknown, text))
    }

    /// Shows how far a fleet has come.
    pub(crate) fn show_counts(&self, counts: &FleetCounts) -> Result<()> {
        if !self.is_stopped_at(|| json!({ "counts": counts }).to_string()) {
            return Ok(());
        }
        let text = "the progress function stopped the fleet";
        Err(Error::interrupted(Outcome::NotSent, text))
    }

    /// Calls the progress function, if there is one, which may say to stop.
    fn is_stopped_at(&self, json: impl FnOnce() -> String) -> bool {
        let Some(progress) = self.progress else { return false };
        let json = boundary::with_nul(json());
        // SAFETY: C passes a function of this signature; the string lives until it returns.
        let stop = callback::must_return("progress", || unsafe {
            progress(json.as_ptr().cast(), self.user_data)
        });
        stop != 0
    }
}

/// Makes a call that waits; `timeout` is for a `wait` that is NULL.
pub(crate) fn with_options<T, R>(
    wait: Option<&katapult_wait>,
    timeout: Option<Duration>,
    who: impl Fn(&T) -> String,
    call: impl FnOnce(WaitOptions<'_, T>) -> Result<R>,
) -> Result<R> {
    let timeout = wait.map_or(Ok(timeout), katapult_wait::timeout)?;
    let mut show = |seen: &Progress<'_, T>| wait.map_or(Ok(()), |wait| wait.show(seen, &who));
    call(WaitOptions { timeout, progress: Some(&mut show) })
}

/// [`with_options`] for a task.
pub(crate) fn for_task<R>(
    wait: Option<&katapult_wait>,
    timeout: Option<Duration>,
    call: impl FnOnce(WaitOptions<'_>) -> Result<R>,
) -> Result<R> {
    with_options(wait, timeout, |task: &Task| format!("task {}", task.id), call)
}
