//! Wait until many disks are built.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde::Deserialize;

use super::building;
use super::counts::Deed;
use super::given::Given;
use super::listed::{all_disks, look_at_all, look_for};
use super::work::sealed::Work;
use super::work::{Begun, Caller, Look, Pending, Seen, Wanted};
use crate::{
    Client, DiskRef, Error, FleetCounts, FleetOptions, FleetResult, GetDisk, Result, TaskRef,
};

/// A disk that somebody waits for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwaitedDisk {
    /// The disk, by id.
    pub disk: DiskRef,
    /// The task that builds it, if that is known: it tells when to look.
    #[serde(default)]
    pub task: Option<TaskRef>,
}

/// See [`Client::wait_disks`].
#[derive(Debug)]
pub struct WaitDisks {
    ids: Given,
    look_cost: AtomicUsize,
}

impl Default for WaitDisks {
    fn default() -> WaitDisks {
        WaitDisks { ids: Given::default(), look_cost: AtomicUsize::new(usize::MAX) }
    }
}

impl Work for WaitDisks {
    type Spec = AwaitedDisk;
    const NAME: &'static str = "wait_disks";
    const DEED: Deed = Deed::Seen;
    const BATCH: Option<usize> = None;

    fn label(&self, spec: &AwaitedDisk) -> (Option<String>, Option<String>) {
        (None, Some(spec.disk.value().to_owned()))
    }

    fn check(&self, client: &Client, spec: &AwaitedDisk) -> Result<()> {
        client.request_of(&GetDisk::new(&spec.disk))?;
        let id = spec.disk.value();
        if !self.ids.note(id) {
            return Err(Error::invalid_argument(format!("disk {id} comes twice")));
        }
        Ok(())
    }

    fn prepare(&self, caller: &Caller<'_>, _: &AwaitedDisk, total: Option<usize>) -> Result<()> {
        let cost = look_at_all(caller, total, |_, _| ControlFlow::Break(()))?;
        self.look_cost.store(cost, Ordering::Relaxed);
        Ok(())
    }

    fn hint(&self, _: &FleetCounts) -> Option<String> {
        None
    }

    fn look_cost(&self) -> usize {
        self.look_cost.load(Ordering::Relaxed)
    }

    fn begin(&self, _: &Caller<'_>, index: usize, spec: &AwaitedDisk) -> Result<Begun> {
        let id = spec.disk.value().into();
        let task = spec.task.as_ref().map(|task| task.value().into());
        let since = Instant::now();
        Ok(Begun::Pending(Pending { index, id, name: None, task, existed: false, since }))
    }

    fn look(&self, caller: &Caller<'_>, _: usize, wanted: &Wanted) -> Result<Look> {
        look_for(caller, &all_disks(), wanted, |disk, json| {
            building::listed(disk.state.as_ref(), json)
        })
    }

    fn read(&self, caller: &Caller<'_>, pending: &Pending) -> Result<Seen> {
        building::read(caller, pending)
    }
}

impl Client {
    /// Waits until disks are built that were created before, such as by a pool of the caller's own: by one
    /// list for 200 of them, instead of polls of each task. `on_result` is called on this thread with each
    /// disk as it is built; `ControlFlow::Break` ends the call.
    ///
    /// Sends `GET /tasks/task` for the task of one of them, if any has one, and
    /// `GET /organizations/organization/disks` until all are built; where that takes fewer requests
    /// `GET /disks/disk` for each. All disks are of the client's organization.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// use katapult_disk::{AwaitedDisk, FleetOptions};
    /// use std::ops::ControlFlow;
    ///
    /// let created = client.create_disk(&katapult_disk::CreateDisk::new("data", 20))?;
    /// let disks = [AwaitedDisk { disk: (&created).into(), task: Some((&created.task).into()) }];
    /// client.wait_disks(disks, FleetOptions::default(), |_| ControlFlow::Continue(()))?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::create_disks`]; of a disk `TaskFailed`, `NoEffect`, `DiskNotFound`.
    pub fn wait_disks(
        &self,
        disks: impl IntoIterator<Item = AwaitedDisk>,
        options: FleetOptions<'_>,
        on_result: impl FnMut(FleetResult) -> ControlFlow<()>,
    ) -> Result<FleetCounts> {
        options.refuse_name()?;
        self.run_fleet(WaitDisks::default(), disks.into_iter().map(Ok), options, on_result)
    }
}
