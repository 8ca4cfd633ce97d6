//! Purge an object for good: `DELETE /trash_objects/trash_object`.

use ureq::http::Method;

use crate::lookup::LookupOf;
use crate::{Client, Config, Lookup, Operation, Request, Result, Task, TaskAnswer};

/// Destroys an object in the trash; a task does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurgeTrashObject {
    /// The trash object: by id, or `Lookup::by("object_id", …)` with the id of what was deleted.
    pub trash_object: Lookup,
}

impl Operation for PurgeTrashObject {
    type Output = TaskAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["task"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.trash_object.pair_by_id("trash_object", "object_id")?;
        Request::new(Method::DELETE, "/trash_objects/trash_object")
            .json(&LookupOf::new("trash_object", pair))
    }
}

impl Client {
    /// Destroys an object in the trash; it cannot be brought back. It is gone some seconds later
    /// (recorded: disks after 7 s at most, virtual machines after 66 s).
    ///
    /// # Errors
    /// `TrashObjectNotFound`, `PermissionDenied`, `TaskQueueingError`.
    pub fn purge_trash_object(&self, trash_object: impl Into<Lookup>) -> Result<Task> {
        self.call(&PurgeTrashObject { trash_object: trash_object.into() }).map(|answer| answer.task)
    }
}
