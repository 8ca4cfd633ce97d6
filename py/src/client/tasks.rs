//! The operations on tasks.

use katapult_disk::GetTask;
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument, CallTimeout};
use crate::objects::Task;
use crate::wait::{self, Waiting};

#[pymethods]
impl Client {
    /// Reads a task, by its id.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises TaskNotFound.
    #[pyo3(signature = (task_id, *, timeout=CallTimeout::Client))]
    fn get_task<'py>(
        &self,
        py: Python<'py>,
        task_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, Task>> {
        let operation = GetTask::new(read::task("task_id", task_id)?);
        let (answer, json) = self.call(py, &operation, timeout)?;
        Task::of_answer(py, answer.task, &json)
    }

    /// Waits until a task has completed, and gives it as it was then.
    ///
    /// `task` is a Task, what holds one (a DiskTask, a CreatedDisk) or an id. `timeout` is in seconds; None is no limit, 0 is to
    /// look once. `progress` is True for a bar on stderr, or a callable that gets the Task after
    /// each poll; what it raises ends the wait. On a daemon thread it is not called any more once the
    /// program ends, and has about a second to return then, so it should not sleep for longer.
    ///
    /// Looks at once, after 1 s, then every 2 s, later less often, and once more just before the
    /// timeout. Read the disk again afterwards:
    /// the one that came with the task is from before it.
    ///
    /// Raises TaskNotFound; TaskFailed; TimedOut, after which the task goes on. `detail` of the last
    /// two has the task as it was seen last.
    #[pyo3(signature = (task, *, timeout=600.0, progress=None))]
    fn wait_task<'py>(
        &self,
        py: Python<'py>,
        task: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Task>> {
        let task = read::task("task", task)?;
        wait::wait_task(py, &self.handle, task, &Waiting::new(py, timeout, progress)?)
    }
}
