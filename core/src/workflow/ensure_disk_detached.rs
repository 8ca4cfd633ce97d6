//! Detach a disk for good: the next start of its virtual machine does not attach it again.

use derive_new::new;
use serde::Deserialize;

use super::attachment::{SETTLED, is_attached, require_state};
use super::boot_watch::BootWatch;
use super::change::Change;
use super::disk_view::{DiskView, name};
use super::reach::{Decision, Goal, Next, Seen};
use super::{Steps, Workflow};
use crate::{
    ApiResponse, Client, Disk, DiskAndAnnotations, DiskRef, Result, VirtualMachineDisk,
    VirtualMachineRef, VirtualMachineState, WaitOptions,
};

/// See [`Client::ensure_disk_detached`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, new)]
#[non_exhaustive]
pub struct EnsureDiskDetached {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// The virtual machine that it is expected to have, id or fqdn: a disk of another one is
    /// refused. `None` takes any.
    #[new(default)]
    pub virtual_machine: Option<VirtualMachineRef>,
}

impl Goal for EnsureDiskDetached {
    const MUST_BE_DETACHED: bool = true;

    fn machine(&self, view: &DiskView, boot: &BootWatch) -> Result<Option<VirtualMachineRef>> {
        machine_of(view, boot)
    }

    fn next(&self, seen: &Seen) -> Decision {
        detach(seen, self.virtual_machine.as_ref(), &SETTLED)
    }
}

impl Workflow for EnsureDiskDetached {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "ensure_disk_detached";

    fn object_id(&self) -> Option<String> {
        Some(self.disk.value().to_owned())
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        steps.check_virtual_machine(self.virtual_machine.as_ref())?;
        steps.reach(&self.disk, self)
    }
}

/// The virtual machine of the disk, where its state matters: at first, and when a start of it may have
/// attached the disk.
pub(super) fn machine_of(view: &DiskView, boot: &BootWatch) -> Result<Option<VirtualMachineRef>> {
    let Some(relation) = view.relation()? else { return Ok(None) };
    let machine = view.virtual_machine(relation)?;
    let is_needed = !boot.knows_machine() || (view.is_detached() && boot.may_have_attached());
    Ok(is_needed.then(|| machine.into()))
}

/// The next step to a disk that no start of its virtual machine attaches, while that is in one of these
/// states.
pub(super) fn detach(
    seen: &Seen,
    expected: Option<&VirtualMachineRef>,
    states: &[VirtualMachineState],
) -> Decision {
    let view = &seen.view;
    let Some(relation) = view.relation()? else { return Ok(Next::Done) };
    view.expect(relation, expected)?;
    refuse_boot_disk(view, relation)?;
    let is_attached = is_attached(view)?;
    if let Some(machine) = &seen.machine {
        require_state(view, machine, states)?;
    }
    if relation.attach_on_boot != Some(false) {
        // First, or a start of the virtual machine in between would attach it again.
        return Ok(Next::Make(Change::SetAttachOnBoot(false)));
    }
    Ok(match (is_attached, seen.doubt) {
        (true, _) => Next::Make(Change::Detach),
        (false, Some(_)) => Next::InDoubt,
        (false, None) => Next::Done,
    })
}

fn refuse_boot_disk(view: &DiskView, relation: &VirtualMachineDisk) -> Result<()> {
    match relation.boot {
        Some(false) => Ok(()),
        Some(true) => Err(view.refused(
            &format!("it is the boot disk of {}", name(view.virtual_machine(relation)?)),
            "it belongs to the virtual machine and stays with it",
        )),
        None => Err(view.refused(
            "the response does not say whether it is a boot disk",
            "check it before you act",
        )),
    }
}

impl Client {
    /// Detaches a disk for good; it stays assigned to its virtual machine. Sends `GET /disks/disk`
    /// and `GET /virtual_machines/virtual_machine`; where needed `PATCH /disks/disk`
    /// (attach_on_boot off, first) and `POST /disks/disk/detach` and `GET /tasks/task` until that has
    /// ended; and looks again until it sees the disk so: a start of the virtual machine that attached it
    /// meanwhile shows 1 to 2 s late (recorded). What is so already is not sent, so it may be called
    /// again and again.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let disk = client.ensure_disk_detached("disk_Ot5Ne8Dk2Sw7Vh1R", None, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Refused` when it is a boot disk or of another virtual machine, when that is neither
    /// started nor stopped, or when the attachment is on its way or has failed; `NoEffect`; and
    /// those of the operations.
    pub fn ensure_disk_detached(
        &self,
        disk: impl Into<DiskRef>,
        virtual_machine: Option<VirtualMachineRef>,
        options: WaitOptions<'_>,
    ) -> Result<Disk> {
        self.run(&EnsureDiskDetached { disk: disk.into(), virtual_machine }, options)
            .map(DiskAndAnnotations::into_disk)
    }
}
