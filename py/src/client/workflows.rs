//! The workflows: several requests that bring a disk into a state.

use katapult_disk::{
    DiskAndAnnotations, EnsureDiskAttached, EnsureDiskDeleted, EnsureDiskDetached, EnsureDiskSize,
    EnsureDiskUnassigned, Workflow,
};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument};
use crate::object;
use crate::objects::{Disk, TrashObject, VirtualMachine};
use crate::wait::{self, Waiting};

#[pymethods]
impl Client {
    /// Brings a disk to its virtual machine: now if that runs, and at each start. Gives the disk as
    /// it is then: `attached`, or with a stopped virtual machine `detached` with `attach_on_boot`.
    ///
    /// A disk without a virtual machine is assigned to `virtual_machine` (id or fqdn), a disk of
    /// another one is refused; None takes the one that the disk has. What is so already is not sent,
    /// so it may be called again and again. `timeout` is for all of it, in seconds; `progress` is as
    /// in `wait_task`.
    ///
    /// Sends GET /disks/disk and GET /virtual_machines/virtual_machine; where needed
    /// POST /disks/disk/assign, PATCH /disks/disk (attach_on_boot) and, if the virtual machine is
    /// started, POST /disks/disk/attach, GET /tasks/task until that has ended and GET /disks/disk
    /// until the disk is attached.
    ///
    /// Raises Refused when the virtual machine is neither started nor stopped, or the attachment is
    /// on its way or has failed; NoEffect; TimedOut; TaskFailed; DiskNotFound, ObjectInTrash,
    /// VirtualMachineNotFound, UnableToAssign, PermissionDenied, TaskQueueingError.
    #[pyo3(signature = (disk_id, *, virtual_machine=None, timeout=600.0, progress=None))]
    fn ensure_disk_attached<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        virtual_machine: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Disk>> {
        let mut workflow = EnsureDiskAttached::new(read::disk("disk_id", disk_id)?);
        workflow.virtual_machine =
            read::named::<VirtualMachine>("virtual_machine", virtual_machine)?;
        self.ensure_disk(py, &workflow, timeout, progress)
    }

    /// Detaches a disk for good: the next start of its virtual machine does not attach it again. It
    /// stays assigned. Gives the disk as it is then.
    ///
    /// A disk of another virtual machine than `virtual_machine` (id or fqdn) is refused; None takes
    /// any. What is so already is not sent, so it may be called again and again. `timeout` is for
    /// all of it, in seconds; `progress` is as in `wait_task`.
    ///
    /// Sends GET /disks/disk and GET /virtual_machines/virtual_machine; where needed
    /// PATCH /disks/disk (attach_on_boot off, first) and POST /disks/disk/detach, GET /tasks/task
    /// until that has ended and GET /disks/disk until the disk is detached.
    ///
    /// Raises Refused when it is a boot disk, the virtual machine is neither started nor stopped, or
    /// the attachment is on its way or has failed; NoEffect; TimedOut; TaskFailed; DiskNotFound,
    /// ObjectInTrash, PermissionDenied, TaskQueueingError.
    #[pyo3(signature = (disk_id, *, virtual_machine=None, timeout=600.0, progress=None))]
    fn ensure_disk_detached<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        virtual_machine: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Disk>> {
        let mut workflow = EnsureDiskDetached::new(read::disk("disk_id", disk_id)?);
        workflow.virtual_machine =
            read::named::<VirtualMachine>("virtual_machine", virtual_machine)?;
        self.ensure_disk(py, &workflow, timeout, progress)
    }

    /// Removes a disk from its virtual machine: detaches it as `ensure_disk_detached` does, then
    /// unassigns it. Gives the disk as it is then. Never a boot disk; the virtual machine may also
    /// be failed or orphaned. `timeout` is for all of it, in seconds; `progress` is as in `wait_task`.
    ///
    /// Sends, after what `ensure_disk_detached` sends, POST /disks/disk/unassign and GET /disks/disk
    /// until the disk has no virtual machine.
    ///
    /// Raises what `ensure_disk_detached` raises, and UnableToUnassign.
    #[pyo3(signature = (disk_id, *, virtual_machine=None, timeout=600.0, progress=None))]
    fn ensure_disk_unassigned<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        virtual_machine: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Disk>> {
        let mut workflow = EnsureDiskUnassigned::new(read::disk("disk_id", disk_id)?);
        workflow.virtual_machine =
            read::named::<VirtualMachine>("virtual_machine", virtual_machine)?;
        self.ensure_disk(py, &workflow, timeout, progress)
    }

