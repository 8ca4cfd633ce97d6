//! Bring a disk to its virtual machine, now and at each start.

use derive_new::new;
use serde::Deserialize;

use super::attachment::{SETTLED, set_attach_on_boot, unsettled};
use super::disk_view::{DiskView, name};
use super::{Steps, Workflow};
use crate::{
    ApiResponse, AssignDisk, AttachDisk, AttachmentState, Client, Disk, DiskAndAnnotations,
    DiskRef, GetVirtualMachine, Result, VirtualMachineRef, VirtualMachineState,
    VirtualMachineSummary, WaitOptions,
};

/// See [`Client::ensure_disk_attached`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, new)]
#[non_exhaustive]
pub struct EnsureDiskAttached {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// The virtual machine: id or fqdn. A disk without one is assigned to it; a disk of another one
    /// is refused. `None` takes the one that the disk has.
    #[new(default)]
    pub virtual_machine: Option<VirtualMachineRef>,
}

impl EnsureDiskAttached {
    /// Assigns a disk without a virtual machine to the one that it shall have.
    fn assign(&self, steps: &mut Steps<'_, '_>, view: DiskView) -> Result<DiskView> {
        let Some(virtual_machine) = &self.virtual_machine else {
            return Err(view.refused(
                "it is not assigned to a virtual machine",
                "name the virtual machine that it shall be assigned to",
            ));
        };
        let machine = steps.call(&GetVirtualMachine::new(virtual_machine))?.into_virtual_machine();
        steps.state_among(&view, &machine, &SETTLED)?;
        let guard = steps.lock(machine.id.to_string())?;
        let view = if guard.waited { steps.read_disk(&self.disk)? } else { view };
        if view.relation()?.is_some() {
            return Ok(view);
        }
        steps.send(&AssignDisk::new(&self.disk, &machine))?;
        steps.done("the disk was assigned");
        steps.read_disk(&self.disk)
    }
}

impl Workflow for EnsureDiskAttached {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "ensure_disk_attached";

    fn object_id(&self) -> Option<String> {
        Some(self.disk.value().to_owned())
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        steps.check_virtual_machine(self.virtual_machine.as_ref())?;
        let mut view = steps.read_disk(&self.disk)?;
        if view.relation()?.is_none() {
            view = self.assign(steps, view)?;
        }
        let (view, _guard) = steps.lock_virtual_machine(&self.disk, view)?;
        let Some(relation) = view.relation()? else {
            return Err(view.refused("it was unassigned meanwhile", "decide again"));
        };
        view.expect(relation, self.virtual_machine.as_ref())?;
        let machine = view.virtual_machine(relation)?;
        let running = is_running(steps, &view, machine)?;
        let attach = match view.attachment() {
            Some(AttachmentState::Attached) => false,
            Some(AttachmentState::Detached) => running,
            other => return Err(unsettled(&view, other)),
        };
        if relation.attach_on_boot != Some(true) {
            set_attach_on_boot(steps, &self.disk, true)?;
        }
        if attach {
            steps.start_and_wait(&AttachDisk::new(&self.disk))?;
            let wish = format!("attached to {}", name(machine));
            let is_attached =
                |view: &DiskView| view.attachment() == Some(&AttachmentState::Attached);
            return Ok(steps.read_until(&self.disk, &wish, is_attached)?.response);
        }
        Ok(if relation.attach_on_boot == Some(true) {
            view.response
        } else {
            steps.read_disk(&self.disk)?.response
        })
    }
}

/// Whether the virtual machine is started; refuses when it is neither that nor stopped.
fn is_running(
    steps: &Steps<'_, '_>,
    view: &DiskView,
    machine: &VirtualMachineSummary,
) -> Result<bool> {
    let machine = steps.read_virtual_machine(machine)?;
    Ok(steps.state_among(view, &machine, &SETTLED)? == VirtualMachineState::Started)
}

impl Client {
    /// Brings a disk to its virtual machine, now if that runs and at each start: sends
    /// `GET /disks/disk` and `GET /virtual_machines/virtual_machine`; where needed
    /// `POST /disks/disk/assign`, `PATCH /disks/disk` (attach_on_boot) and, if the virtual machine
    /// is started, `POST /disks/disk/attach`, `GET /tasks/task` until that has ended and
    /// `GET /disks/disk` until it is `attached`. What is so already is not sent, so it may be
    /// called again and again.
    ///
    /// The result of a stopped virtual machine is `detached`, with `attach_on_boot`.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let disk = client.ensure_disk_attached("disk_Ot5Ne8Dk2Sw7Vh1R", Some("web-1.acme.example".into()), Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Refused` when the disk has no virtual machine or another one, when that is neither started
    /// nor stopped, or when the attachment is on its way or has failed; `NoEffect`; and those of
    /// the operations.
    pub fn ensure_disk_attached(
        &self,
        disk: impl Into<DiskRef>,
        virtual_machine: Option<VirtualMachineRef>,
        options: WaitOptions<'_>,
    ) -> Result<Disk> {
        self.run(&EnsureDiskAttached { disk: disk.into(), virtual_machine }, options)
            .map(DiskAndAnnotations::into_disk)
    }
}
