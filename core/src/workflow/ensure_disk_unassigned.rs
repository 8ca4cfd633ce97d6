//! Remove a disk from its virtual machine.

use derive_new::new;
use serde::Deserialize;

use super::ensure_disk_detached::detach;
use super::{Steps, Workflow};
use crate::{
    ApiResponse, Client, Disk, DiskAndAnnotations, DiskRef, Result, UnassignDisk,
    VirtualMachineRef, VirtualMachineState, WaitOptions,
};

/// See [`Client::ensure_disk_unassigned`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, new)]
#[non_exhaustive]
pub struct EnsureDiskUnassigned {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// The virtual machine that it is expected to have, id or fqdn: a disk of another one is
    /// refused. `None` takes any.
    #[new(default)]
    pub virtual_machine: Option<VirtualMachineRef>,
}

/// A disk can be removed from a virtual machine that will never run again, too.
const STATES: [VirtualMachineState; 4] = [
    VirtualMachineState::Started,
    VirtualMachineState::Stopped,
    VirtualMachineState::Failed,
    VirtualMachineState::Orphaned,
];

impl Workflow for EnsureDiskUnassigned {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "ensure_disk_unassigned";

    fn object_id(&self) -> Option<String> {
        Some(self.disk.value().to_owned())
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        steps.check_virtual_machine(self.virtual_machine.as_ref())?;
        let view = steps.read_disk(&self.disk)?;
        let (view, _guard) = steps.lock_virtual_machine(&self.disk, view)?;
        let view = detach(steps, &self.disk, self.virtual_machine.as_ref(), view, &STATES)?;
        if view.relation()?.is_none() {
            return Ok(view.response);
        }
        steps.send(&UnassignDisk::new(&self.disk))?;
        steps.done("the disk was unassigned");
        let is_unassigned = |view: &super::disk_view::DiskView| matches!(view.relation(), Ok(None));
        Ok(steps.read_until(&self.disk, "unassigned", is_unassigned)?.response)
    }
}

impl Client {
    /// Removes a disk from its virtual machine: [`Client::ensure_disk_detached`], then
    /// `POST /disks/disk/unassign` and `GET /disks/disk` until it has none. Never a boot disk. What
    /// is so already is not sent, so it may be called again and again.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let disk = client.ensure_disk_unassigned("disk_Ot5Ne8Dk2Sw7Vh1R", None, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::ensure_disk_detached`]; the virtual machine may be failed or orphaned, too.
    pub fn ensure_disk_unassigned(
        &self,
        disk: impl Into<DiskRef>,
        virtual_machine: Option<VirtualMachineRef>,
        options: WaitOptions<'_>,
    ) -> Result<Disk> {
        self.run(&EnsureDiskUnassigned { disk: disk.into(), virtual_machine }, options)
            .map(DiskAndAnnotations::into_disk)
    }
}
