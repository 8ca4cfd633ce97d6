//! Unassign a disk: `POST /disks/disk/unassign`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, Disk, DiskAndAnnotations, DiskRef, Operation, Result};

/// Takes a disk from its virtual machine, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct UnassignDisk {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
}

impl Operation for UnassignDisk {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "unassign_disk";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/disks/disk/unassign";
}

impl Client {
    /// Takes a disk from its virtual machine; of a disk without one this changes nothing
    /// (recorded). Detach it first: what this does to an attached disk is not documented.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let disk = client.unassign_disk("disk_Ot5Ne8Dk2Sw7Vh1R")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `UnableToUnassign`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`.
    pub fn unassign_disk(&self, disk: impl Into<DiskRef>) -> Result<Disk> {
        self.call(&UnassignDisk::new(disk)).map(DiskAndAnnotations::into_disk)
    }
}
