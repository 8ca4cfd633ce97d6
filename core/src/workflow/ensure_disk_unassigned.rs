//! Remove a disk from its virtual machine.

use super::ensure_disk_detached::detach;
use super::{Steps, Workflow};
use crate::arguments::Arguments;
use crate::{
    ApiResponse, Client, Disk, DiskAndAnnotations, Lookup, Result, UnassignDisk,
    VirtualMachineState, WaitOptions,
};

/// See [`Client::ensure_disk_unassigned`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnsureDiskUnassigned {
    /// The disk, by id.
    pub disk: Lookup,
    /// The virtual machine that it is expected to have, id or fqdn: a disk of another one is
    /// refused. `None` takes any.
    pub virtual_machine: Option<Lookup>,
}

impl EnsureDiskUnassigned {
    /// Reads `{"virtual_machine": …}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(disk: impl Into<Lookup>, request: &str) -> Result<EnsureDiskUnassigned> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let virtual_machine = arguments.lookup("virtual_machine")?;
        arguments.finish()?;
        Ok(EnsureDiskUnassigned { disk: disk.into(), virtual_machine })
    }
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

    fn run(&self, steps: &mut Steps<'_>) -> Result<ApiResponse> {
        steps.check_virtual_machine(self.virtual_machine.as_ref())?;
        let view = steps.read_disk(&self.disk)?;
        let (view, _guard) = steps.lock_virtual_machine(&self.disk, view)?;
        let view = detach(steps, &self.disk, self.virtual_machine.as_ref(), view, &STATES)?;
        if view.relation()?.is_none() {
            return Ok(view.response);
        }
        steps.send(&UnassignDisk { disk: self.disk.clone() })?;
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
    /// # Errors
    /// As [`Client::ensure_disk_detached`]; the virtual machine may be failed or orphaned, too.
    pub fn ensure_disk_unassigned(
        &self,
        disk: impl Into<Lookup>,
        virtual_machine: Option<Lookup>,
        options: WaitOptions<'_>,
    ) -> Result<Disk> {
        self.run(&EnsureDiskUnassigned { disk: disk.into(), virtual_machine }, options)
            .map(DiskAndAnnotations::into_disk)
    }
}
