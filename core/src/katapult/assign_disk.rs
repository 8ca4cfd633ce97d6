//! Assign a disk: `POST /disks/disk/assign`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, Disk, DiskAndAnnotations, DiskRef, Operation, Result, VirtualMachineRef};

/// Binds a disk to a virtual machine, at once and without a task. It is not attached by that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct AssignDisk {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// The virtual machine: id or fqdn.
    #[new(into)]
    pub virtual_machine: VirtualMachineRef,
}

impl Operation for AssignDisk {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "assign_disk";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/disks/disk/assign";
}

impl Client {
    /// Binds a disk to a virtual machine. The response shows it: `detached`, and with
    /// `attach_on_boot` (recorded), so that the next start attaches it.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let disk = client.assign_disk("disk_Ot5Ne8Dk2Sw7Vh1R", "web-1.acme.example")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `UnableToAssign`, `VirtualMachineNotFound`, `DiskNotFound`, `ObjectInTrash`,
    /// `PermissionDenied`.
    pub fn assign_disk(
        &self,
        disk: impl Into<DiskRef>,
        virtual_machine: impl Into<VirtualMachineRef>,
    ) -> Result<Disk> {
        self.call(&AssignDisk::new(disk, virtual_machine)).map(DiskAndAnnotations::into_disk)
    }
}
