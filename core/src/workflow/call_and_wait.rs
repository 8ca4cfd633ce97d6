//! An operation that starts a task, the wait for it, and what has come of it.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::Value;

use super::disk_view::DiskView;
use super::reach::{EFFECT, PAUSE, no_effect};
use super::{Steps, Workflow};
use crate::call;
use crate::json::{object, raw_member};
use crate::katapult::hint;
use crate::{
    ApiResponse, Client, CreateDisk, DiskRef, DiskTask, Error, GetTrashObject, Operation, Result,
    Status, Task, TaskOperation, TaskResponse, TrashObjectRef, WaitOptions,
};

/// Performs the operation, waits for its task, and looks until the effect of that is seen. The result has
/// the form of the operation's response.
#[derive(Clone, Debug)]
pub struct CallAndWait<O>(pub O);

impl<O: TaskOperation> Workflow for CallAndWait<O> {
    type Output = O::Output;
    const NAME: &'static str = O::NAME;

    fn object_id(&self) -> Option<String> {
        call::object_id_of(&self.0)
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        let started = steps.send(&self.0)?;
        steps.accepted::<O>();
        steps.finish(&self.0, &started)
    }
}

/// What is needed of the response that starts a task.
#[derive(Deserialize)]
struct Started {
    task: Task,
    disk: Option<DiskId>,
}

#[derive(Deserialize)]
struct DiskId {
    id: String,
}

impl Steps<'_, '_> {
    /// Waits for the task of a response to `operation`: the same response, with the task as it ended and
    /// the disk as it is then.
    pub(super) fn finish<O: TaskOperation>(
        &mut self,
        operation: &O,
        started: &ApiResponse,
    ) -> Result<ApiResponse> {
        self.started(started);
        let Started { task, disk } = started.decode()?;
        let ended = self.wait(&task).map_err(|error| {
            let hint = hint::of_task(&error, O::NAME);
            error.with_hint(hint)
        })?;
        let Some(disk) = disk else {
            self.see_it_gone(operation)?;
            return Ok(ended);
        };
        let read = self.see_effect(operation, &DiskRef::by("id", disk.id))?;
        let mut members = vec![
            ("disk", raw_member(read.body(), "disk")),
            ("task", raw_member(ended.body(), "task")),
        ];
        if let annotations @ Some(_) = raw_member(read.body(), "annotations") {
            members.push(("annotations", annotations));
        }
        let body = object(&members);
        Ok(read.with_body(body))
    }

    /// The response that shows the disk with the effect of the operation, whose task has completed.
    fn see_effect<O: Operation>(&self, operation: &O, disk: &DiskRef) -> Result<ApiResponse> {
        let completed = Instant::now();
        loop {
            let view = self.read_disk(disk)?;
            let shown: Value = view.response.decode()?;
            if operation.shows(&shown["disk"]) {
                return Ok(view.response);
            }
            if completed.elapsed() >= EFFECT && !view.is_in_transition() {
                let wanted = self.arguments(operation)?.get("size_in_gb").and_then(Value::as_u64);
                let hint = wanted.and_then(|wanted| hint::of_size(view.disk.size_in_gb, wanted));
                return Err(no_effect(format!(
                    "the task completed, but the disk does not show what {} does; check it before you repeat",
                    O::NAME
                ))
                .with_hint(hint));
            }
            let unfinished = || format!("the disk does not show what {} does yet", O::NAME);
            self.pause(PAUSE, unfinished)?;
        }
    }

    /// Looks until what was purged, if the operation names one object, is not found any more.
    fn see_it_gone<O: Operation>(&self, operation: &O) -> Result<()> {
        let arguments = self.arguments(operation)?;
        let Some(trash_object) = arguments.get("trash_object") else { return Ok(()) };
        let named = TrashObjectRef::deserialize(trash_object)
            .map_err(|error| Error::internal(format!("trash_object: {error}")))?;
        let id = named.value().to_owned();
        let mut disk = disk_named(&id);
        let get = GetTrashObject::new(named);
        let completed = Instant::now();
        loop {
            match self.call(&get) {
                Ok(found) => {
                    disk = disk
                        .or_else(|| found.trash_object.object_id.as_deref().and_then(disk_named));
                }
                Err(error) if error.status() == Status::TrashObjectNotFound => {
                    // A restored disk has left the trash, too.
                    let Some(disk) = &disk else { return Ok(()) };
                    match self.read_disk(disk).map_err(|error| (error.status(), error)) {
                        Err((Status::DiskNotFound, _)) => return Ok(()),
                        Err((Status::ObjectInTrash, _)) => {}
                        Err((_, error)) => return Err(error),
                        Ok(view) => return Err(restored(&view)),
                    }
                }
                Err(error) => return Err(error),
            }
            let shows_after = if disk.is_some() { EFFECT } else { OTHERS_EFFECT };
            if completed.elapsed() >= shows_after {
                return Err(no_effect(format!(
                    "the purge completed, but {id} is still in the trash"
                )));
            }
            self.pause(PAUSE, || format!("{id} is still being purged"))?;
        }
    }

    /// Starts a task as a step of a longer workflow, and waits for it.
    pub(super) fn start_and_wait<O: TaskOperation>(&mut self, operation: &O) -> Result<()> {
        let started = self.send(operation)?;
        self.accepted::<O>();
        self.started(&started);
        let TaskResponse { task } = started.decode()?;
        self.wait(&task).map(|_| ())
    }
}

/// What else than disks is purged may be there for longer. Recorded: 66 s after the request.
const OTHERS_EFFECT: Duration = Duration::from_secs(90);

/// The disk that was deleted, if it was one.
fn disk_named(object_id: &str) -> Option<DiskRef> {
    Some(DiskRef::from(object_id)).filter(|disk| disk.is_id_of("disk"))
}

fn restored(view: &DiskView) -> Error {
    let disk = &view.disk.id;
    no_effect(format!("the purge completed, but disk {disk} exists: somebody has restored it"))
}

impl Client {
    /// Performs an operation that starts a task, waits for the task as [`Client::wait_task`] does,
    /// and reads the disk again, so that the result shows the disk *after* the task. Sends the
    /// operation's request, `GET /tasks/task` until the task has ended, and `GET /disks/disk` until it
    /// shows the effect; after the purge of one object `GET /trash_objects/trash_object` until it is not
    /// found.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let detach = katapult_disk::DetachDisk::new("disk_Ot5Ne8Dk2Sw7Vh1R");
    /// let detached = client.call_and_wait(&detach, Default::default())?;
    /// println!("{:?}", detached.disk.virtual_machine_disk);
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the operation. Afterwards `TaskFailed`, `NoEffect` (the task has completed, but its effect
    /// does not show within 10 s) or `TimedOut` (the task goes on; the
    /// description has its id) or what happened on the way: then the outcome is always
    /// [`Outcome::Unknown`](crate::Outcome::Unknown), and `detail` has the disk and the task as they
    /// were seen last.
    pub fn call_and_wait<O: TaskOperation>(
        &self,
        operation: &O,
        options: WaitOptions<'_>,
    ) -> Result<O::Output> {
        self.run(&CallAndWait(operation), options)
    }

    /// [`Client::create_disk`], built.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let create = katapult_disk::CreateDisk::new("data", 20);
    /// let created = client.create_disk_and_wait(&create, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::call_and_wait`].
    pub fn create_disk_and_wait(
        &self,
        disk: &CreateDisk,
        options: WaitOptions<'_>,
    ) -> Result<DiskTask> {
        disk.refuse_key()?;
        self.call_and_wait(disk, options).map(DiskTask::with_annotations)
    }
}
