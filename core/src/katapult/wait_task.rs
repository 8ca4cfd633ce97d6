//! Wait for a task: `GET /tasks/task` until it has ended.

use std::time::{Duration, Instant};

use crate::poll::next_poll;
use crate::transport::deadline_after;
use crate::{
    ApiResponse, Client, Error, GetTask, Lookup, Outcome, Result, Status, Task, TaskAnswer,
    TaskStatus,
};

/// How to wait for a task.
pub struct WaitOptions<'a> {
    /// When to give up; `None` is never, zero is to look once. 10 minutes by default.
    pub timeout: Option<Duration>,
    /// Called after each look.
    pub progress: Option<&'a mut ProgressHook<'a>>,
}

/// Sees the task after each look; an error ends the wait with it (the task goes on).
pub type ProgressHook<'a> = dyn FnMut(&Task) -> Result<()> + 'a;

impl Default for WaitOptions<'_> {
    fn default() -> Self {
        WaitOptions { timeout: Some(Client::DEFAULT_WAIT), progress: None }
    }
}

impl Client {
    /// How long [`Client::wait_task`] waits by default.
    pub const DEFAULT_WAIT: Duration = Duration::from_secs(600);

    /// Waits until a task has completed: looks at once, after 1 s, then every 2 s, later less often,
    /// and once more just before the timeout.
    ///
    /// Read the disk again afterwards: the one that came with the task is from before it.
    ///
    /// # Errors
    /// `TaskFailed`; `TimedOut`, after which the task goes on. Both say [`Outcome::Unknown`] and
    /// have the task, as it was seen last, as `detail`. `TaskNotFound`.
    pub fn wait_task(&self, task: impl Into<Lookup>, options: WaitOptions<'_>) -> Result<Task> {
        let mut progress = options.progress;
        let mut seen = |_: &ApiResponse, task: &Task| match &mut progress {
            Some(progress) => progress(task),
            None => Ok(()),
        };
        let response = self.wait_task_response(task, options.timeout, &mut seen)?;
        Ok(response.decode::<TaskAnswer>()?.task)
    }

    /// [`Client::wait_task`] for callers that want the answers as the API sent them.
    ///
    /// # Errors
    /// As [`Client::wait_task`].
    pub fn wait_task_response(
        &self,
        task: impl Into<Lookup>,
        timeout: Option<Duration>,
        progress: &mut dyn FnMut(&ApiResponse, &Task) -> Result<()>,
    ) -> Result<ApiResponse> {
        self.wait_task_until(task, timeout, deadline_after(timeout), progress)
    }

    /// [`Client::wait_task_response`] as a part of something that has begun before; `timeout` is for
    /// the words of the error.
    pub(crate) fn wait_task_until(
        &self,
        task: impl Into<Lookup>,
        timeout: Option<Duration>,
        deadline: Option<Instant>,
        progress: &mut dyn FnMut(&ApiResponse, &Task) -> Result<()>,
    ) -> Result<ApiResponse> {
        let request = GetTask { task: task.into() };
        let started = Instant::now();
        // With no time at all there is still one look, which takes what a request may take.
        let limit = deadline.filter(|_| timeout != Some(Duration::ZERO));
        let mut last: Option<(ApiResponse, Task)> = None;
        loop {
            match self.send_until(&request, limit) {
                Ok(response) => {
                    let task = response.decode::<TaskAnswer>()?.task;
                    progress(&response, &task)?;
                    match task.status {
                        Some(TaskStatus::Completed) => return Ok(response),
                        Some(TaskStatus::Failed) => return Err(failed(&response, &task)),
                        Some(TaskStatus::Pending | TaskStatus::Running | TaskStatus::Other(_))
                        | None => {}
                    }
                    last = Some((response, task));
                }
                // Patience is what a wait is for, and the next minute has a new limit.
                Err(error) if error.status() == Status::RateLimitReached => {}
                Err(error) if error.status() == Status::TimedOut && passed(deadline) => {
                    return Err(timed_out(&request, timeout, last));
                }
                Err(error) => return Err(looked_in_vain(&request, error)),
            }
            match next_poll(pause(started.elapsed()), deadline) {
                Some(next) => self.sleep_until(next)?,
                None => {
                    self.sleep_until(deadline.unwrap_or_else(Instant::now))?;
                    return Err(timed_out(&request, timeout, last));
                }
            }
        }
    }
}

/// The time between two looks. Most tasks take 1 to 8 s (recorded), some take hours.
fn pause(elapsed: Duration) -> Duration {
    let seconds = match elapsed.as_millis() {
        0..500 => 1,
        500..30_000 => 2,
        30_000..120_000 => 5,
        _ => 10,
    };
    Duration::from_secs(seconds)
}

fn passed(deadline: Option<Instant>) -> bool {
    deadline.is_some_and(|deadline| Instant::now() >= deadline)
}

fn failed(response: &ApiResponse, task: &Task) -> Error {
    let name = task.name.as_deref().unwrap_or("unnamed");
    let text = format!(
        "task {} ({name}) failed; the API gives no reason. Look at the disk before you repeat",
        task.id
    );
    Error::new(Status::TaskFailed, Outcome::Unknown, text)
        .with_detail(serde_json::from_str(response.body()).ok())
}

/// What the service refuses is plain; any other failure leaves the question what became of the task.
fn looked_in_vain(request: &GetTask, error: Error) -> Error {
    if error.outcome() == Outcome::Rejected || error.status() == Status::InvalidArgument {
        return error;
    }
    error.in_context(&format!("task {} may go on, but cannot be seen", id(request)))
}

fn id(request: &GetTask) -> &str {
    request.task.pair("task_id", None).map_or("", |(_, id)| id)
}

fn timed_out(
    request: &GetTask,
    timeout: Option<Duration>,
    last: Option<(ApiResponse, Task)>,
) -> Error {
    let id = id(request);
    let seconds = timeout.unwrap_or_default().as_secs_f64();
    let status = last.as_ref().and_then(|(_, task)| task.status.as_ref());
    let status = status.map_or("not known", TaskStatus::as_str);
    let text = format!(
        "task {id} has not ended within {seconds} s (its status is {status}); it goes on, so wait \
         for it again"
    );
    let detail = last.and_then(|(response, _)| serde_json::from_str(response.body()).ok());
    Error::new(Status::TimedOut, Outcome::Unknown, text)
        .with_detail(detail.or_else(|| Some(serde_json::json!({"task": {"id": id}}))))
}
