//! Bring a disk to its virtual machine, now and at each start.

use derive_new::new;
use serde::Deserialize;

use super::attachment::{SETTLED, is_attached, require_state};
use super::boot_watch::BootWatch;
use super::change::Change;
use super::disk_view::DiskView;
use super::reach::{Decision, Goal, Next, Obstacle, Seen};
use super::{Steps, Workflow};
use crate::{
    ApiResponse, Client, Disk, DiskAndAnnotations, DiskRef, Result, VirtualMachineRef,
    VirtualMachineState, WaitOptions,
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

impl Goal for EnsureDiskAttached {
    const MUST_BE_DETACHED: bool = false;

    fn machine(&self, view: &DiskView, boot: &BootWatch) -> Result<Option<VirtualMachineRef>> {
        let Some(relation) = view.relation()? else { return Ok(self.virtual_machine.clone()) };
        let machine = view.virtual_machine(relation)?;
        let is_needed = !boot.knows_machine() || view.is_detached();
        Ok(is_needed.then(|| machine.into()))
    }

    fn next(&self, seen: &Seen) -> Decision {
        let view = &seen.view;
        let Some(relation) = view.relation()? else {
            let Some(machine) = &seen.machine else {
                return Err(Obstacle::Lasting(view.refused(
                    "it is not assigned to a virtual machine",
                    "name the virtual machine that it shall be assigned to",
                )));
            };
            require_state(view, machine, &SETTLED)?;
            return Ok(Next::Make(Change::AssignTo(machine.into())));
        };
        view.expect(relation, self.virtual_machine.as_ref())?;
        if let Some(machine) = &seen.machine {
            require_state(view, machine, &SETTLED)?;
        }
        let is_attached = is_attached(view)?;
        if relation.attach_on_boot != Some(true) {
            return Ok(Next::Make(Change::SetAttachOnBoot(true)));
        }
        let state = seen.machine.as_ref().and_then(|machine| machine.state.as_ref());
        // A virtual machine that is stopped attaches it when it starts.
        if is_attached || state == Some(&VirtualMachineState::Stopped) {
            return Ok(Next::Done);
        }
        Ok(if seen.doubt.is_some() { Next::InDoubt } else { Next::Make(Change::Attach) })
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
        steps.reach(&self.disk, self)
    }
}

impl Client {
    /// Brings a disk to its virtual machine, now if that runs and at each start: sends
    /// `GET /disks/disk` and `GET /virtual_machines/virtual_machine`; where needed
    /// `POST /disks/disk/assign`, `PATCH /disks/disk` (attach_on_boot) and, if the virtual machine
    /// is started, `POST /disks/disk/attach` and `GET /tasks/task` until that has ended; and looks
    /// again until it sees the disk so. What is so already is not sent, so it may be called again and
    /// again.
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
