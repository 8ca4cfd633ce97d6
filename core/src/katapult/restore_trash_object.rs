//! Restore an object from the trash: `POST /trash_objects/trash_object/restore`.

use ureq::http::Method;

use super::get_trash_object::TrashObjectAnswer;
use crate::lookup::LookupOf;
use crate::{Client, Config, Lookup, Operation, Request, Result, TrashObject};

/// Takes an object out of the trash, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreTrashObject {
    /// The trash object: by id, or `Lookup::by("object_id", …)` with the id of what was deleted.
    pub trash_object: Lookup,
}

impl Operation for RestoreTrashObject {
    type Output = TrashObjectAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["trash_object"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.trash_object.pair_by_id("trash_object", "object_id")?;
        Request::new(Method::POST, "/trash_objects/trash_object/restore")
            .json(&LookupOf::new("trash_object", pair))
    }
}

impl Client {
    /// Takes an object out of the trash. The answer is the trash object that it was.
    ///
    /// # Errors
    /// `TrashObjectNotFound`, `PermissionDenied`.
    pub fn restore_trash_object(&self, trash_object: impl Into<Lookup>) -> Result<TrashObject> {
        self.call(&RestoreTrashObject { trash_object: trash_object.into() })
            .map(|answer| answer.trash_object)
    }
}
