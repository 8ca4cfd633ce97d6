//! The operations that take nothing but a disk and start a task: attach it (`POST /disks/disk/attach`),
//! detach it (`POST /disks/disk/detach`).

use derive_new::new;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ureq::http::Method;

use crate::{Client, DiskRef, DiskTask, Operation, Result};

/// Attaches a disk to the virtual machine that it is assigned to; a task does it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct AttachDisk {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
}

impl Operation for AttachDisk {
    type Output = DiskTask;
    const NAME: &'static str = "attach_disk";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/disks/disk/attach";

    fn shows(&self, disk: &Value) -> bool {
        disk["virtual_machine_disk"]["state"] == "attached"
    }
}

/// Detaches a disk from its virtual machine; a task does it. The disk stays assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct DetachDisk {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
}

impl Operation for DetachDisk {
    type Output = DiskTask;
    const NAME: &'static str = "detach_disk";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/disks/disk/detach";

    fn shows(&self, disk: &Value) -> bool {
        let relation = &disk["virtual_machine_disk"];
        relation.is_null() || relation["state"] == "detached"
    }
}

impl Client {
    /// Attaches a disk. The response's disk is still `detached` (recorded); wait for the task.
    ///
    /// A virtual machine that is stopped attaches its disks with `attach_on_boot` when it starts.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let started = client.attach_disk("disk_Ot5Ne8Dk2Sw7Vh1R")?;
    /// client.wait_task(&started, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `UnassignedDisk`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`, `TaskQueueingError`.
    pub fn attach_disk(&self, disk: impl Into<DiskRef>) -> Result<DiskTask> {
        self.call(&AttachDisk::new(disk))
    }

    /// Detaches a disk. The response's disk is still `attached` (recorded); wait for the task.
    ///
    /// The next start of the virtual machine attaches it again unless `attach_on_boot` is false.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let started = client.detach_disk("disk_Ot5Ne8Dk2Sw7Vh1R")?;
    /// client.wait_task(&started, Default::default())?; // only now the disk is free
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `UnassignedDisk`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`, `TaskQueueingError`.
    pub fn detach_disk(&self, disk: impl Into<DiskRef>) -> Result<DiskTask> {
        self.call(&DetachDisk::new(disk))
    }
}
