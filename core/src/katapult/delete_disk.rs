//! Delete a disk: `DELETE /disks/disk`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, Disk, DiskRef, Operation, Response, Result, TrashObject};

/// Puts a disk into the trash, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct DeleteDisk {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
}

/// The response to [`DeleteDisk`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DeletedDisk {
    /// The disk as it was (recorded: without any mark of the deletion).
    pub disk: Disk,
    /// Where it is now, and for how long.
    pub trash_object: TrashObject,
}

impl Response for DeletedDisk {
    const KEYS: &'static [&'static str] = &["disk", "trash_object"];
}

impl Operation for DeleteDisk {
    type Output = DeletedDisk;
    const NAME: &'static str = "delete_disk";
    const METHOD: Method = Method::DELETE;
    const PATH: &'static str = "/disks/disk";
}

impl Client {
    /// Puts a disk into the trash, where it stays for 48 hours (recorded).
    ///
    /// Unassign it first: what this does to a disk with a virtual machine is not documented.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let deleted = client.delete_disk("disk_Ot5Ne8Dk2Sw7Vh1R")?;
    /// println!("in the trash until {:?}", deleted.trash_object.keep_until);
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskNotFound`, `ObjectInTrash` (it is there already), `PermissionDenied`,
    /// `ValidationError`.
    pub fn delete_disk(&self, disk: impl Into<DiskRef>) -> Result<DeletedDisk> {
        self.call(&DeleteDisk::new(disk))
    }
}
