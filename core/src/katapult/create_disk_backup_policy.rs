//! Create a backup policy: `POST /disks/disk/disk_backup_policies`, or
//! `POST /virtual_machines/virtual_machine/disk_backup_policies`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{
    Client, DiskBackupPolicy, DiskBackupPolicyArguments, DiskBackupPolicyResponse, DiskRef, Error,
    Operation, Result, VirtualMachineRef,
};

/// Creates a backup policy for one disk or for a whole virtual machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreateDiskBackupPolicy {
    /// The disk to back up, by id; or else `virtual_machine`.
    pub disk: Option<DiskRef>,
    /// The virtual machine of which to back up all disks: id or fqdn.
    pub virtual_machine: Option<VirtualMachineRef>,
    /// How often, and what to keep.
    #[serde(default)]
    pub properties: DiskBackupPolicyArguments,
}

impl CreateDiskBackupPolicy {
    /// A policy for one disk.
    pub fn for_disk(disk: impl Into<DiskRef>) -> CreateDiskBackupPolicy {
        CreateDiskBackupPolicy { disk: Some(disk.into()), ..CreateDiskBackupPolicy::default() }
    }

    /// A policy for all disks of a virtual machine.
    pub fn for_virtual_machine(
        virtual_machine: impl Into<VirtualMachineRef>,
    ) -> CreateDiskBackupPolicy {
        let virtual_machine = Some(virtual_machine.into());
        CreateDiskBackupPolicy { virtual_machine, ..CreateDiskBackupPolicy::default() }
    }
}

impl Operation for CreateDiskBackupPolicy {
    type Output = DiskBackupPolicyResponse;
    const NAME: &'static str = "create_disk_backup_policy";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/disks/disk/disk_backup_policies";

    fn path(&self) -> &'static str {
        match self.disk {
            Some(_) => Self::PATH,
            None => "/virtual_machines/virtual_machine/disk_backup_policies",
        }
    }

    fn check(&self) -> Result<()> {
        match (&self.disk, &self.virtual_machine) {
            (None, None) => Err(Error::invalid_argument(
                "disk or virtual_machine is missing: say what the policy is for",
            )),
            (Some(_), Some(_)) => Err(Error::invalid_argument(
                "disk and virtual_machine are both given: a policy is for one of them",
            )),
            (Some(disk), None) => disk.pair_as("disk").map(|_| ()),
            (None, Some(_)) => Ok(()),
        }
    }
}

impl Client {
    /// Creates a backup policy.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// use katapult_disk::{CreateDiskBackupPolicy, ScheduleInterval};
    ///
    /// let mut policy = CreateDiskBackupPolicy::for_disk("disk_Ot5Ne8Dk2Sw7Vh1R");
    /// policy.properties.retention = Some(7);
    /// policy.properties.schedule.get_or_insert_default().interval = Some(ScheduleInterval::Daily);
    /// let policy = client.create_disk_backup_policy(&policy)?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `ValidationError`, `DiskNotFound`, `VirtualMachineNotFound`, `ObjectInTrash`,
    /// `PermissionDenied`.
    pub fn create_disk_backup_policy(
        &self,
        policy: &CreateDiskBackupPolicy,
    ) -> Result<DiskBackupPolicy> {
        self.call(policy).map(|answer| answer.disk_backup_policy)
    }
}
