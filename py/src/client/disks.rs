//! The operations on one disk.

use katapult_disk::{
    AssignDisk, AttachDisk, CreateDisk, CreateDiskOnce, DeleteDisk, DetachDisk, DiskArguments,
    GetDisk, ResizeDisk, SetDiskIoProfile, UnassignDisk, UpdateDisk,
};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument, Limit};
use crate::object;
use crate::objects::{
    CreatedDisk, DataCenter, DeletedDisk, Disk, DiskIoProfile, DiskTask, VirtualMachine,
};
use crate::wait::{self, WaitArguments, Waiting};

#[pymethods]
impl Client {
    /// Creates a disk; a task builds it.
    ///
    /// `size_in_gb` is in GB. `organization` (id or sub_domain) and `data_center` (id or permalink)
    /// are the client's by default. `bus_type` is "scsi" or "virtio", `storage_speed` "nvme" or "ssd",
    /// `initial_file_system` "ext4" or "xfs". `virtual_machine` (id or fqdn) is what to assign the disk to,
    /// `attach` whether to attach it there once it is built.
    ///
    /// After an error whose `outcome` is "unknown" the disk may exist, and the same call again may
    /// make a second one. With an `idempotency_key`, a text of yours that no other disk has, it does
    /// not, also after your process was killed and started again: the key becomes an annotation of
    /// the disk, and the call first looks for a disk that has it. Then the result is a CreatedDisk,
    /// whose `task` is None when the disk was there already. Sends
    /// GET /organizations/organization/disks, for each disk found GET /disks/disk, and only if there
    /// is none the POST; when the outcome of that is not known it looks again for 7 s before it sends
    /// it once more (not after a timeout), 3 times at most. Two processes that send the first request
    /// with one key within the same second are not kept apart. The other arguments are not compared
    /// with the disk that is found; and an `update_disk` whose `annotations` leave out
    /// `katapult_disk_idempotency_key` takes the key away.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk again: the result shows it *after* the task. Sends POST /organizations/organization/disks,
    /// GET /tasks/task until the task has ended, GET /disks/disk. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    /// Raises InvalidArgument, ValidationError, OrganizationNotFound, OrganizationSuspended,
    /// OrganizationNotActivated, PermissionDenied, TaskQueueingError.
    #[pyo3(signature = (
        name, size_in_gb, *, organization=None, data_center=None, io_profile=None, bus_type=None,
        initial_file_system=None, storage_speed=None, virtual_machine=None, boot=None,
        attach_on_boot=None, attach=None, annotations=None, idempotency_key=None, wait=None,
        timeout=Limit::Default, progress=None
    ), text_signature = "($self, name, size_in_gb, *, organization=None, data_center=None, \
        io_profile=None, bus_type=None, initial_file_system=None, storage_speed=None, \
        virtual_machine=None, boot=None, attach_on_boot=None, attach=None, annotations=None, \
        idempotency_key=None, wait=False, timeout=600.0, progress=None)")]
    #[allow(clippy::too_many_arguments, reason = "all but two are keywords in Python")]
    fn create_disk<'py>(
        &self,
        py: Python<'py>,
        name: &Bound<'py, PyAny>,
        size_in_gb: &Bound<'py, PyAny>,
        organization: Argument<'_, 'py>,
        data_center: Argument<'_, 'py>,
        io_profile: Argument<'_, 'py>,
        bus_type: Argument<'_, 'py>,
        initial_file_system: Argument<'_, 'py>,
        storage_speed: Argument<'_, 'py>,
        virtual_machine: Argument<'_, 'py>,
        boot: Argument<'_, 'py>,
        attach_on_boot: Argument<'_, 'py>,
        attach: Argument<'_, 'py>,
        annotations: Argument<'_, 'py>,
        idempotency_key: Argument<'_, 'py>,
        wait: Argument<'_, 'py>,
        timeout: Limit<'py>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let waiting = WaitArguments { wait, timeout, progress }.read(py)?;
        let create = CreateDisk {
            organization: read::lookup("organization", organization)?,
            properties: DiskArguments {
                name: Some(read::required_text("name", name)?),
                size_in_gb: Some(read::required_whole_number("size_in_gb", size_in_gb)?),
                bus_type: read::word("bus_type", bus_type)?,
                data_center: read::named::<DataCenter>("data_center", data_center)?,
                io_profile: read::named::<DiskIoProfile>("io_profile", io_profile)?,
                initial_file_system: read::word("initial_file_system", initial_file_system)?,
                storage_speed: read::word("storage_speed", storage_speed)?,
                virtual_machine: read::named::<VirtualMachine>("virtual_machine", virtual_machine)?,
                boot: read::flag("boot", boot)?,
                attach_on_boot: read::flag("attach_on_boot", attach_on_boot)?,
                attach: read::flag("attach", attach)?,
            },
            annotations: read::annotations(annotations)?,
            idempotency_key: read::text("idempotency_key", idempotency_key)?,
        };
        if create.idempotency_key.is_none() {
            let (answer, json) = self.call_task(py, create, waiting)?;
            return Ok(object::create::<DiskTask>(py, answer, json)?.into_any());
        }
        let once = CreateDiskOnce { create, wait: waiting.is_some() };
        let waiting = waiting.unwrap_or(Waiting { timeout: None, progress: None });
        let (answer, json) = wait::run(py, &self.handle, &once, &waiting)?;
        Ok(object::create::<CreatedDisk>(py, answer, json)?.into_any())
    }

    /// Reads a disk, by its id.
    ///
    /// Raises DiskNotFound (also for a malformed id), ObjectInTrash.
    fn get_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Disk>> {
        let (answer, json) =
            self.call(py, &GetDisk { disk: read::required_named::<Disk>("disk_id", disk_id)? })?;
        Disk::of_answer(py, answer.into_disk(), json)
    }

    /// Changes properties of a disk, at once and without a task; the result shows them changed.
    ///
    /// What is not given stays. `annotations`, where given, replace all of the disk's, an idempotency
    /// key among them: `{**disk.annotations, "team": "storage"}` keeps the others.
    /// `size_in_gb` and `attach` are only for creating: giving them raises InvalidArgument, which
    /// names the call to use instead.
    ///
    /// Raises InvalidArgument, DiskNotFound, ObjectInTrash, PermissionDenied, UnassignedDisk,
    /// ValidationError.
    #[pyo3(signature = (
        disk_id, *, name=None, bus_type=None, data_center=None, io_profile=None,
        initial_file_system=None, storage_speed=None, virtual_machine=None, boot=None,
        attach_on_boot=None, size_in_gb=None, attach=None, annotations=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but one are keywords in Python")]
    fn update_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        name: Argument<'_, 'py>,
        bus_type: Argument<'_, 'py>,
        data_center: Argument<'_, 'py>,
        io_profile: Argument<'_, 'py>,
        initial_file_system: Argument<'_, 'py>,
        storage_speed: Argument<'_, 'py>,
        virtual_machine: Argument<'_, 'py>,
        boot: Argument<'_, 'py>,
        attach_on_boot: Argument<'_, 'py>,
        size_in_gb: Argument<'_, 'py>,
        attach: Argument<'_, 'py>,
        annotations: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Disk>> {
        let update = UpdateDisk {
            disk: read::required_named::<Disk>("disk_id", disk_id)?,
            properties: DiskArguments {
                name: read::text("name", name)?,
                size_in_gb: read::whole_number("size_in_gb", size_in_gb)?,
                bus_type: read::word("bus_type", bus_type)?,
                data_center: read::named::<DataCenter>("data_center", data_center)?,
                io_profile: read::named::<DiskIoProfile>("io_profile", io_profile)?,
                initial_file_system: read::word("initial_file_system", initial_file_system)?,
                storage_speed: read::word("storage_speed", storage_speed)?,
                virtual_machine: read::named::<VirtualMachine>("virtual_machine", virtual_machine)?,
                boot: read::flag("boot", boot)?,
                attach_on_boot: read::flag("attach_on_boot", attach_on_boot)?,
                attach: read::flag("attach", attach)?,
            },
            annotations: read::annotations(annotations)?,
        };
        let (answer, json) = self.call(py, &update)?;
        Disk::of_answer(py, answer.into_disk(), json)
    }

    /// Detaches a disk from its virtual machine; a task does it.
    ///
    /// The disk in the result is still attached. It stays assigned: the next start of the virtual
    /// machine attaches it again unless `attach_on_boot` is False.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk again: the result shows it *after* the task. Sends POST /disks/disk/detach,
    /// GET /tasks/task until the task has ended, GET /disks/disk. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    /// Raises UnassignedDisk, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
    #[pyo3(
        signature = (disk_id, *, wait=None, timeout=Limit::Default, progress=None),
        text_signature = "($self, disk_id, *, wait=False, timeout=600.0, progress=None)"
    )]
    fn detach_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        wait: Argument<'_, 'py>,
        timeout: Limit<'py>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let waiting = WaitArguments { wait, timeout, progress }.read(py)?;
        let operation = DetachDisk { disk: read::required_named::<Disk>("disk_id", disk_id)? };
        let (answer, json) = self.call_task(py, operation, waiting)?;
        object::create(py, answer, json)
    }

    /// Puts a disk into the trash, where it stays for 48 hours. Unassign it first.
    ///
    /// Raises ObjectInTrash (it is there already), DiskNotFound, PermissionDenied, ValidationError.
    fn delete_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, DeletedDisk>> {
        let (answer, json) =
            self.call(py, &DeleteDisk { disk: read::required_named::<Disk>("disk_id", disk_id)? })?;
        object::create(py, answer, json)
    }

    /// Binds a disk to a virtual machine (id or fqdn), at once and without a task. It is not
    /// attached by that; the next start of the machine attaches it.
    ///
    /// Raises UnableToAssign, VirtualMachineNotFound, DiskNotFound, ObjectInTrash, PermissionDenied.
    fn assign_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        virtual_machine: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Disk>> {
        let assign = AssignDisk {
            disk: read::required_named::<Disk>("disk_id", disk_id)?,
            virtual_machine: read::required_named::<VirtualMachine>(
                "virtual_machine",
                virtual_machine,
            )?,
        };
        let (answer, json) = self.call(py, &assign)?;
        Disk::of_answer(py, answer.into_disk(), json)
    }

    /// Takes a disk from its virtual machine, at once and without a task. Of a disk without one
    /// this changes nothing. Detach it first.
    ///
    /// Raises UnableToUnassign, DiskNotFound, ObjectInTrash, PermissionDenied.
    fn unassign_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Disk>> {
        let (answer, json) = self
            .call(py, &UnassignDisk { disk: read::required_named::<Disk>("disk_id", disk_id)? })?;
        Disk::of_answer(py, answer.into_disk(), json)
    }

    /// Attaches a disk to the virtual machine that it is assigned to; a task does it. The disk in the result is still detached.
    ///
    /// A virtual machine that is stopped attaches its disks with `attach_on_boot` when it starts.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk again: the result shows it *after* the task. Sends POST /disks/disk/attach,
    /// GET /tasks/task until the task has ended, GET /disks/disk. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    /// Raises UnassignedDisk, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
    #[pyo3(
        signature = (disk_id, *, wait=None, timeout=Limit::Default, progress=None),
        text_signature = "($self, disk_id, *, wait=False, timeout=600.0, progress=None)"
    )]
    fn attach_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        wait: Argument<'_, 'py>,
        timeout: Limit<'py>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let waiting = WaitArguments { wait, timeout, progress }.read(py)?;
        let operation = AttachDisk { disk: read::required_named::<Disk>("disk_id", disk_id)? };
        let (answer, json) = self.call_task(py, operation, waiting)?;
        object::create(py, answer, json)
    }

    /// Grows or shrinks a disk to `size_in_gb` GB; a task does it. The
    /// disk in the result has the old size.
    ///
    /// `method` is "offline" (the disk is not attached) or "online" (it is, and can only grow); the
    /// service decides when it is not given. Read the disk after the wait: a task that completed is
    /// no proof that a blank disk has shrunk.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk again: the result shows it *after* the task. Sends PUT /disks/disk/resize,
    /// GET /tasks/task until the task has ended, GET /disks/disk. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    /// Raises InvalidArgument, ValidationError, DiskNotFound, ObjectInTrash, PermissionDenied,
    /// TaskQueueingError.
    #[pyo3(
        signature = (
            disk_id, size_in_gb, *, method=None, wait=None, timeout=Limit::Default, progress=None
        ),
        text_signature = "($self, disk_id, size_in_gb, *, method=None, wait=False, timeout=600.0, \
            progress=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "all but two are keywords in Python")]
    fn resize_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        size_in_gb: &Bound<'py, PyAny>,
        method: Argument<'_, 'py>,
        wait: Argument<'_, 'py>,
        timeout: Limit<'py>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let waiting = WaitArguments { wait, timeout, progress }.read(py)?;
        let resize = ResizeDisk {
            disk: read::required_named::<Disk>("disk_id", disk_id)?,
            size_in_gb: read::required_whole_number("size_in_gb", size_in_gb)?,
            method: read::word("method", method)?,
        };
        let (answer, json) = self.call_task(py, resize, waiting)?;
        object::create(py, answer, json)
    }

    /// Gives a disk other limits of speed (an I/O profile's id or permalink); a task does it. The disk in the result has the old ones.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk again: the result shows it *after* the task. Sends PUT /disks/disk/io_profile,
    /// GET /tasks/task until the task has ended, GET /disks/disk. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    /// Raises DiskIoProfileNotFound, DiskNotFound, ObjectInTrash, PermissionDenied,
    /// TaskQueueingError.
    #[pyo3(
        signature = (disk_id, io_profile, *, wait=None, timeout=Limit::Default, progress=None),
        text_signature = "($self, disk_id, io_profile, *, wait=False, timeout=600.0, progress=None)"
    )]
    fn set_disk_io_profile<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        io_profile: &Bound<'py, PyAny>,
        wait: Argument<'_, 'py>,
        timeout: Limit<'py>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let waiting = WaitArguments { wait, timeout, progress }.read(py)?;
        let set = SetDiskIoProfile {
            disk: read::required_named::<Disk>("disk_id", disk_id)?,
            io_profile: read::required_named::<DiskIoProfile>("io_profile", io_profile)?,
        };
        let (answer, json) = self.call_task(py, set, waiting)?;
        object::create(py, answer, json)
    }
}
