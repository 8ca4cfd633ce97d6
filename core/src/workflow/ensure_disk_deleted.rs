//! Delete a disk that no virtual machine has, and if wished destroy it for good.

use std::time::Instant;

use derive_new::new;
use serde::Deserialize;
use serde_json::json;

use super::disk_view::{DiskView, Relation, name};
use super::reach::{EFFECT, PAUSE, no_effect, speaks_of_a_state};
use super::{Steps, Workflow};
use crate::json::{object, raw_member};
use crate::{
    ApiResponse, Client, DeleteDisk, DiskRef, Error, GetTrashObject, PurgeTrashObject, Result,
    StartedTask, Status, Task, TrashObject, TrashObjectRef, WaitOptions,
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

/// A deletion, as far as it goes without waiting.
pub(crate) enum BegunDeletion {
    /// `is_own` tells whether anything was left to do.
    Ended { response: ApiResponse, is_own: bool },
    /// The task that destroys it has begun.
    Purging(Task),
}

/// Where a disk is.
enum Place {
    Exists(Box<DiskView>),
    InTrash(TrashObject, ApiResponse),
    /// It was in the trash, and its trash object was not found after that.
    LeftTrash,
    Gone,
}

impl EnsureDiskDeleted {
    fn look(&self, steps: &Steps<'_, '_>) -> Result<Place> {
        match steps.read_disk(&self.disk) {
            Ok(view) => Ok(Place::Exists(Box::new(view))),
            Err(error) if error.status() == Status::ObjectInTrash => {
                Ok(self.in_trash(steps)?.unwrap_or(Place::LeftTrash))
            }
            // Another text, such as the disk's name, does not mean that the disk is gone. And no recording
            // shows whether a disk in the trash is a 406, as documented, or a 404.
            Err(error) if error.status() == Status::DiskNotFound && self.disk.is_id_of("disk") => {
                Ok(self.in_trash(steps)?.unwrap_or(Place::Gone))
            }
            Err(error) => Err(error),
        }
    }

    /// The disk's trash object, if there is one.
    fn in_trash(&self, steps: &Steps<'_, '_>) -> Result<Option<Place>> {
        let trash_object = TrashObjectRef::by("object_id", self.disk.value());
        match steps.send(&GetTrashObject::new(trash_object)) {
            Ok(response) => {
                let DiskDeletion { trash_object } = response.decode()?;
                Ok(trash_object.map(|trash_object| Place::InTrash(trash_object, response)))
            }
            Err(error) if error.status() == Status::TrashObjectNotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts a disk into the trash that no virtual machine has: where it is then.
    fn delete(&self, steps: &mut Steps<'_, '_>, view: &DiskView) -> Result<Place> {
        // A disk that has a virtual machine has data that somebody uses.
        if !matches!(view.relation, Relation::Unassigned) {
            return Err(in_use(view));
        }
        match steps.send(&DeleteDisk::new(&self.disk)) {
            Ok(_) => steps.done("the disk was put into the trash"),
            // It may have been deleted or assigned since it was seen.
            Err(error) if speaks_of_a_state(&error) => {
                return match self.look(steps)? {
                    Place::Exists(view) if matches!(view.relation, Relation::Unassigned) => {
                        Err(error)
                    }
                    place => Ok(place),
                };
            }
            Err(error) => return Err(error),
        }
        // Recorded: the trash has it at once.
        self.in_trash(steps)?.map_or_else(|| self.look(steps), Ok)
    }

    /// Destroys a disk in the trash: where it is then.
    fn destroy(&self, steps: &mut Steps<'_, '_>, trash_object: &TrashObject) -> Result<Place> {
        match steps.start_and_wait(&PurgeTrashObject::new(trash_object)) {
            Ok(()) => {}
            // Purged or restored by somebody else: the disk tells.
            Err(error) if error.status() == Status::TrashObjectNotFound => {}
            Err(error) if error.status() == Status::TaskFailed => {
                return match self.look(steps)? {
                    Place::Gone => Ok(Place::Gone),
                    _ => Err(error),
                };
            }
            Err(error) => return Err(error),
        }
        self.look(steps)
    }

    /// After another pause.
    fn look_again(&self, steps: &Steps<'_, '_>, state: &str) -> Result<Place> {
        steps.pause(PAUSE, || format!("disk {} is {state}", self.disk.value()))?;
        self.look(steps)
    }

    /// Does all but to wait for the purge, for who waits for many together.
    pub(crate) fn begin(
        &self,
        client: &Client,
        options: &mut WaitOptions<'_>,
    ) -> Result<BegunDeletion> {
        let work = format!("{} {}", Self::NAME, self.disk.value());
        let mut steps = Steps::new(client, work, options);
        let begun = self.begin_in(&mut steps);
        begun.map_err(|error| steps.explain(error.in_operation(Self::NAME, self.object_id())))
    }

    fn begin_in(&self, steps: &mut Steps<'_, '_>) -> Result<BegunDeletion> {
        let _turn = steps.turn(self.disk.value())?;
        let mut left_trash: Option<Instant> = None;
        let mut place = self.look(steps)?;
        loop {
            let is_own = steps.has_changed_something();
            place = match place {
                Place::Gone => return Ok(BegunDeletion::Ended { response: gone(), is_own }),
                Place::Exists(_) if is_own || left_trash.is_some() => {
                    return Err(self.restored(steps));
                }
                Place::Exists(view) => self.delete(steps, &view)?,
                Place::InTrash(_, response) if !self.purge => {
                    return Ok(BegunDeletion::Ended { response: in_trash(&response), is_own });
                }
                Place::InTrash(trash_object, _) => {
                    match steps.call(&PurgeTrashObject::new(&trash_object)) {
                        Ok(StartedTask { task, .. }) => return Ok(BegunDeletion::Purging(task)),
                        // Purged or restored by somebody else: the disk tells.
                        Err(error) if error.status() == Status::TrashObjectNotFound => {
                            left_trash.get_or_insert_with(Instant::now);
                            self.look(steps)?
                        }
                        Err(error) => return Err(error),
                    }
                }
                Place::LeftTrash if left_trash.is_some_and(|left| left.elapsed() >= EFFECT) => {
                    return Err(self.not_alone());
                }
                Place::LeftTrash => {
                    left_trash.get_or_insert_with(Instant::now);
                    self.look_again(steps, "neither in the trash nor out of it")?
                }
            };
        }
    }

    fn not_alone(&self) -> Error {
        Error::refused(format!(
            "disk {} is in the trash, but not as an object of its own; it may be there with its \
             virtual machine, so look at the trash",
            self.disk.value()
        ))
    }

    /// What to say of a disk that exists although it was in the trash. Whoever restored it wants it.
    fn restored(&self, steps: &Steps<'_, '_>) -> Error {
        let disk = self.disk.value();
        if steps.has_changed_something() {
            let text = format!(
                "disk {disk} is not in the trash any more: somebody restored it, or the service has not \
                 done what it accepted; it was not deleted again"
            );
            return no_effect(text);
        }
        Error::refused(format!(
            "disk {disk} was in the trash, and somebody restores it; it was not deleted again; decide again"
        ))
    }
}

impl Workflow for EnsureDiskDeleted {
    type Output = DiskDeletion;
    const NAME: &'static str = "ensure_disk_deleted";

    fn object_id(&self) -> Option<String> {
        Some(self.disk.value().to_owned())
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        let _turn = steps.turn(self.disk.value())?;
        let mut was_in_trash = false;
        let mut purged: Option<Instant> = None;
        let mut left_trash: Option<Instant> = None;
        let mut place = self.look(steps)?;
        loop {
            place = match place {
                Place::Gone => return Ok(gone()),
                Place::Exists(_) if was_in_trash || steps.has_changed_something() => {
                    return Err(self.restored(steps));
                }
                Place::Exists(view) => self.delete(steps, &view)?,
                Place::InTrash(_, response) if !self.purge => return Ok(in_trash(&response)),
                Place::InTrash(..) if purged.is_some_and(|purged| purged.elapsed() >= EFFECT) => {
                    let text = "the purge completed, but the disk is still in the trash";
                    return Err(no_effect(text.to_owned()));
                }
                Place::InTrash(..) if purged.is_some() => {
                    self.look_again(steps, "still being purged")?
                }
                Place::InTrash(trash_object, _) => {
                    was_in_trash = true;
                    let place = self.destroy(steps, &trash_object)?;
                    purged = Some(Instant::now());
                    place
                }
                Place::LeftTrash if left_trash.is_some_and(|left| left.elapsed() >= EFFECT) => {
                    return Err(self.not_alone());
                }
                Place::LeftTrash => {
                    was_in_trash = true;
                    left_trash.get_or_insert_with(Instant::now);
                    self.look_again(steps, "neither in the trash nor out of it")?
                }
            };
        }
    }
}

/// The result of a disk that is gone for good.
fn gone() -> ApiResponse {
    ApiResponse::of(json!({ "trash_object": null }).to_string())
}

/// The result of a disk that is in the trash, as a response shows it there.
fn in_trash(response: &ApiResponse) -> ApiResponse {
    let member = raw_member(response.body(), "trash_object");
    ApiResponse::of(object(&[("trash_object", member)]))
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
    /// Deletes a disk that has no virtual machine: sends `GET /disks/disk`, `DELETE /disks/disk` and
    /// `GET /trash_objects/trash_object`; with `purge` also `DELETE /trash_objects/trash_object`,
    /// `GET /tasks/task` until that has ended and `GET /disks/disk` until it is not found. A disk that is
    /// in the trash or gone already counts as deleted; of an id that has the shape of a disk's (`disk_`
    /// and 16 letters or digits) nobody can tell whether it ever was one.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// client.ensure_disk_deleted("disk_Ot5Ne8Dk2Sw7Vh1R", false, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskNotFound` for what has not the shape of a disk's id;
    /// `Refused` unless the disk's answer says `"virtual_machine_disk": null`; `NoEffect` when somebody
    /// restores it meanwhile (it is not deleted again), or when it stays in the trash after the purge; and
    /// those of the operations.
    pub fn ensure_disk_deleted(
        &self,
        disk: impl Into<DiskRef>,
        purge: bool,
        options: WaitOptions<'_>,
    ) -> Result<DiskDeletion> {
        self.run(&EnsureDiskDeleted { disk: disk.into(), purge }, options)
    }
}
