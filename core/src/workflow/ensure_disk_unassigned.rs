//! Remove a disk from its virtual machine.

use derive_new::new;
use serde::Deserialize;

use super::boot_watch::BootWatch;
use super::change::Change;
use super::disk_view::DiskView;
use super::ensure_disk_detached::{detach, machine_of};
use super::reach::{Decision, Goal, Next, Seen};
use super::{Steps, Workflow};
use crate::{
    ApiResponse, Client, Disk, DiskAndAnnotations, DiskRef, Result, VirtualMachineRef,
    VirtualMachineState, WaitOptions,
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

impl Goal for EnsureDiskUnassigned {
    const MUST_BE_DETACHED: bool = true;

    fn machine(&self, view: &DiskView, boot: &BootWatch) -> Result<Option<VirtualMachineRef>> {
        machine_of(view, boot)
    }

    fn next(&self, seen: &Seen) -> Decision {
        match detach(seen, self.virtual_machine.as_ref(), &STATES)? {
            Next::Done if seen.view.relation()?.is_some() => Ok(Next::Make(Change::Unassign)),
            next => Ok(next),
        }
    }
}

impl Workflow for EnsureDiskUnassigned {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "ensure_disk_unassigned";

    fn object_id(&self) -> Option<String> {
        Some(self.disk.value().to_owned())
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        steps.check_virtual_machine(self.virtual_machine.as_ref())?;
        steps.reach(&self.disk, self)
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
