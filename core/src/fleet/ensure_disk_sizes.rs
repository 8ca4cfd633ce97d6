//! Give many disks their sizes.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use serde::Deserialize;

use super::counts::Deed;
use super::job::poll;
use super::listed::{Listed, all_disks, look_at_all, look_for, response_of};
use super::work::sealed::Work;
use super::work::{Begun, Caller, Look, Pending, Seen, Wanted, no_effect_after};
use crate::arguments::{Bounds, disk_size};
use crate::katapult::hint;
use crate::workflow::{EFFECT, EnsureDiskSize};
use crate::{
    Client, DiskAndAnnotations, DiskRef, DiskState, DiskTask, Error, FleetCounts, FleetOptions,
    FleetResult, GetDisk, ResizeMethod, Result, TaskStatus, WaitOptions,
};

/// A disk, and the size that it shall have.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiskSize {
    /// The disk, by id.
    pub disk: DiskRef,
    /// In GB, as [`DiskArguments::size_in_gb`](crate::DiskArguments::size_in_gb).
    #[serde(deserialize_with = "disk_size")]
    pub size_in_gb: u64,
}

/// See [`Client::ensure_disk_sizes`].
#[derive(Debug)]
pub struct EnsureDiskSizes {
    method: Option<ResizeMethod>,
    /// The size that each disk shall have, by its id.
    wanted: Mutex<HashMap<String, u64>>,
    /// What a list has shown before anything was begun, by the disk's id.
    before: OnceLock<HashMap<String, Listed>>,
    look_cost: AtomicUsize,
}

impl EnsureDiskSizes {
    /// Resizes by this method; `None` is offline. See [`Client::ensure_disk_size`].
    pub fn new(method: Option<ResizeMethod>) -> EnsureDiskSizes {
        EnsureDiskSizes {
            method,
            wanted: Mutex::default(),
            before: OnceLock::new(),
            look_cost: AtomicUsize::new(usize::MAX),
        }
    }

    fn wanted(&self) -> MutexGuard<'_, HashMap<String, u64>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_size(&self, id: &str, size: Option<u64>, state: Option<&DiskState>) -> bool {
        // A disk that is being resized has its old size (recorded) and will have another one.
        size.is_some()
            && size == self.wanted().get(id).copied()
            && state != Some(&DiskState::Resizing)
    }
}

impl Work for EnsureDiskSizes {
    type Spec = DiskSize;
    const NAME: &'static str = "ensure_disk_sizes";
    const DEED: Deed = Deed::Resized;
    const BATCH: Option<usize> = None;

    fn label(&self, spec: &DiskSize) -> (Option<String>, Option<String>) {
        (None, Some(spec.disk.value().to_owned()))
    }

    fn check(&self, client: &Client, spec: &DiskSize) -> Result<()> {
        Bounds::DISK_SIZE.check("size_in_gb", Some(spec.size_in_gb))?;
        client.request_of(&GetDisk::new(&spec.disk))?;
        let id = spec.disk.value();
        // The first one's size stays the one that is waited for.
        match self.wanted().entry(id.to_owned()) {
            Entry::Vacant(entry) => drop(entry.insert(spec.size_in_gb)),
            Entry::Occupied(_) => {
                let text = format!("disk {id} comes twice: give it one size");
                return Err(Error::invalid_argument(text));
            }
        }
        Ok(())
    }

    fn prepare(&self, caller: &Caller<'_>, _: &DiskSize, total: Option<usize>) -> Result<()> {
        let mut before = HashMap::new();
        let cost = look_at_all(caller, total, |disk, json| {
            before.insert(disk.id.to_string(), Listed::new(disk, json));
            ControlFlow::Continue(())
        })?;
        self.look_cost.store(cost, Ordering::Relaxed);
        self.before.get_or_init(|| before);
        Ok(())
    }

    fn hint(&self, counts: &FleetCounts) -> Option<String> {
        (!counts.is_complete())
            .then(|| "the same call again resizes only those that do not have the size".to_owned())
    }

    fn look_cost(&self) -> usize {
        self.look_cost.load(Ordering::Relaxed)
    }

