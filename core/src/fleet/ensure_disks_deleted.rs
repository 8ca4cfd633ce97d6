//! Delete many disks.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::time::Instant;

use serde_json::json;

use super::counts::Deed;
use super::given::Given;
use super::job::poll;
use super::listed::{PAGE, glance};
use super::work::sealed::Work;
use super::work::{Begun, Caller, Look, Pending, Seen, Wanted, no_effect_after};
use crate::workflow::{BegunDeletion, EFFECT, EnsureDiskDeleted};
use crate::{
    ApiResponse, Client, DiskRef, Error, FleetCounts, FleetOptions, FleetResult, GetDisk,
    ListTrashObjects, Outcome, Result, Status, TaskStatus, WaitOptions,
};

/// See [`Client::ensure_disks_deleted`].
#[derive(Debug)]
pub struct EnsureDisksDeleted {
    purge: bool,
    ids: Given,
}

impl EnsureDisksDeleted {
    /// `purge` destroys them at once, instead of leaving them in the trash for 48 hours.
    pub fn new(purge: bool) -> EnsureDisksDeleted {
        EnsureDisksDeleted { purge, ids: Given::default() }
    }
}

impl Work for EnsureDisksDeleted {
    type Spec = DiskRef;
    const NAME: &'static str = "ensure_disks_deleted";
    const DEED: Deed = Deed::Deleted;
    const BATCH: Option<usize> = None;

    fn label(&self, spec: &DiskRef) -> (Option<String>, Option<String>) {
        (None, Some(spec.value().to_owned()))
    }

    fn check(&self, client: &Client, spec: &DiskRef) -> Result<()> {
        client.request_of(&GetDisk::new(spec))?;
        let id = spec.value();
        if !self.ids.note(id) {
            return Err(Error::invalid_argument(format!("disk {id} comes twice")));
        }
        Ok(())
    }

    fn prepare(&self, _: &Caller<'_>, _: &DiskRef, _: Option<usize>) -> Result<()> {
        Ok(())
    }

    fn hint(&self, counts: &FleetCounts) -> Option<String> {
        (!counts.is_complete())
            .then(|| "the same call again goes on with those that are left".to_owned())
    }

    fn look_cost(&self) -> usize {
        1
    }

    fn begin(&self, caller: &Caller<'_>, index: usize, spec: &DiskRef) -> Result<Begun> {
        let workflow = EnsureDiskDeleted { disk: spec.clone(), purge: self.purge };
        let mut options = WaitOptions { timeout: caller.patience.left(), progress: None };
        match workflow.begin(caller.client, &mut options)? {
            BegunDeletion::Ended { response, is_own } => {
                Ok(Begun::Done { id: spec.value().into(), response, existed: !is_own })
            }
            BegunDeletion::Purging(task) => Ok(Begun::Pending(Pending {
                index,
                id: spec.value().into(),
                name: None,
                task: Some(task.id),
                existed: false,
                since: Instant::now(),
            })),
        }
    }

    /// What is no longer listed in the trash may be gone, or restored: only a read tells.
    fn look(&self, caller: &Caller<'_>, _: usize, wanted: &Wanted) -> Result<Look> {
        let mut look = Look::default();
        let mut left: HashSet<&str> = wanted.ids.iter().map(|id| id.as_str()).collect();
        let list = ListTrashObjects { organization: None, page: None, per_page: Some(PAGE) };
        glance(caller, &list, |trash_object, _, _| {
            let id = trash_object.object_id.as_deref().unwrap_or_default();
            if left.remove(id) {
                look.seen.insert(id.into(), Seen::NotYet);
            }
            ControlFlow::Continue(())
        })?;
        look.seen.extend(left.into_iter().map(|id| (id.into(), Seen::Unclear)));
        Ok(look)
    }

    fn read(&self, caller: &Caller<'_>, pending: &Pending) -> Result<Seen> {
        let disk = DiskRef::by("id", pending.id.clone());
        match caller.send(&GetDisk::new(disk)) {
            Err(error) if error.status() == Status::DiskNotFound => {
                let gone = json!({ "trash_object": null }).to_string();
                Ok(Seen::Done(ApiResponse::of(gone)))
            }
            Err(error) if error.status() == Status::ObjectInTrash => {
                if pending.task.is_none() {
                    return Ok(Seen::NotYet);
                }
                let task = poll(caller, pending)?;
                if task.status == Some(TaskStatus::Completed) {
                    return no_effect_after(EFFECT, &task, pending, "it is still in the trash");
                }
                Ok(Seen::NotYet)
            }
            Err(error) => Err(error),
            Ok(_) => {
                let text = format!(
                    "disk {} exists, although it was being purged: somebody has restored it",
                    pending.id
                );
                Err(Error::new(Status::NoEffect, Outcome::Unknown, text))
            }
        }
    }
}

impl Client {
    /// Deletes many disks as [`Client::ensure_disk_deleted`] does one, and waits for all together. `on_result`
    /// is called on this thread with each disk as it completes; `ControlFlow::Break` ends the call.
    ///
    /// Sends, for each disk, `GET /disks/disk`, `DELETE /disks/disk` and `GET /trash_objects/trash_object`; with
    /// `purge` also `DELETE /trash_objects/trash_object`, then `GET /tasks/task` for one of them,
    /// `GET /organizations/organization/trash_objects` until they are no longer there, and `GET /disks/disk`
    /// for each, which must not find it.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// use katapult_disk::FleetOptions;
    /// use std::ops::ControlFlow;
    ///
    /// let disks = ["disk_Ot5Ne8Dk2Sw7Vh1R".into(), "disk_Uy2Wq9Lm4Zx6Bn3C".into()];
    /// let counts = client.ensure_disks_deleted(disks, false, FleetOptions::default(), |result| {
    ///     println!("{:?}: {:?}", result.id, result.response.err());
    ///     ControlFlow::Continue(())
    /// })?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::create_disks`]; those of a disk are as of [`Client::ensure_disk_deleted`].
    pub fn ensure_disks_deleted(
        &self,
        disks: impl IntoIterator<Item = DiskRef>,
        purge: bool,
        options: FleetOptions<'_>,
        on_result: impl FnMut(FleetResult) -> ControlFlow<()>,
    ) -> Result<FleetCounts> {
        options.refuse_name()?;
        self.run_fleet(
            EnsureDisksDeleted::new(purge),
            disks.into_iter().map(Ok),
            options,
            on_result,
        )
    }
}
