//! Delete a disk that no virtual machine has, and if wished destroy it for good.

use std::time::Duration;

use derive_new::new;
use serde::Deserialize;
use serde_json::json;

use super::disk_view::{DiskView, Relation, name};
use super::{Steps, Workflow};
use crate::json::{object, raw_member};
use crate::{
    ApiResponse, Client, DeleteDisk, DiskRef, Error, GetTrashObject, PurgeTrashObject, Result,
    Status, TrashObject, TrashObjectRef, WaitOptions,
};

/// See [`Client::ensure_disk_deleted`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, new)]
#[non_exhaustive]
pub struct EnsureDiskDeleted {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// Whether to destroy it at once, instead of leaving it in the trash for 48 hours.
    #[serde(default)]
    #[new(default)]
    pub purge: bool,
}

/// What has become of a disk.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct DiskDeletion {
    /// The disk in the trash; `None` when it is gone for good.
    pub trash_object: Option<TrashObject>,
}

impl EnsureDiskDeleted {
    /// Puts the disk into the trash, unless it is there or gone already.
    fn delete(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        let view = match steps.read_disk(&self.disk) {
            Ok(view) => view,
            Err(error) => return self.gone(steps, error),
        };
        // A disk that has a virtual machine has data that somebody uses.
        if !matches!(view.relation, Relation::Unassigned) {
            return Err(in_use(&view));
        }
        match steps.send(&DeleteDisk::new(&self.disk)) {
            Ok(answer) => {
                steps.done("the disk was put into the trash");
                Ok(answer)
            }
            Err(error) => self.gone(steps, error),
        }
    }

    /// The end of a disk that is gone for good (404) or in the trash (406).
    fn gone(&self, steps: &Steps<'_, '_>, error: Error) -> Result<ApiResponse> {
        match error.status() {
            // Another text, such as the disk's name, does not mean that the disk is gone.
            Status::DiskNotFound if !self.disk.is_id_of("disk") => Err(error),
            Status::DiskNotFound => {
                Ok(ApiResponse::of(json!({ "trash_object": null }).to_string()))
            }
            Status::ObjectInTrash => {
                let trash_object = TrashObjectRef::by("object_id", self.disk.value());
                match steps.send(&GetTrashObject::new(trash_object)) {
                    Err(error) if error.status() == Status::TrashObjectNotFound => {
                        Ok(ApiResponse::of(json!({ "trash_object": null }).to_string()))
                    }
                    other => other,
                }
            }
            _ => Err(error),
        }
    }
}

impl Workflow for EnsureDiskDeleted {
    type Output = DiskDeletion;
    const NAME: &'static str = "ensure_disk_deleted";

    fn object_id(&self) -> Option<String> {
        Some(self.disk.value().to_owned())
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        let answer = self.delete(steps)?;
        let DiskDeletion { trash_object } = answer.decode()?;
        let Some(trash_object) = trash_object.filter(|_| self.purge) else {
            let member = raw_member(answer.body(), "trash_object");
            return Ok(ApiResponse::of(object(&[("trash_object", member)])));
        };
        match steps.start_and_wait(&PurgeTrashObject::new(&trash_object)) {
            Err(error) if error.status() == Status::TrashObjectNotFound => {}
            other => other?,
        }
        loop {
            match steps.send(&GetTrashObject::new(&trash_object)) {
                Err(error) if error.status() == Status::TrashObjectNotFound => {
                    return Ok(ApiResponse::of(json!({ "trash_object": null }).to_string()));
                }
                other => other?,
            };
            steps.pause(Duration::from_secs(2), || "the disk is still being purged".to_owned())?;
        }
    }
}

fn in_use(view: &DiskView) -> Error {
    match &view.relation {
        Relation::To(relation) => {
            let machine =
                relation.virtual_machine.as_ref().map_or("a virtual machine".into(), name);
            let reason = format!("it is assigned to {machine}");
            view.refused(&reason, "unassign it first")
        }
        Relation::Missing | Relation::Unassigned => view.refused(
            "the response does not say whether it is assigned to a virtual machine",
            "check it before you act",
        ),
    }
}

impl Client {
    /// Deletes a disk that has no virtual machine: sends `GET /disks/disk` and
    /// `DELETE /disks/disk`; with `purge` also `DELETE /trash_objects/trash_object`,
    /// `GET /tasks/task` until that has ended and `GET /trash_objects/trash_object` until it is not
    /// found. A disk that is in the trash or gone already counts as deleted; of an id that has the
    /// shape of a disk's (`disk_` and 16 letters or digits) nobody can tell whether it ever was one.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// client.ensure_disk_deleted("disk_Ot5Ne8Dk2Sw7Vh1R", false, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskNotFound` for what has not the shape of a disk's id;
    /// `Refused` unless the disk's answer says `"virtual_machine_disk": null`; and those of the
    /// operations.
    pub fn ensure_disk_deleted(
        &self,
        disk: impl Into<DiskRef>,
        purge: bool,
        options: WaitOptions<'_>,
    ) -> Result<DiskDeletion> {
        self.run(&EnsureDiskDeleted { disk: disk.into(), purge }, options)
    }
}
