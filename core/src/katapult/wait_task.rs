//! Wait for a task: `GET /tasks/task` until it has ended.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::clipped::clipped;
use crate::json;
use crate::poll::{self, Patience, Watch};
use crate::{
    ApiResponse, Client, Error, GetTask, Outcome, Result, Status, Task, TaskRef, TaskResponse,
    TaskStatus, WaitOptions,
};

impl Client {
    /// Waits until a task has completed: polls at once, after 1 s, then every 2 s, later less often,
    /// and once more just before the timeout.
    ///
    /// Read the disk again afterwards: the one that came with the task is from before it.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// use katapult_disk::{Progress, WaitOptions};
    ///
    /// let mut show = |progress: &Progress<'_>| {
    ///     println!("{:?} %", progress.seen.progress);
    ///     Ok(())
    /// };
    /// let options = WaitOptions { progress: Some(&mut show), ..WaitOptions::default() };
    /// let task = client.wait_task("task_Ot5Ne8Dk2Sw7Vh1R", options)?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `TaskFailed`; `TimedOut`, after which the task goes on. Both say [`Outcome::Unknown`] and
    /// have the task, as it was seen last, as `detail`. `TaskNotFound`.
    pub fn wait_task(&self, task: impl Into<TaskRef>, options: WaitOptions<'_>) -> Result<Task> {
        let response = self.wait_task_response(task, options)?;
        Ok(response.decode_in_time::<TaskResponse>()?.task)
    }

    /// [`Client::wait_task`] for callers that want the response as the API sent it.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let response = client.wait_task_response("task_Ot5Ne8Dk2Sw7Vh1R", Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::wait_task`].
    pub fn wait_task_response(
        &self,
        task: impl Into<TaskRef>,
        mut options: WaitOptions<'_>,
    ) -> Result<ApiResponse> {
        let task = task.into();
        let patience = Patience::of(options.timeout);
        self.as_one_call().wait_task_until(&task, patience, &mut options).map_err(|error| {
            let id = Some(task.value().to_owned()).filter(|id| !id.is_empty());
            error.in_operation("wait_task", id)
        })
    }

    /// [`Client::wait_task_response`] as a part of something that has begun before.
    pub(crate) fn wait_task_until(
        &self,
        task: &TaskRef,
        patience: Patience,
        options: &mut WaitOptions<'_>,
    ) -> Result<ApiResponse> {
        let request = GetTask::new(task);
        let mut watch =
            TaskWatch { client: self, request, patience, options, last: None, is_limited: false };
        // A task's name may hold anything.
        poll::until_end(&mut watch, patience).map_err(|error| error.without(self.secrets()))
    }
}

struct TaskWatch<'a, 'o> {
    client: &'a Client,
    request: GetTask,
    patience: Patience,
    options: &'a mut WaitOptions<'o>,
    last: Option<(ApiResponse, Task)>,
    /// Whether the rate limit prevented the latest poll.
    is_limited: bool,
}

impl Watch for TaskWatch<'_, '_> {
    type End = ApiResponse;

    fn poll(&mut self, _: u32) -> Result<ControlFlow<ApiResponse>> {
        let response = self.client.send_until(&self.request, self.patience.request_deadline());
        self.is_limited = false;
        let response = match response {
            Ok(response) => response,
            // The limit outlasts the wait, which goes on: the limit may end earlier than it seems.
            Err(error) if error.status() == Status::RateLimitReached => {
                self.is_limited = true;
                return Ok(ControlFlow::Continue(()));
            }
            Err(error) if error.status() == Status::TimedOut && self.patience.is_over() => {
                return Err(self.timed_out());
            }
            Err(error) => return Err(self.failed_poll(error)),
        };
        let task = response.decode_in_time::<TaskResponse>()?.task;
        let shown = self.options.show(&task, &response, "task");
        shown.map_err(|error| error.or_detail(|| json::detail(response.body().as_bytes())))?;
        match task.status {
            Some(TaskStatus::Completed) => return Ok(ControlFlow::Break(response)),
            Some(TaskStatus::Failed) => return Err(task_failed(&response, &task)),
            Some(TaskStatus::Pending | TaskStatus::Running | TaskStatus::Other(_)) | None => {}
        }
        self.last = Some((response, task));
        Ok(ControlFlow::Continue(()))
    }

    /// Most tasks take 1 to 8 s (recorded), some take hours.
    fn pause(&self, _: u32, elapsed: Duration) -> Duration {
        let seconds = match elapsed.as_millis() {
            0..500 => 1,
            500..30_000 => 2,
            30_000..120_000 => 5,
            _ => 10,
        };
        Duration::from_secs(seconds)
    }

    fn timed_out(&self) -> Error {
        let id = self.request.task.value();
        let status = self.last.as_ref().and_then(|(_, task)| task.status.as_ref());
        let status = clipped(status.map_or("not known", TaskStatus::as_str));
        let seconds = self.patience.seconds();
        let text = match self.is_limited {
            false => format!(
                "task {id} has not ended within {seconds} s (its status is {status}); it goes on, so \
                 wait for it again"
            ),
            true => format!(
                "whether task {id} has ended within {seconds} s is not known, since the rate limit \
                 prevented the last poll (before that, its status was {status}); wait for it again"
            ),
        };
        Error::new(Status::TimedOut, Outcome::Unknown, text)
            .with_detail(self.seen().or_else(|| Some(serde_json::json!({"task": {"id": id}}))))
    }

    fn sleep_until(&self, until: Instant) -> Result<()> {
        self.client.sleep_until(until).map_err(|error| error.or_detail(|| self.seen()))
    }
}

impl TaskWatch<'_, '_> {
    /// The task as it was seen last, for an error's detail.
    fn seen(&self) -> Option<Value> {
        self.last.as_ref().and_then(|(response, _)| json::detail(response.body().as_bytes()))
    }

    /// A rejection is conclusive; after other failures the task's state is unknown.
    fn failed_poll(&self, error: Error) -> Error {
        if error.outcome() == Outcome::Rejected || error.status() == Status::InvalidArgument {
            return error;
        }
        error.in_context(&format!(
            "task {} may continue, but its state could not be read",
            self.request.task.value()
        ))
    }
}

/// The error of a task that has failed.
pub(crate) fn task_failed(response: &ApiResponse, task: &Task) -> Error {
    let name = clipped(task.name.as_deref().unwrap_or("unnamed"));
    let text = format!(
        "task {} ({name}) failed; the API gives no reason. Check the disk before you repeat",
        clipped(&task.id)
    );
    Error::new(Status::TaskFailed, Outcome::Unknown, text)
        .with_detail(json::detail(response.body().as_bytes()))
}
