//! Get an object in the trash: `GET /trash_objects/trash_object`.

use serde::Deserialize;

use crate::{Client, Config, Lookup, Operation, Request, Result, TrashObject};

/// Reads an object in the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetTrashObject {
    /// The trash object: by id, or `Lookup::by("object_id", …)` with the id of what was deleted.
    pub trash_object: Lookup,
}

/// The answer to [`GetTrashObject`] and [`RestoreTrashObject`](crate::RestoreTrashObject).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TrashObjectAnswer {
    /// The trash object.
    pub trash_object: TrashObject,
}

impl Operation for GetTrashObject {
    type Output = TrashObjectAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["trash_object"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.trash_object.pair_by_id("trash_object", "object_id")?;
        Ok(Request::get("/trash_objects/trash_object").lookup("trash_object", pair))
    }
}

impl Client {
    /// Reads an object in the trash.
    ///
    /// # Errors
    /// `TrashObjectNotFound`.
    pub fn get_trash_object(&self, trash_object: impl Into<Lookup>) -> Result<TrashObject> {
        self.call(&GetTrashObject { trash_object: trash_object.into() })
            .map(|answer| answer.trash_object)
    }
}
