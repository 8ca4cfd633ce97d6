//! Attach a disk: `POST /disks/disk/attach`.

use ureq::http::Method;

use crate::lookup::LookupOf;
use crate::{Client, Config, DiskTask, Lookup, Operation, Request, Result};

/// Attaches a disk to the virtual machine that it is assigned to; a task does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachDisk {
    /// The disk, by id.
    pub disk: Lookup,
}

impl Operation for AttachDisk {
    type Output = DiskTask;

    const ANSWER_KEYS: &'static [&'static str] = &["disk", "task"];

    fn request(&self, _: &Config) -> Result<Request> {
        Request::new(Method::POST, "/disks/disk/attach")
            .json(&LookupOf::new("disk", self.disk.pair("disk_id", None)?))
    }
}

impl Client {
    /// Attaches a disk. The answer's disk is still `detached` (recorded); wait for the task.
    ///
    /// A virtual machine that is stopped attaches its disks with `attach_on_boot` when it starts.
    ///
    /// # Errors
    /// `UnassignedDisk`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`, `TaskQueueingError`.
    pub fn attach_disk(&self, disk: impl Into<Lookup>) -> Result<DiskTask> {
        self.call(&AttachDisk { disk: disk.into() })
    }
}
