//! The operations on one disk.

use katapult_disk::{
    AssignDisk, AttachDisk, CreateDiskOnce, DeleteDisk, DetachDisk, DiskAndAnnotations, GetDisk,
    Operation, ResizeDisk, SetDiskIoProfile, TaskOperation, UnassignDisk, UpdateDisk,
};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument, CallTimeout, NewDisk};
use crate::object;
use crate::objects::{
    CreatedDisk, DataCenter, DeletedDisk, Disk, DiskIoProfile, DiskTask, VirtualMachine,
};
use crate::wait::{self, Wait, WaitArguments, Waiting};

#[pymethods]
impl Client {
    /// Creates a disk; a task builds it. The result has the disk before the task, and the task.
    ///
    /// `size_in_gb` is in GB, not bytes: 1 to 1,000,000, and the service's own smallest disk has 10 GB.
    /// `organization` (id or sub_domain) and `data_center` (id or permalink)
    /// are the client's by default. `io_profile` is an id or permalink, `bus_type` "scsi" or "virtio",
    /// `storage_speed` "nvme" or "ssd", `initial_file_system` "ext4" or "xfs". `virtual_machine` (id or
    /// fqdn) is what to assign the disk to, `attach` whether to attach it there once it is built.
    ///
    /// After an error whose `outcome` is "unknown" the disk may exist, and the same call again may
    /// make a second one. With an `idempotency_key`, a text of yours that no other disk has, it does
    /// not, also after your process was killed and started again: the key becomes an annotation of
    /// the disk, and the call first looks for a disk that has it. The `task` of the result is None
    /// when the disk was there already. Sends GET /organizations/organization/disks, for each disk
    /// found GET /disks/disk, and only if there is none the POST, once; when the outcome of that is not
    /// known it looks for the disk until the time is over: `timeout` with `wait=True`, else the
    /// client's, anew. Then the `outcome` is "unknown", and the same call finds the disk later. The same
    /// key with other properties (not annotations) is Refused. Two processes that send the first request with one key at
    /// the same time are not kept apart; and an `update_disk` whose `annotations` leave out
    /// `katapult_disk_idempotency_key` takes the key away.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk until it shows the effect: the result is *after* the task. Sends POST /organizations/organization/disks,
    /// GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    #[doc = include_str!("../texts/timeout_of_wait.txt")]
    /// Raises InvalidArgument, ValidationError, OrganizationNotFound, OrganizationSuspended,
    /// OrganizationNotActivated, PermissionDenied, TaskQueueingError.
    #[pyo3(signature = (
        name, size_in_gb, *, organization=None, data_center=None, io_profile=None,
        bus_type=None, initial_file_system=None, storage_speed=None, virtual_machine=None,
        boot=None, attach_on_boot=None, attach=None, annotations=None, idempotency_key=None,
        wait=false, timeout=600.0, progress=None
    ))]
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
        #[pyo3(from_py_with = read::wait)] wait: bool,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, CreatedDisk>> {
        let waiting = WaitArguments { wait, timeout, progress }.read(py)?;
        let disk = NewDisk {
            name: Some(name.clone()),
            size_in_gb: Some(size_in_gb.clone()),
            organization: organization.cloned(),
            data_center: data_center.cloned(),
            io_profile: io_profile.cloned(),
            bus_type: bus_type.cloned(),
            initial_file_system: initial_file_system.cloned(),
            storage_speed: storage_speed.cloned(),
            virtual_machine: virtual_machine.cloned(),
            boot: boot.cloned(),
            attach_on_boot: attach_on_boot.cloned(),
            attach: attach.cloned(),
            annotations: annotations.cloned(),
        };
        let mut create = disk.read()?;
        create.idempotency_key = read::text("idempotency_key", idempotency_key)?;
        let (answer, json) = match waiting {
            Wait::For(waiting) => {
                wait::run(py, &self.handle, &CreateDiskOnce::new(create, true), &waiting)
            }
            Wait::Not(timeout) => {
                let once = CreateDiskOnce::new(create, false);
                wait::run(py, &self.handle.within(timeout), &once, &Waiting::default())
            }
        }?;
        object::create(py, answer, json)
    }

    /// Reads a disk, by its id.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises DiskNotFound (also for a malformed id), ObjectInTrash.
    #[pyo3(signature = (disk_id, *, timeout=CallTimeout::Client))]
    fn get_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, Disk>> {
        self.disk(py, &GetDisk::new(read::disk("disk_id", disk_id)?), timeout)
    }

    /// Changes properties of a disk, at once and without a task; the result shows them changed.
    ///
    /// What is not given stays. `annotations`, where given, replace all of the disk's, an idempotency
    /// key among them; `annotations={**client.get_disk(disk_id).annotations, "team": "storage"}` keeps
    /// the others. (Those of a disk that another call returned may be None: not known.)
    /// `size_in_gb` and `attach` are only for creating: giving them raises InvalidArgument, which
    /// names the call to use instead.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises InvalidArgument, DiskNotFound, ObjectInTrash, PermissionDenied, UnassignedDisk,
    /// ValidationError.
    #[pyo3(signature = (
        disk_id, *, name=None, bus_type=None, data_center=None, io_profile=None,
        initial_file_system=None, storage_speed=None, virtual_machine=None, boot=None,
        attach_on_boot=None, size_in_gb=None, attach=None, annotations=None,
        timeout=CallTimeout::Client
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
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, Disk>> {
        let mut update = UpdateDisk::new(read::disk("disk_id", disk_id)?);
        update.annotations = read::annotations(annotations)?;
        let properties = &mut update.properties;
        properties.name = read::text("name", name)?;
        properties.size_in_gb =
            read::whole_number("size_in_gb", katapult_disk::Bounds::ANY, size_in_gb)?;
        properties.bus_type = read::word("bus_type", bus_type)?;
        properties.data_center = read::named::<DataCenter>("data_center", data_center)?;
        properties.io_profile = read::named::<DiskIoProfile>("io_profile", io_profile)?;
        properties.initial_file_system = read::word("initial_file_system", initial_file_system)?;
        properties.storage_speed = read::word("storage_speed", storage_speed)?;
        properties.virtual_machine_disk =
            read::relation(virtual_machine, boot, attach_on_boot, attach)?;
        self.disk(py, &update, timeout)
    }

    /// Detaches a disk from its virtual machine; a task does it.
    ///
    /// The disk in the result is still attached. It stays assigned: the next start of the virtual
    /// machine attaches it again unless `attach_on_boot` is False.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk until it shows the effect: the result is *after* the task. Sends POST /disks/disk/detach,
    /// GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    #[doc = include_str!("../texts/timeout_of_wait.txt")]
    /// Raises UnassignedDisk, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
    #[pyo3(signature = (disk_id, *, wait=false, timeout=600.0, progress=None))]
    fn detach_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::wait)] wait: bool,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let operation = DetachDisk::new(read::disk("disk_id", disk_id)?);
        self.disk_task(py, operation, WaitArguments { wait, timeout, progress })
    }

    /// Puts a disk into the trash, where it stays for 48 hours. Unassign it first.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises ObjectInTrash (it is there already), DiskNotFound, PermissionDenied, ValidationError.
    #[pyo3(signature = (disk_id, *, timeout=CallTimeout::Client))]
    fn delete_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DeletedDisk>> {
        let (answer, json) =
            self.call(py, &DeleteDisk::new(read::disk("disk_id", disk_id)?), timeout)?;
        object::create(py, answer, json)
    }

    /// Binds a disk to a virtual machine (id or fqdn), at once and without a task. It is not
    /// attached by that; the next start of the machine attaches it.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises UnableToAssign, VirtualMachineNotFound, DiskNotFound, ObjectInTrash, PermissionDenied.
    #[pyo3(signature = (disk_id, virtual_machine, *, timeout=CallTimeout::Client))]
    fn assign_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        virtual_machine: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, Disk>> {
        let assign = AssignDisk::new(
            read::disk("disk_id", disk_id)?,
            read::required_named::<VirtualMachine>("virtual_machine", virtual_machine)?,
        );
        self.disk(py, &assign, timeout)
    }

    /// Takes a disk from its virtual machine, at once and without a task. Of a disk without one
    /// this changes nothing. Detach it first.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises UnableToUnassign, DiskNotFound, ObjectInTrash, PermissionDenied.
    #[pyo3(signature = (disk_id, *, timeout=CallTimeout::Client))]
    fn unassign_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, Disk>> {
        self.disk(py, &UnassignDisk::new(read::disk("disk_id", disk_id)?), timeout)
    }

    /// Attaches a disk to the virtual machine that it is assigned to; a task does it. The disk in the result is still detached.
    ///
    /// A virtual machine that is stopped attaches its disks with `attach_on_boot` when it starts.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk until it shows the effect: the result is *after* the task. Sends POST /disks/disk/attach,
    /// GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    #[doc = include_str!("../texts/timeout_of_wait.txt")]
    /// Raises UnassignedDisk, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
    #[pyo3(signature = (disk_id, *, wait=false, timeout=600.0, progress=None))]
    fn attach_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::wait)] wait: bool,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let operation = AttachDisk::new(read::disk("disk_id", disk_id)?);
        self.disk_task(py, operation, WaitArguments { wait, timeout, progress })
    }

    /// Grows or shrinks a disk to `size_in_gb` GB; a task does it. The
    /// disk in the result has the old size.
    ///
    /// The size is as in `create_disk`. `method` is "offline" (the disk is not attached) or "online" (it is, and can only grow); the
    /// service decides when it is not given. A task that completed is no proof that a blank disk has
    /// shrunk: `wait=True` reads the disk until it has the size; after `wait_task` read it yourself.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk until it shows the effect: the result is *after* the task. Sends PUT /disks/disk/resize,
    /// GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    #[doc = include_str!("../texts/timeout_of_wait.txt")]
    /// Raises InvalidArgument, ValidationError, DiskNotFound, ObjectInTrash, PermissionDenied,
    /// TaskQueueingError.
    #[pyo3(signature = (
        disk_id, size_in_gb, *, method=None, wait=false, timeout=600.0, progress=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but two are keywords in Python")]
    fn resize_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        size_in_gb: &Bound<'py, PyAny>,
        method: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::wait)] wait: bool,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let mut resize = ResizeDisk::new(
            read::disk("disk_id", disk_id)?,
            read::disk_size("size_in_gb", size_in_gb)?,
        );
        resize.method = read::word("method", method)?;
        self.disk_task(py, resize, WaitArguments { wait, timeout, progress })
    }

    /// Gives a disk other limits of speed (an I/O profile's id or permalink); a task does it. The disk in the result has the old ones.
    ///
    /// `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
    /// reads the disk until it shows the effect: the result is *after* the task. Sends PUT /disks/disk/io_profile,
    /// GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
    /// `outcome` "unknown", and in `detail` the disk and the task as they were seen last.
    ///
    #[doc = include_str!("../texts/timeout_of_wait.txt")]
    /// Raises DiskIoProfileNotFound, DiskNotFound, ObjectInTrash, PermissionDenied,
    /// TaskQueueingError.
    #[pyo3(signature = (disk_id, io_profile, *, wait=false, timeout=600.0, progress=None))]
    fn set_disk_io_profile<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        io_profile: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::wait)] wait: bool,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let set = SetDiskIoProfile::new(
            read::disk("disk_id", disk_id)?,
            read::required_named::<DiskIoProfile>("io_profile", io_profile)?,
        );
        self.disk_task(py, set, WaitArguments { wait, timeout, progress })
    }
}

impl Client {
    /// Performs an operation that answers with a disk and its annotations.
    fn disk<'py, O>(
        &self,
        py: Python<'py>,
        operation: &O,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, Disk>>
    where
        O: Operation<Output = DiskAndAnnotations> + Sync,
    {
        let (answer, json) = self.call(py, operation, timeout)?;
        Disk::of_answer(py, answer.into_disk(), json)
    }

    /// Starts a task for a disk, and waits for it if that is wanted.
    fn disk_task<'py, O>(
        &self,
        py: Python<'py>,
        operation: O,
        waiting: WaitArguments<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>>
    where
        O: TaskOperation<Output = katapult_disk::DiskTask> + Sync,
    {
        let (answer, json) = self.call_task(py, operation, waiting)?;
        object::create(py, answer, json)
    }
}
