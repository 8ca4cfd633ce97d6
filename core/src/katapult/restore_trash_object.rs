//! Restore an object from the trash: `POST /trash_objects/trash_object/restore`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, Operation, Result, TrashObject, TrashObjectRef, TrashObjectResponse};

/// Takes an object out of the trash, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct RestoreTrashObject {
    /// The trash object: by id, or `TrashObjectRef::by("object_id", …)` with the id of what was deleted.
    #[new(into)]
    pub trash_object: TrashObjectRef,
}

impl Operation for RestoreTrashObject {
    type Output = TrashObjectResponse;
    const NAME: &'static str = "restore_trash_object";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/trash_objects/trash_object/restore";
}

impl Client {
    /// Takes an object out of the trash. The response is the trash object that it was.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// client.restore_trash_object("trsh_Ot5Ne8Dk2Sw7Vh1R")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `TrashObjectNotFound`, `PermissionDenied`.
    pub fn restore_trash_object(
        &self,
        trash_object: impl Into<TrashObjectRef>,
    ) -> Result<TrashObject> {
        self.call(&RestoreTrashObject::new(trash_object)).map(|answer| answer.trash_object)
    }
}