    fn begin(&self, caller: &Caller<'_>, index: usize, spec: &DiskSize) -> Result<Begun> {
        let id = spec.disk.value();
        let listed = self.before.get().and_then(|before| before.get(id));
        if let Some(listed) = listed.filter(|it| it.is_built()) {
            if self.has_size(id, listed.size_in_gb, listed.state.as_ref()) {
                return Ok(Begun::Done {
                    id: id.to_owned(),
                    response: listed.response(),
                    existed: true,
                });
            }
        }
        let mut workflow = EnsureDiskSize::new(spec.disk.clone(), spec.size_in_gb);
        workflow.method = self.method;
        let mut options = WaitOptions { timeout: caller.patience.left(), progress: None };
        let (response, is_started) = workflow.begin(caller.client, &mut options)?;
        if !is_started {
            return Ok(Begun::Done { id: id.to_owned(), response, existed: true });
        }
        let DiskTask { disk, task, .. } = response.decode()?;
        Ok(Begun::Pending(Pending {
            index,
            id: disk.id,
            name: disk.name,
            task: Some(task.id),
            existed: false,
            since: Instant::now(),
        }))
    }

    fn look(&self, caller: &Caller<'_>, _: usize, wanted: &Wanted) -> Result<Look> {
        look_for(caller, &all_disks(), wanted, |disk, json| {
            match self.has_size(&disk.id, disk.size_in_gb, disk.state.as_ref()) {
                true => Seen::Done(response_of(json)),
                false => Seen::NotYet,
            }
        })
    }

    fn read(&self, caller: &Caller<'_>, pending: &Pending) -> Result<Seen> {
        let response = caller.send(&GetDisk::new(DiskRef::by("id", pending.id.clone())))?;
        let disk = response.decode_in_time::<DiskAndAnnotations>()?.into_disk();
        if self.has_size(&pending.id, disk.size_in_gb, disk.state.as_ref()) {
            return Ok(Seen::Done(response));
        }
        if pending.task.is_none() {
            return Ok(Seen::NotYet);
        }
        let task = poll(caller, pending)?;
        let is_being_resized = disk.state == Some(DiskState::Resizing);
        if task.status == Some(TaskStatus::Completed) && !is_being_resized {
            let wanted = self.wanted().get(pending.id.as_str()).copied();
            let hint = wanted.and_then(|wanted| hint::of_size(disk.size_in_gb, wanted));
            return no_effect_after(EFFECT, &task, pending, "the size stayed")
                .map_err(|error| error.with_hint(hint));
        }
        Ok(Seen::NotYet)
    }
}

impl Client {
    /// Gives many disks their sizes as [`Client::ensure_disk_size`] does for one, and waits for all together:
    /// one list shows 200 of them. `on_result` is called on this thread with each disk as it completes;
    /// `ControlFlow::Break` ends the call.
    ///
    /// Sends `GET /organizations/organization/disks`, for each disk that has another size `GET /disks/disk`
    /// (and `GET /virtual_machines/virtual_machine` where it might be about to be attached) and
    /// `PUT /disks/disk/resize`; then `GET /tasks/task` for one of them and the list again until the sizes
    /// show. Where that takes fewer requests it reads disks one by one. All disks are of the client's
    /// organization.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// use katapult_disk::{DiskSize, FleetOptions};
    /// use std::ops::ControlFlow;
    ///
    /// let sizes = ["disk_Ot5Ne8Dk2Sw7Vh1R", "disk_Uy2Wq9Lm4Zx6Bn3C"]
    ///     .map(|id| DiskSize { disk: id.into(), size_in_gb: 40 });
    /// let counts = client.ensure_disk_sizes(sizes, None, FleetOptions::default(), |result| {
    ///     println!("{:?}", result.disk());
    ///     ControlFlow::Continue(())
    /// })?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::create_disks`]; those of a disk are as of [`Client::ensure_disk_size`].
    pub fn ensure_disk_sizes(
        &self,
        sizes: impl IntoIterator<Item = DiskSize>,
        method: Option<ResizeMethod>,
        options: FleetOptions<'_>,
        on_result: impl FnMut(FleetResult) -> ControlFlow<()>,
    ) -> Result<FleetCounts> {
        options.refuse_name()?;
        self.run_fleet(EnsureDiskSizes::new(method), sizes.into_iter().map(Ok), options, on_result)
    }
}
