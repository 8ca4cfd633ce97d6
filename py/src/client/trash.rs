//! The operations on the trash.

use katapult_disk::{
    GetTrashObject, ListTrashObjects, PurgeAllTrash, PurgeTrashObject, RestoreTrashObject,
    TrashObjectRef,
};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument, CallTimeout};
use crate::list::ListOf;
use crate::object;
use crate::objects::{DeletedDisk, Task, TrashObject};
use crate::wait::WaitArguments;

#[pymethods]
impl Client {
    /// Iterates over what is in the trash of an organization (id or sub_domain), the client's by
    /// default, as TrashObject objects. Pages of `page_size` are fetched as they are needed.
    ///
    #[doc = include_str!("../texts/timeout_of_pages.txt")]
    /// Raises InvalidArgument at once; while it iterates OrganizationNotFound,
    /// OrganizationSuspended, OrganizationNotActivated.
    #[pyo3(signature = (organization=None, *, page_size=200, timeout=CallTimeout::Client))]
    fn list_trash_objects<'py>(
        &self,
        py: Python<'py>,
        organization: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::page_size)] page_size: Option<u64>,
        timeout: CallTimeout,
    ) -> PyResult<ListOf<TrashObject>> {
        let mut list = ListTrashObjects::default();
        list.organization = read::organization(organization)?;
        list.per_page = page_size.or(Some(200));
        ListOf::new(py, &self.handle, list, timeout)
    }

    /// Reads an object in the trash: by its id, as a TrashObject, or by what was deleted: a Disk, or what
    /// holds one, or `{"object_id": "disk_..."}`.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises TrashObjectNotFound.
    #[pyo3(signature = (trash_object, *, timeout=CallTimeout::Client))]
    fn get_trash_object<'py>(
        &self,
        py: Python<'py>,
        trash_object: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, TrashObject>> {
        let get = GetTrashObject::new(in_trash(trash_object)?);
        let (answer, json) = self.call(py, &get, timeout)?;
        object::part(py, answer.trash_object, &json, "trash_object")
    }

    /// Takes an object (as in `get_trash_object`) out of the trash, at once and without a task. The
    /// result is the trash object that it was.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises TrashObjectNotFound, PermissionDenied.
    #[pyo3(signature = (trash_object, *, timeout=CallTimeout::Client))]
    fn restore_trash_object<'py>(
        &self,
        py: Python<'py>,
        trash_object: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, TrashObject>> {
        let restore = RestoreTrashObject::new(in_trash(trash_object)?);
        let (answer, json) = self.call(py, &restore, timeout)?;
        object::part(py, answer.trash_object, &json, "trash_object")
    }

    /// Destroys an object (as in `get_trash_object`) in the trash, which cannot be undone; a task
    /// does it.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and then
    /// until the object is not found; the result is the task as it ended. NoEffect when it is still there
    /// after 10 s, or when its disk was restored.
    ///
    #[doc = include_str!("../texts/timeout_of_wait.txt")]
    /// Raises TrashObjectNotFound, PermissionDenied, TaskQueueingError.
    #[pyo3(signature = (trash_object, *, wait=false, timeout=600.0, progress=None))]
    fn purge_trash_object<'py>(
        &self,
        py: Python<'py>,
        trash_object: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::wait)] wait: bool,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Task>> {
        let waiting = WaitArguments { wait, timeout, progress };
        let purge = PurgeTrashObject::new(in_trash(trash_object)?);
        let (answer, json) = self.call_task(py, purge, waiting)?;
        Task::of_answer(py, answer.task, &json)
    }

    /// Destroys everything in the trash of an organization (id or sub_domain), the client's by
    /// default, which cannot be undone; a task does it.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there); the
    /// result is the task as it ended.
    ///
    #[doc = include_str!("../texts/timeout_of_wait.txt")]
    /// Raises InvalidArgument, OrganizationNotFound, OrganizationSuspended,
    /// OrganizationNotActivated, PermissionDenied, TaskQueueingError.
    #[pyo3(signature = (organization=None, *, wait=false, timeout=600.0, progress=None))]
    fn purge_all_trash<'py>(
        &self,
        py: Python<'py>,
        organization: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::wait)] wait: bool,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Task>> {
        let waiting = WaitArguments { wait, timeout, progress };
        let mut purge = PurgeAllTrash::default();
        purge.organization = read::organization(organization)?;
        let (answer, json) = self.call_task(py, purge, waiting)?;
        Task::of_answer(py, answer.task, &json)
    }
}

fn in_trash(value: &Bound<'_, PyAny>) -> PyResult<TrashObjectRef> {
    if let Ok(deleted) = value.cast::<DeletedDisk>() {
        return Ok(TrashObjectRef::by("id", deleted.get().trash_object_id()));
    }
    match read::held_disk("trash_object", value)? {
        Some(disk) => Ok(TrashObjectRef::by("object_id", disk.value())),
        None => read::required_named::<TrashObject>("trash_object", value),
    }
}
