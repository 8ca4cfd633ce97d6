//! Get a disk: `GET /disks/disk`.

use serde::Deserialize;

use super::annotations::Annotations;
use crate::{Client, Config, Disk, Lookup, Operation, Request, Result};

/// Reads a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetDisk {
    /// The disk, by id.
    pub disk: Lookup,
}

/// The answer to [`GetDisk`] and [`UpdateDisk`](crate::UpdateDisk).
#[derive(Clone, Debug, PartialEq, Deserialize)]
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

impl Operation for GetDisk {
    type Output = DiskAndAnnotations;

    const ANSWER_KEYS: &'static [&'static str] = &["disk"];

    fn request(&self, _: &Config) -> Result<Request> {
        let (_, id) = self.disk.pair("disk_id", None)?;
        Ok(Request::get("/disks/disk").query("disk[id]", id))
    }
}

impl Client {
    /// Reads a disk.
    ///
    /// # Errors
    /// `DiskNotFound`, also for a malformed id (recorded); `ObjectInTrash`.
    pub fn get_disk(&self, disk: impl Into<Lookup>) -> Result<Disk> {
        self.call(&GetDisk { disk: disk.into() }).map(DiskAndAnnotations::into_disk)
    }
}
