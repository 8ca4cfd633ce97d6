//! Delete a disk: `DELETE /disks/disk`.

use serde::Deserialize;
use ureq::http::Method;

use crate::lookup::LookupOf;
use crate::{Client, Config, Disk, Lookup, Operation, Request, Result, TrashObject};

/// Puts a disk into the trash, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteDisk {
    /// The disk, by id.
    pub disk: Lookup,
}

/// The answer to [`DeleteDisk`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DeletedDisk {
    /// The disk as it was (recorded: without any mark of the deletion).
    pub disk: Disk,
    /// Where it is now, and for how long.
    pub trash_object: TrashObject,
}

impl Operation for DeleteDisk {
    type Output = DeletedDisk;

    const ANSWER_KEYS: &'static [&'static str] = &["disk", "trash_object"];

    fn request(&self, _: &Config) -> Result<Request> {
        Request::new(Method::DELETE, "/disks/disk")
            .json(&LookupOf::new("disk", self.disk.pair("disk_id", None)?))
    }
}

impl Client {
    /// Puts a disk into the trash, where it stays for 48 hours (recorded).
    ///
    /// Unassign it first: what this does to a disk with a virtual machine is not documented.
    ///
    /// # Errors
    /// `DiskNotFound`, `ObjectInTrash` (it is there already), `PermissionDenied`,
    /// `ValidationError`.
    pub fn delete_disk(&self, disk: impl Into<Lookup>) -> Result<DeletedDisk> {
        self.call(&DeleteDisk { disk: disk.into() })
    }
}
