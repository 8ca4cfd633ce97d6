//! Backup policies.

use katapult_disk::DiskBackupPolicyTargetObject;
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyTuple};

use super::{DiskSummary, VirtualMachineSummary};
use crate::object::{self, Always, Object, Resource};

/// How often a disk or virtual machine is backed up, and how many backups are kept.
///
/// What the API leaves out of a response is None, which says nothing about the policy; `to_dict` tells
/// what it sent. `get_disk_backup_policy` and `create_disk_backup_policy` give all of it.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskBackupPolicy(katapult_disk::DiskBackupPolicy);

impl Resource for DiskBackupPolicy {
    type Value = katapult_disk::DiskBackupPolicy;

    const FIELDS: &'static [&'static str] =
        &["id", "retention", "total_size", "target", "schedule", "auto_move_to_trash_at"];

    fn new(value: Self::Value) -> Self {
        DiskBackupPolicy(value)
    }
}

#[pymethods]
impl DiskBackupPolicy {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    #[getter]
    fn id(&self) -> &str {
        &self.0.id
    }

    /// How many backups are kept.
    #[getter]
    fn retention(&self) -> Option<u64> {
        self.0.retention
    }

    /// The size of all its backups; the API names no unit.
    #[getter]
    fn total_size(&self) -> Option<f64> {
        self.0.total_size
    }

    /// What is backed up.
    #[getter]
    fn target<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, DiskBackupPolicyTarget>>> {
        object::member(slf, "target", slf.get().0.target.as_ref())
    }

    /// When it is backed up.
    #[getter]
    fn schedule<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, Schedule>>> {
        object::member(slf, "schedule", slf.get().0.schedule.as_ref())
    }

    /// When the policy will be put into the trash, if that is scheduled. Not in lists, nor in the
    /// answer to an update.
    #[getter]
    fn auto_move_to_trash_at<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.auto_move_to_trash_at)
    }
}

/// A DiskSummary or a VirtualMachineSummary.
type DiskOrVirtualMachine<'py> = Bound<'py, PyAny>;

/// What a policy backs up.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct DiskBackupPolicyTarget(katapult_disk::DiskBackupPolicyTarget);

impl Resource for DiskBackupPolicyTarget {
    type Value = katapult_disk::DiskBackupPolicyTarget;

    const FIELDS: &'static [&'static str] = &["target"];

    fn new(value: Self::Value) -> Self {
        DiskBackupPolicyTarget(value)
    }
}

#[pymethods]
impl DiskBackupPolicyTarget {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The disk or the virtual machine; None for what this version cannot tell, which `to_dict` has.
    #[getter]
    fn target<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<DiskOrVirtualMachine<'py>>> {
        match &slf.get().0.target {
            Some(DiskBackupPolicyTargetObject::Disk(disk)) => {
                let disk = object::member::<_, DiskSummary>(slf, "target", Some(disk))?;
                Ok(disk.map(Bound::into_any))
            }
            Some(DiskBackupPolicyTargetObject::VirtualMachine(machine)) => {
                let machine =
                    object::member::<_, VirtualMachineSummary>(slf, "target", Some(machine))?;
                Ok(machine.map(Bound::into_any))
            }
            _ => Ok(None),
        }
    }
}

/// When backups are made.
#[pyclass(extends = Object, frozen, module = "katapult_disk")]
pub(crate) struct Schedule(katapult_disk::Schedule);

impl Resource for Schedule {
    type Value = katapult_disk::Schedule;

    const FIELDS: &'static [&'static str] =
        &["interval", "frequency", "minute", "time", "next_invocation_at"];

    fn new(value: Self::Value) -> Self {
        Schedule(value)
    }
}

#[pymethods]
impl Schedule {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The unit of time between two backups: `hourly`, `daily`, `weekly`, `monthly`, or
    /// a word that is newer than this version.
    #[getter]
    fn interval(&self) -> Always<&str> {
        self.0.interval.as_ref().map(|interval| interval.as_str())
    }

    /// How many intervals lie between two backups. Not in lists.
    #[getter]
    fn frequency(&self) -> Option<u64> {
        self.0.frequency
    }

    /// The minute of the hour. Not in lists.
    #[getter]
    fn minute(&self) -> Option<u64> {
        self.0.minute
    }

    /// The hour of the day. Not in lists.
    #[getter]
    fn time(&self) -> Option<u64> {
        self.0.time
    }

    /// When the next backup is made.
    #[getter]
    fn next_invocation_at<'py>(&self, py: Python<'py>) -> PyResult<Always<Bound<'py, PyDateTime>>> {
        object::time(py, self.0.next_invocation_at)
    }
}
