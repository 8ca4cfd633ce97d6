//! Detach a disk for good: the next start of its virtual machine does not attach it again.

use derive_new::new;
use serde::Deserialize;

use super::attachment::{SETTLED, set_attach_on_boot, unsettled};
use super::disk_view::{DiskView, name};
use super::{Steps, Workflow};
use crate::{
    ApiResponse, AttachmentState, Client, DetachDisk, Disk, DiskAndAnnotations, DiskRef, Result,
    Status, VirtualMachineRef, VirtualMachineState, WaitOptions,
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

impl Workflow for EnsureDiskDetached {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "ensure_disk_detached";

    fn object_id(&self) -> Option<String> {
        Some(self.disk.value().to_owned())
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        steps.check_virtual_machine(self.virtual_machine.as_ref())?;
        let view = steps.read_disk(&self.disk)?;
        let (view, _guard) = steps.lock_virtual_machine(&self.disk, view)?;
        detach(steps, &self.disk, self.virtual_machine.as_ref(), view, &SETTLED)
            .map(|view| view.response)
    }
}

/// Detaches the disk of `view` for good, while its virtual machine is in one of these states: the
/// disk as it is then. The caller holds the lock of the virtual machine.
pub(super) fn detach(
    steps: &mut Steps<'_, '_>,
    disk: &DiskRef,
    expected: Option<&VirtualMachineRef>,
    view: DiskView,
    states: &[VirtualMachineState],
) -> Result<DiskView> {
    let Some(relation) = view.relation()? else { return Ok(view) };
    view.expect(relation, expected)?;
    let machine = view.virtual_machine(relation)?;
    match relation.boot {
        Some(false) => {}
        Some(true) => {
            return Err(view.refused(
                &format!("it is the boot disk of {}", name(machine)),
                "it belongs to the virtual machine and stays with it",
            ));
        }
        None => {
            return Err(view.refused(
                "the response does not say whether it is a boot disk",
                "check it before you act",
            ));
        }
    }
    let attached = match view.attachment() {
        Some(AttachmentState::Attached) => true,
        Some(AttachmentState::Detached) => false,
        other => return Err(unsettled(&view, other)),
    };
    let machine_now = steps.read_virtual_machine(machine)?;
    steps.state_among(&view, &machine_now, states)?;
    let changed = relation.attach_on_boot != Some(false);
    if changed {
        // First, or a start of the virtual machine in between would attach it again.
        set_attach_on_boot(steps, disk, false)?;
    }
    if attached {
        match steps.start_and_wait(&DetachDisk::new(disk)) {
            // Somebody unassigned it meanwhile; only another look proves that.
            Err(error) if error.status() == Status::UnassignedDisk => {
                let now = steps.read_disk(disk)?;
                return if now.relation()?.is_none() { Ok(now) } else { Err(error) };
            }
            other => other?,
        }
        let wish = format!("detached from {}", name(machine));
        return steps.read_until(disk, &wish, |view| {
            view.attachment() == Some(&AttachmentState::Detached)
                || matches!(view.relation(), Ok(None))
        });
    }
    if changed { steps.read_disk(disk) } else { Ok(view) }
}

impl Client {
    /// Detaches a disk for good; it stays assigned to its virtual machine. Sends `GET /disks/disk`
    /// and `GET /virtual_machines/virtual_machine`; where needed `PATCH /disks/disk`
    /// (attach_on_boot off, first) and `POST /disks/disk/detach`, `GET /tasks/task` until that has
    /// ended and `GET /disks/disk` until it is `detached`. What is so already is not sent, so it
    /// may be called again and again.
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
