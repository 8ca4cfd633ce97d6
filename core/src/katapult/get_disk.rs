//! Get a disk: `GET /disks/disk`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Annotations, Client, Disk, DiskRef, Operation, Response, Result};

/// Reads a disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetDisk {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
}

/// The response to [`GetDisk`] and [`UpdateDisk`](crate::UpdateDisk).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskAndAnnotations {
    disk: Disk,
    annotations: Option<Annotations>,
}

impl DiskAndAnnotations {
    /// The disk, with its annotations in it.
    pub fn into_disk(self) -> Disk {
        Disk { annotations: self.annotations, ..self.disk }
    }
}

impl Response for DiskAndAnnotations {
    const KEYS: &'static [&'static str] = &["disk"];
}

impl Operation for GetDisk {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "get_disk";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/disks/disk";
}

impl Client {
    /// Reads a disk.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let disk = client.get_disk("disk_Ot5Ne8Dk2Sw7Vh1R")?;
    /// println!("{:?} has {:?} GB", disk.name, disk.size_in_gb);
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskNotFound`, also for a malformed id (recorded); `ObjectInTrash`.
    pub fn get_disk(&self, disk: impl Into<DiskRef>) -> Result<Disk> {
        self.call(&GetDisk::new(disk)).map(DiskAndAnnotations::into_disk)
    }
}
