//! Get a task: `GET /tasks/task`.

use serde::Deserialize;

use crate::{Client, Config, Lookup, Operation, Request, Result, Task};

/// Reads a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetTask {
    /// The task, by id.
    pub task: Lookup,
}

/// The answer to [`GetTask`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TaskAnswer {
    /// The task.
    pub task: Task,
}

impl Operation for GetTask {
    type Output = TaskAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["task"];

    fn request(&self, _: &Config) -> Result<Request> {
        let (_, id) = self.task.pair("task_id", None)?;
        Ok(Request::get("/tasks/task").query("task[id]", id))
    }
}

impl Client {
    /// Reads a task.
    ///
    /// # Errors
    /// `TaskNotFound`.
    pub fn get_task(&self, task: impl Into<Lookup>) -> Result<Task> {
        self.call(&GetTask { task: task.into() }).map(|answer| answer.task)
    }
}
