//! Purge an object for good: `DELETE /trash_objects/trash_object`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, Operation, Response, Result, StartsTask, Task, TrashObjectRef};

/// Destroys an object in the trash; a task does it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct PurgeTrashObject {
    /// The trash object: by id, or `TrashObjectRef::by("object_id", …)` with the id of what was deleted.
    #[new(into)]
    pub trash_object: TrashObjectRef,
}

/// The response of a purge: the task that does it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct StartedTask {
    /// The task.
    pub task: Task,
}

impl Response for StartedTask {
    const KEYS: &'static [&'static str] = &["task"];
}

impl StartsTask for StartedTask {}

impl Operation for PurgeTrashObject {
    type Output = StartedTask;
    const NAME: &'static str = "purge_trash_object";
    const METHOD: Method = Method::DELETE;
    const PATH: &'static str = "/trash_objects/trash_object";
}

impl Client {
    /// Destroys an object in the trash; it cannot be brought back. It is gone some seconds later
    /// (recorded: disks after 7 s at most, virtual machines after 66 s).
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let task = client.purge_trash_object("trsh_Ot5Ne8Dk2Sw7Vh1R")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `TrashObjectNotFound`, `PermissionDenied`, `TaskQueueingError`.
    pub fn purge_trash_object(&self, trash_object: impl Into<TrashObjectRef>) -> Result<Task> {
        self.call(&PurgeTrashObject::new(trash_object)).map(|answer| answer.task)
    }
}
