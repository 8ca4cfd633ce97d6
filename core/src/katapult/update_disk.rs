//! Update a disk: `PATCH /disks/disk`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use super::annotations;
use crate::{
    Annotations, Client, Disk, DiskAndAnnotations, DiskArguments, DiskRef, Error, Operation, Result,
};

/// Changes properties of a disk, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct UpdateDisk {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// What to change; the rest stays. `size_in_gb` and `attach` are only for creating.
    #[serde(default)]
    #[new(default)]
    pub properties: DiskArguments,
    /// The new annotations; `None` leaves them as they are.
    #[serde(default, deserialize_with = "annotations::argument")]
    #[new(default)]
    pub annotations: Option<Annotations>,
}

impl Operation for UpdateDisk {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "update_disk";
    const METHOD: Method = Method::PATCH;
    const PATH: &'static str = "/disks/disk";

    fn check(&self) -> Result<()> {
        let relation = self.properties.virtual_machine_disk.as_ref();
        if self.properties.size_in_gb.is_some() {
            return Err(Error::invalid_argument(
                "size_in_gb can only be given when a disk is created; use resize_disk (in C \
                 katapult_disk_resize) for a disk that exists",
            ));
        }
        if relation.is_some_and(|relation| relation.attach.is_some()) {
            return Err(Error::invalid_argument(
                "attach can only be given when a disk is created; use attach_disk (in C \
                 katapult_disk_attach) for a disk that exists",
            ));
        }
        if self.properties.is_empty() && self.annotations.is_none() {
            return Err(Error::invalid_argument(
                "properties are missing: give at least one property or annotations to change",
            ));
        }
        Ok(())
    }
}

impl Client {
    /// Changes properties of a disk; the response shows them changed.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let mut update = katapult_disk::UpdateDisk::new("disk_Ot5Ne8Dk2Sw7Vh1R");
    /// update.properties.name = Some("database".into());
    /// let disk = client.update_disk(&update)?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`, `UnassignedDisk`, `ValidationError`.
    pub fn update_disk(&self, update: &UpdateDisk) -> Result<Disk> {
        self.call(update).map(DiskAndAnnotations::into_disk)
    }
}
