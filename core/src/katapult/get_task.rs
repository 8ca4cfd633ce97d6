//! Get a task: `GET /tasks/task`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, Operation, Response, Result, Task, TaskRef};

/// Reads a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetTask {
    /// The task, by id.
    #[new(into)]
    pub task: TaskRef,
}

/// The response to [`GetTask`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct TaskResponse {
    /// The task.
    pub task: Task,
}

impl Response for TaskResponse {
    const KEYS: &'static [&'static str] = &["task"];
}

impl Operation for GetTask {
    type Output = TaskResponse;
    const NAME: &'static str = "get_task";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/tasks/task";
}

impl Client {
    /// Reads a task.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let task = client.get_task("task_Ot5Ne8Dk2Sw7Vh1R")?;
    /// println!("{:?}", task.status);
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `TaskNotFound`.
    pub fn get_task(&self, task: impl Into<TaskRef>) -> Result<Task> {
        self.call(&GetTask::new(task)).map(|answer| answer.task)
    }
}
