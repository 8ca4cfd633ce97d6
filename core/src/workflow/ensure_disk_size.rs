//! Give a disk a size, in the way that its attachment permits.

use derive_new::new;
use serde::Deserialize;

use super::attachment::is_attached;
use super::boot_watch::BootWatch;
use super::change::Change;
use super::disk_view::DiskView;
use super::reach::{Decision, Goal, Next, Obstacle, Seen};
use super::{Steps, Workflow};
use crate::arguments::{Bounds, disk_size};
use crate::word;
use crate::{
    ApiResponse, Client, Disk, DiskAndAnnotations, DiskRef, DiskState, ResizeMethod, Result,
    VirtualMachineRef, WaitOptions,
};

/// See [`Client::ensure_disk_size`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, new)]
#[non_exhaustive]
pub struct EnsureDiskSize {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// The size that it shall have, in GB, as [`DiskArguments::size_in_gb`](crate::DiskArguments::size_in_gb).
    #[serde(deserialize_with = "disk_size")]
    pub size_in_gb: u64,
    /// `None` is offline. Online permits to grow while it is attached; a disk that is not attached
    /// is resized offline all the same.
    #[serde(default, alias = "resize_method", deserialize_with = "word::argument")]
    #[new(default)]
    pub method: Option<ResizeMethod>,
}

impl EnsureDiskSize {
    /// Which method the disk permits. The matrix is that of the vendor's Terraform provider.
    fn method(&self, view: &DiskView, size: u64) -> Decision<ResizeMethod> {
        let grows = self.size_in_gb > size;
        let attached = view.relation()?.is_some() && is_attached(view)?;
        match (attached, grows, self.method) {
            (false, _, _) => Ok(ResizeMethod::Offline),
            (true, true, Some(ResizeMethod::Online)) => Ok(ResizeMethod::Online),
            (true, true, Some(ResizeMethod::Offline) | None) => {
                Err(Obstacle::Lasting(view.refused(
                    "it is attached, so it cannot grow offline",
                    "detach it or stop its virtual machine first, or ask for the method online, \
                     which leaves the file system to the virtual machine",
                )))
            }
            (true, false, _) => Err(Obstacle::Lasting(view.refused(
                &format!("it is attached, so it cannot shrink from {size} GB"),
                "detach it or stop its virtual machine first",
            ))),
        }
    }
}

impl EnsureDiskSize {
    /// Starts the resize, for who waits for it in another way: the response to it and true, or that which
    /// shows that the disk has the size, and false.
    pub(crate) fn begin(
        &self,
        client: &Client,
        options: &mut WaitOptions<'_>,
    ) -> Result<(ApiResponse, bool)> {
        let work = format!("{} {}", Self::NAME, self.disk.value());
        let mut steps = Steps::new(client, work, options);
        let begun = steps.begin(&self.disk, self, |steps, change| change.start(steps, &self.disk));
        begun.map_err(|error| error.in_operation(Self::NAME, self.object_id()))
    }
}

impl Goal for EnsureDiskSize {
    const MUST_BE_DETACHED: bool = false;

    fn machine(&self, view: &DiskView, boot: &BootWatch) -> Result<Option<VirtualMachineRef>> {
        let is_needed = view.disk.size_in_gb != Some(self.size_in_gb) && boot.may_have_attached();
        let Some(relation) = view.relation()?.filter(|_| is_needed && view.is_detached()) else {
            return Ok(None);
        };
        view.virtual_machine(relation).map(|machine| Some(machine.into()))
    }

    fn next(&self, seen: &Seen) -> Decision {
        let view = &seen.view;
        let size = view.disk.size_in_gb.ok_or_else(|| {
            view.refused("the response does not say how large it is", "check it before you act")
        })?;
        // A disk that is being resized has its old size (recorded) and will have another one.
        if size == self.size_in_gb && view.disk.state != Some(DiskState::Resizing) {
            return Ok(Next::Done);
        }
        require_built(view)?;
        if seen.doubt.is_some() {
            return Ok(Next::InDoubt);
        }
        let method = self.method(view, size)?;
        Ok(Next::Make(Change::Resize { size_in_gb: self.size_in_gb, method }))
    }
}

fn require_built(view: &DiskView) -> Decision<()> {
    let state = view.disk.state.as_ref();
    if state == Some(&DiskState::Built) {
        return Ok(());
    }
    let reason = format!("its state is {}", state.map_or("not known", DiskState::as_str));
    let refused = view.refused(&reason, "wait until it is built");
    Err(match state {
        None | Some(DiskState::Failed) => Obstacle::Lasting(refused),
        Some(_) => Obstacle::Passing(refused),
    })
}

impl Workflow for EnsureDiskSize {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "ensure_disk_size";

    fn object_id(&self) -> Option<String> {
        Some(self.disk.value().to_owned())
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        Bounds::DISK_SIZE.check("size_in_gb", Some(self.size_in_gb))?;
        steps.reach(&self.disk, self)
    }
}

impl Client {
    /// Gives a disk a size, and makes sure that it has it: sends `GET /disks/disk`, for a disk
    /// that might be about to be attached `GET /virtual_machines/virtual_machine` and
    /// `GET /disks/disk` again, then `PUT /disks/disk/resize`, `GET /tasks/task` until that has
    /// ended, and `GET /disks/disk` until it has the size. A disk that has it already is only read.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let disk = client.ensure_disk_size("disk_Ot5Ne8Dk2Sw7Vh1R", 40, None, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `Refused` when the disk is attached and the method is not online, or it would shrink; when
    /// the attachment is on its way or has failed; when the disk is not built. `NoEffect` when the
    /// task completed but the size stayed, as for a blank disk that cannot shrink. And those of the
    /// operations.
    pub fn ensure_disk_size(
        &self,
        disk: impl Into<DiskRef>,
        size_in_gb: u64,
        method: Option<ResizeMethod>,
        options: WaitOptions<'_>,
    ) -> Result<Disk> {
        self.run(&EnsureDiskSize { disk: disk.into(), size_in_gb, method }, options)
            .map(DiskAndAnnotations::into_disk)
    }
}
