//! The operations on backup policies.

use katapult_disk::{
    Bounds, CreateDiskBackupPolicy, DeleteDiskBackupPolicy, DiskBackupPolicyArguments,
    DiskBackupPolicyRef, DiskBackupPolicyResponse, GetDiskBackupPolicy, ListDiskBackupPolicies,
    Operation, ScheduleDiskBackupPolicyDeletion, UpdateDiskBackupPolicy,
};
use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument, CallTimeout};
use crate::list::ListOf;
use crate::object;
use crate::objects::{DiskBackupPolicy, VirtualMachine};

#[pymethods]
impl Client {
    /// Iterates over backup policies, as DiskBackupPolicy objects: all of an organization (id or
    /// sub_domain), the client's by default, or those of a `virtual_machine` (id or fqdn), or those
    /// of a `disk` (id).
    ///
    /// `include_disks` adds to a virtual machine's policies those of its single disks. Pages of
    /// `page_size`, or of the service's choice, are fetched as they are needed.
    ///
    #[doc = include_str!("../texts/timeout_of_pages.txt")]
    /// Raises InvalidArgument at once; while it iterates OrganizationNotFound,
    /// OrganizationSuspended, OrganizationNotActivated, VirtualMachineNotFound, DiskNotFound,
    /// ObjectInTrash, PermissionDenied.
    #[pyo3(signature = (
        organization=None, *, virtual_machine=None, disk=None, include_disks=false,
        page_size=None, timeout=CallTimeout::Client
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but one are keywords in Python")]
    fn list_disk_backup_policies<'py>(
        &self,
        py: Python<'py>,
        organization: Argument<'_, 'py>,
        virtual_machine: Argument<'_, 'py>,
        disk: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::include_disks)] include_disks: bool,
        #[pyo3(from_py_with = read::page_size)] page_size: Option<u64>,
        timeout: CallTimeout,
    ) -> PyResult<ListOf<DiskBackupPolicy>> {
        let mut list = ListDiskBackupPolicies::default();
        list.organization = read::organization(organization)?;
        list.virtual_machine = read::named::<VirtualMachine>("virtual_machine", virtual_machine)?;
        list.disk = read::optional_disk("disk", disk)?;
        list.include_disks = include_disks;
        list.per_page = page_size;
        ListOf::new(py, &self.handle, list, timeout)
    }

    /// Reads a backup policy, by its id.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises DiskBackupPolicyNotFound, ObjectInTrash.
    #[pyo3(signature = (disk_backup_policy_id, *, timeout=CallTimeout::Client))]
    fn get_disk_backup_policy<'py>(
        &self,
        py: Python<'py>,
        disk_backup_policy_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DiskBackupPolicy>> {
        let disk_backup_policy = policy(disk_backup_policy_id)?;
        self.disk_backup_policy(py, &GetDiskBackupPolicy::new(disk_backup_policy), timeout)
    }

    /// Creates a backup policy, either for one `disk` (id) or for all disks of a `virtual_machine`
    /// (id or fqdn).
    ///
    /// `retention` is how many backups to keep. `schedule` is a mapping with the API's own keys:
    /// `interval` ("hourly", "daily", "weekly", "monthly"), `frequency` (how many of these lie
    /// between two backups), `minute` (of the hour) and `time` (the hour of the day).
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises InvalidArgument, ValidationError, DiskNotFound, VirtualMachineNotFound, ObjectInTrash,
    /// PermissionDenied.
    #[pyo3(signature = (
        *, disk=None, virtual_machine=None, retention=None, schedule=None,
        timeout=CallTimeout::Client
    ))]
    fn create_disk_backup_policy<'py>(
        &self,
        py: Python<'py>,
        disk: Argument<'_, 'py>,
        virtual_machine: Argument<'_, 'py>,
        retention: Argument<'_, 'py>,
        schedule: Argument<'_, 'py>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DiskBackupPolicy>> {
        let mut create = CreateDiskBackupPolicy::default();
        create.disk = read::optional_disk("disk", disk)?;
        create.virtual_machine = read::named::<VirtualMachine>("virtual_machine", virtual_machine)?;
        create.properties = properties(retention, schedule)?;
        self.disk_backup_policy(py, &create, timeout)
    }

    /// Changes `retention` or `schedule` of a backup policy, as in `create_disk_backup_policy`. What
    /// is not given stays. The result has neither `total_size` nor `auto_move_to_trash_at`.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises InvalidArgument, ValidationError, DiskBackupPolicyNotFound, ObjectInTrash,
    /// PermissionDenied.
    #[pyo3(signature = (
        disk_backup_policy_id, *, retention=None, schedule=None, timeout=CallTimeout::Client
    ))]
    fn update_disk_backup_policy<'py>(
        &self,
        py: Python<'py>,
        disk_backup_policy_id: &Bound<'py, PyAny>,
        retention: Argument<'_, 'py>,
        schedule: Argument<'_, 'py>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DiskBackupPolicy>> {
        let mut update = UpdateDiskBackupPolicy::new(policy(disk_backup_policy_id)?);
        update.properties = properties(retention, schedule)?;
        self.disk_backup_policy(py, &update, timeout)
    }

    /// Puts a backup policy into the trash, at once and without a task. The result has its id and
    /// nothing else; `get_trash_object({"object_id": ...})` finds it in the trash.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises DiskBackupPolicyNotFound, ObjectInTrash (it is there already), PermissionDenied.
    #[pyo3(signature = (disk_backup_policy_id, *, timeout=CallTimeout::Client))]
    fn delete_disk_backup_policy<'py>(
        &self,
        py: Python<'py>,
        disk_backup_policy_id: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DiskBackupPolicy>> {
        let disk_backup_policy = policy(disk_backup_policy_id)?;
        self.disk_backup_policy(py, &DeleteDiskBackupPolicy::new(disk_backup_policy), timeout)
    }

    /// Has a backup policy put into the trash at a time to come, which the result shows as
    /// `auto_move_to_trash_at`; besides it has only its id and `target`.
    ///
    /// `timestamp` is an aware datetime, or an int of Unix seconds: at least 5 minutes ahead.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises InvalidArgument, InvalidTimestamp, DiskBackupPolicyNotFound, ObjectInTrash,
    /// PermissionDenied.
    #[pyo3(signature = (disk_backup_policy_id, timestamp, *, timeout=CallTimeout::Client))]
    fn schedule_disk_backup_policy_deletion<'py>(
        &self,
        py: Python<'py>,
        disk_backup_policy_id: &Bound<'py, PyAny>,
        timestamp: &Bound<'py, PyAny>,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DiskBackupPolicy>> {
        let deletion = ScheduleDiskBackupPolicyDeletion::new(
            policy(disk_backup_policy_id)?,
            read::timestamp("timestamp", timestamp)?,
        );
        self.disk_backup_policy(py, &deletion, timeout)
    }
}

impl Client {
    /// Performs an operation that answers with a policy.
    fn disk_backup_policy<'py, O>(
        &self,
        py: Python<'py>,
        operation: &O,
        timeout: CallTimeout,
    ) -> PyResult<Bound<'py, DiskBackupPolicy>>
    where
        O: Operation<Output = DiskBackupPolicyResponse> + Sync,
    {
        let (answer, json) = self.call(py, operation, timeout)?;
        object::part(py, answer.disk_backup_policy, &json, "disk_backup_policy")
    }
}

fn policy(value: &Bound<'_, PyAny>) -> PyResult<DiskBackupPolicyRef> {
    read::required_named::<DiskBackupPolicy>("disk_backup_policy_id", value)
}

fn properties(
    retention: Argument<'_, '_>,
    schedule: Argument<'_, '_>,
) -> PyResult<DiskBackupPolicyArguments> {
    let mut properties = DiskBackupPolicyArguments::default();
    properties.retention = read::whole_number("retention", Bounds::ANY, retention)?;
    properties.schedule = read::schedule(schedule)?;
    Ok(properties)
}
