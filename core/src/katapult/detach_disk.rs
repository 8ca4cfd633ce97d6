//! Detach a disk: `POST /disks/disk/detach`.

use ureq::http::Method;

use crate::lookup::LookupOf;
use crate::{Client, Config, DiskTask, Lookup, Operation, Request, Result};

/// Detaches a disk from its virtual machine; a task does it. The disk stays assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetachDisk {
    /// The disk, by id.
    pub disk: Lookup,
}

impl Operation for DetachDisk {
    type Output = DiskTask;

    const ANSWER_KEYS: &'static [&'static str] = &["disk", "task"];

    fn request(&self, _: &Config) -> Result<Request> {
        Request::new(Method::POST, "/disks/disk/detach")
            .json(&LookupOf::new("disk", self.disk.pair("disk_id", None)?))
    }
}

impl Client {
    /// Detaches a disk. The answer's disk is still `attached` (recorded); wait for the task.
    ///
    /// The next start of the virtual machine attaches it again unless `attach_on_boot` is false.
    ///
    /// # Errors
    /// `UnassignedDisk`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`, `TaskQueueingError`.
    pub fn detach_disk(&self, disk: impl Into<Lookup>) -> Result<DiskTask> {
        self.call(&DetachDisk { disk: disk.into() })
    }
}
