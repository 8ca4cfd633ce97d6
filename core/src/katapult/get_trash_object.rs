//! Get an object in the trash: `GET /trash_objects/trash_object`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, Operation, Response, Result, TrashObject, TrashObjectRef};

/// Reads an object in the trash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetTrashObject {
    /// The trash object: by id, or `TrashObjectRef::by("object_id", …)` with the id of what was deleted.
    #[new(into)]
    pub trash_object: TrashObjectRef,
}

/// The response to [`GetTrashObject`] and [`RestoreTrashObject`](crate::RestoreTrashObject).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct TrashObjectResponse {
    /// The trash object.
    pub trash_object: TrashObject,
}

impl Response for TrashObjectResponse {
    const KEYS: &'static [&'static str] = &["trash_object"];
}

impl Operation for GetTrashObject {
    type Output = TrashObjectResponse;
    const NAME: &'static str = "get_trash_object";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/trash_objects/trash_object";
}

impl Client {
    /// Reads an object in the trash.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// use katapult_disk::TrashObjectRef;
    ///
    /// let trash_object = client.get_trash_object(TrashObjectRef::by("object_id", "disk_Ot5Ne8Dk2Sw7Vh1R"))?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `TrashObjectNotFound`.
    pub fn get_trash_object(&self, trash_object: impl Into<TrashObjectRef>) -> Result<TrashObject> {
        self.call(&GetTrashObject::new(trash_object)).map(|answer| answer.trash_object)
    }
}
