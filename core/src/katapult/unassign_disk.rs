//! Unassign a disk: `POST /disks/disk/unassign`.

use ureq::http::Method;

use super::get_disk::DiskAndAnnotations;
use crate::lookup::LookupOf;
use crate::{Client, Config, Disk, Lookup, Operation, Request, Result};

/// Takes a disk from its virtual machine, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnassignDisk {
    /// The disk, by id.
    pub disk: Lookup,
}

impl Operation for UnassignDisk {
    type Output = DiskAndAnnotations;

    const ANSWER_KEYS: &'static [&'static str] = &["disk"];

    fn request(&self, _: &Config) -> Result<Request> {
        Request::new(Method::POST, "/disks/disk/unassign")
            .json(&LookupOf::new("disk", self.disk.pair("disk_id", None)?))
    }
}

impl Client {
    /// Takes a disk from its virtual machine; of a disk without one this changes nothing
    /// (recorded). Detach it first: what this does to an attached disk is not documented.
    ///
    /// # Errors
    /// `UnableToUnassign`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`.
    pub fn unassign_disk(&self, disk: impl Into<Lookup>) -> Result<Disk> {
        self.call(&UnassignDisk { disk: disk.into() }).map(DiskAndAnnotations::into_disk)
    }
}