    /// Gives a disk a size in the way that its attachment permits, and makes sure that it has it.
    /// Gives the disk as it is then.
    ///
    /// The size is as in `create_disk`. `method` is "offline" (the default) or "online", which permits to grow a disk while it is
    /// attached and leaves the file system to the virtual machine; a disk that is not attached is
    /// resized offline all the same. `timeout` is for all of it, in seconds; `progress` is as in
    /// `wait_task`.
    ///
    /// Sends GET /disks/disk, for a disk that might be about to be attached
    /// GET /virtual_machines/virtual_machine and GET /disks/disk again, then PUT /disks/disk/resize,
    /// GET /tasks/task until that has ended, and GET /disks/disk until the disk has the size. A disk
    /// that has it already is only read.
    ///
    /// Raises Refused when the disk is attached and would shrink or grow offline, when its
    /// attachment is on its way or has failed, when it is not built; NoEffect when the task completed
    /// but the size stayed, as of a blank disk that cannot shrink; TimedOut; TaskFailed;
    /// InvalidArgument, ValidationError, DiskNotFound, ObjectInTrash, PermissionDenied,
    /// TaskQueueingError.
    #[pyo3(signature = (disk_id, size_in_gb, *, method=None, timeout=600.0, progress=None))]
    fn ensure_disk_size<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        size_in_gb: &Bound<'py, PyAny>,
        method: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Disk>> {
        let mut workflow = EnsureDiskSize::new(
            read::disk("disk_id", disk_id)?,
            read::disk_size("size_in_gb", size_in_gb)?,
        );
        workflow.method = read::word("method", method)?;
        self.ensure_disk(py, &workflow, timeout, progress)
    }

    /// Deletes a disk that no virtual machine has. Gives its TrashObject, or None when the disk is
    /// gone for good. A disk that is in the trash or gone already counts as deleted.
    ///
    /// `purge` destroys it at once, which cannot be undone, instead of leaving it in the trash for
    /// 48 hours. `timeout` is for all of it, in seconds; `progress` is as in `wait_task`.
    ///
    /// Sends GET /disks/disk, DELETE /disks/disk and GET /trash_objects/trash_object; with `purge` also
    /// DELETE /trash_objects/trash_object, GET /tasks/task until that has ended and GET /disks/disk
    /// until it is not found. A disk that somebody restores meanwhile is not deleted again.
    ///
    /// Raises Refused unless the API says that the disk has no virtual machine; NoEffect when somebody
    /// restores it, or when it stays in the trash after the purge; TimedOut; TaskFailed; PermissionDenied, ValidationError, TaskQueueingError.
    #[pyo3(signature = (disk_id, *, purge=false, timeout=600.0, progress=None))]
    fn ensure_disk_deleted<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::purge)] purge: bool,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Option<Bound<'py, TrashObject>>> {
        let mut workflow = EnsureDiskDeleted::new(read::disk("disk_id", disk_id)?);
        workflow.purge = purge;
        let waiting = Waiting::new(py, timeout, progress)?;
        let (deletion, json) = wait::run(py, &self.handle, &workflow, &waiting)?;
        let own = json.member("trash_object");
        match deletion.trash_object.zip(own) {
            Some((trash_object, own)) => object::create(py, trash_object, own).map(Some),
            None => Ok(None),
        }
    }
}

impl Client {
    /// Runs a workflow that ends with a disk.
    fn ensure_disk<'py, W>(
        &self,
        py: Python<'py>,
        workflow: &W,
        timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Disk>>
    where
        W: Workflow<Output = DiskAndAnnotations> + Sync,
    {
        let waiting = Waiting::new(py, timeout, progress)?;
        let (answer, json) = wait::run(py, &self.handle, workflow, &waiting)?;
        Disk::of_answer(py, answer.into_disk(), json)
    }
}
