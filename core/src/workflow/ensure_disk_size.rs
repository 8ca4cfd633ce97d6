//! Give a disk a size, in the way that its attachment permits.

use std::time::Duration;

use derive_new::new;
use serde::Deserialize;

use super::attachment::unsettled;
use super::disk_view::DiskView;
use super::{Steps, Workflow};
use crate::arguments::at_least_one;
use crate::word;
use crate::{
    ApiResponse, AttachmentState, Client, Disk, DiskAndAnnotations, DiskRef, DiskState, ResizeDisk,
    ResizeMethod, Result, VirtualMachineState, WaitOptions,
};

/// See [`Client::ensure_disk_size`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, new)]
#[non_exhaustive]
pub struct EnsureDiskSize {
    /// The disk, by id.
    #[new(into)]
    pub disk: DiskRef,
    /// The size that it shall have, in GB.
    pub size_in_gb: u64,
    /// `None` is offline. Online permits to grow while it is attached; a disk that is not attached
    /// is resized offline all the same.
    #[serde(default, alias = "resize_method", deserialize_with = "word::argument")]
    #[new(default)]
    pub method: Option<ResizeMethod>,
}

impl EnsureDiskSize {
    /// Which method the disk permits. The matrix is that of the vendor's Terraform provider.
    fn method(&self, view: &DiskView, size: u64) -> Result<ResizeMethod> {
        let grows = self.size_in_gb > size;
        let attached = match (view.relation()?, view.attachment()) {
            (None, _) | (_, Some(AttachmentState::Detached)) => false,
            (_, Some(AttachmentState::Attached)) => true,
            (_, other) => return Err(unsettled(view, other)),
        };
        match (attached, grows, self.method) {
            (false, _, _) => Ok(ResizeMethod::Offline),
            (true, true, Some(ResizeMethod::Online)) => Ok(ResizeMethod::Online),
            (true, true, Some(ResizeMethod::Offline) | None) => Err(view.refused(
                "it is attached, so it cannot grow offline",
                "detach it or stop its virtual machine first, or ask for the method online, which \
                 leaves the file system to the virtual machine",
            )),
            (true, false, _) => Err(view.refused(
                &format!("it is attached, so it cannot shrink from {size} GB"),
                "detach it or stop its virtual machine first",
            )),
        }
    }
}

impl Workflow for EnsureDiskSize {
    type Output = DiskAndAnnotations;
    const NAME: &'static str = "ensure_disk_size";

    fn object_id(&self) -> Option<String> {
        Some(self.disk.value().to_owned())
    }

    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse> {
        at_least_one("size_in_gb", Some(self.size_in_gb))?;
        let view = steps.read_disk(&self.disk)?;
        if view.disk.size_in_gb == Some(self.size_in_gb) {
            return Ok(view.response);
        }
        let (view, _guard) = steps.lock_virtual_machine(&self.disk, view)?;
        let view = settled(steps, &self.disk, view)?;
        let size = view.disk.size_in_gb.ok_or_else(|| {
            view.refused("the response does not say how large it is", "check it before you act")
        })?;
        if size == self.size_in_gb {
            return Ok(view.response);
        }
        if view.disk.state != Some(DiskState::Built) {
            let state = view.disk.state.as_ref().map_or("not known", DiskState::as_str);
            return Err(view.refused(&format!("its state is {state}"), "wait until it is built"));
        }
        let method = Some(self.method(&view, size)?);
        let disk = self.disk.clone();
        steps.start_and_wait(&ResizeDisk { disk, size_in_gb: self.size_in_gb, method })?;
        let wish = format!("{} GB large", self.size_in_gb);
        let has_size = |view: &DiskView| view.disk.size_in_gb == Some(self.size_in_gb);
        Ok(steps.read_until(&self.disk, &wish, has_size)?.response)
    }
}

/// The disk, read again where one reading may deceive: the disks of a virtual machine that has just
/// started still say `detached` for 1 to 2 s (recorded).
fn settled(steps: &Steps<'_, '_>, disk: &DiskRef, view: DiskView) -> Result<DiskView> {
    let Some(relation) = view.relation()? else { return Ok(view) };
    if view.attachment() != Some(&AttachmentState::Detached)
        || relation.attach_on_boot == Some(false)
    {
        return Ok(view);
    }
    let machine = steps.read_virtual_machine(view.virtual_machine(relation)?)?;
    if machine.state == Some(VirtualMachineState::Stopped) {
        return Ok(view);
    }
    steps.pause(Duration::from_secs(2), || {
        format!("disk {} may be about to be attached, and was not resized", view.disk.id)
    })?;
    steps.read_disk(disk)
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
