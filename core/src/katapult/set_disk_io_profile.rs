//! Change a disk's I/O profile: `PUT /disks/disk/io_profile`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ureq::http::Method;

use crate::{Client, DiskIoProfileRef, DiskRef, DiskTask, Operation, Result};

/// Gives a disk other limits of speed; a task does it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct SetDiskIoProfile {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// The I/O profile: id or permalink.
    #[new(into)]
    pub io_profile: DiskIoProfileRef,
}

impl Operation for SetDiskIoProfile {
    type Output = DiskTask;
    const NAME: &'static str = "set_disk_io_profile";
    const METHOD: Method = Method::PUT;
    const PATH: &'static str = "/disks/disk/io_profile";

    fn shows(&self, disk: &Value) -> bool {
        self.io_profile.pair().is_ok_and(|(key, value)| disk["io_profile"][key] == value)
    }
}

impl Client {
    /// Gives a disk other limits of speed. The response's disk has the old ones (recorded); wait for
    /// the task.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let started = client.set_disk_io_profile("disk_Ot5Ne8Dk2Sw7Vh1R", "100k")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskIoProfileNotFound`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`,
    /// `TaskQueueingError`.
    pub fn set_disk_io_profile(
        &self,
        disk: impl Into<DiskRef>,
        io_profile: impl Into<DiskIoProfileRef>,
    ) -> Result<DiskTask> {
        self.call(&SetDiskIoProfile::new(disk, io_profile))
    }
}
