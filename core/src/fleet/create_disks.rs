//! Create many disks.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::building;
use super::counts::Deed;
use super::existing::Existing;
use super::given::Given;
use super::listed::{PAGE, each_item, glance};
use super::work::sealed::Work;
use super::work::{Begun, Caller, Look, Pending, Seen, Wanted};
use serde_json::Value;

use crate::workflow::EFFECT;
use crate::{
    Annotations, Client, CreateDisk, DiskRef, DiskTask, Error, FleetCounts, FleetOptions,
    FleetResult, GetDisk, ListDisks, OrganizationRef, Result, Status,
};

/// See [`Client::create_disks`].
#[derive(Debug)]
pub struct CreateDisks {
    fleet: String,
    /// The fleet's name was made up just now, so that no disk has it yet.
    is_new: bool,
    /// Whose disks they are: what the first one says, and how it is sent.
    organization: OnceLock<(Option<OrganizationRef>, Option<Value>)>,
    names: Given,
    existing: Mutex<Looked>,
}

/// What a look at the fleet has shown before anything was begun.
#[derive(Debug, Default)]
struct Looked {
    disks: Existing,
    /// When it was looked at first.
    since: Option<Instant>,
    is_settled: bool,
}

/// How long what a killed process has sent may take to arrive and to show in a list. So long after the first
/// look at a fleet that is there in part, another one tells what is missing.
const SETTLES: Duration = Duration::from_secs(3);

impl CreateDisk {
    /// The annotation that holds the name of a disk's fleet.
    pub const FLEET_ANNOTATION: &'static str = "katapult_disk_fleet";

    /// The annotation that one list shows a batch of a fleet by: `<fleet>:<number>`.
    pub const BATCH_ANNOTATION: &'static str = "katapult_disk_batch";
}

/// In bytes.
const LONGEST_NAME: usize = 200;

impl CreateDisks {
    /// A fleet of this name, or of a new one.
    ///
    /// # Errors
    /// `InvalidArgument` for a name that is empty or too long or has control characters.
    pub fn new(fleet: Option<String>) -> Result<CreateDisks> {
        let is_new = fleet.is_none();
        let fleet = fleet.unwrap_or_else(|| format!("fleet-{:016x}", fastrand::u64(..)));
        if fleet.is_empty() || fleet.len() > LONGEST_NAME || fleet.chars().any(char::is_control) {
            return Err(Error::invalid_argument(format!(
                "fleet must have 1 to {LONGEST_NAME} bytes and no control characters"
            )));
        }
        Ok(CreateDisks {
            fleet,
            is_new,
            organization: OnceLock::new(),
            names: Given::default(),
            existing: Mutex::default(),
        })
    }

    /// The fleet's name, given or made up.
    pub fn fleet(&self) -> &str {
        &self.fleet
    }

    fn existing(&self) -> MutexGuard<'_, Looked> {
        self.existing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn batch(&self, number: usize) -> String {
        format!("{}:{number}", self.fleet)
    }

    fn list(&self, annotation: &str, value: &str) -> ListDisks {
        ListDisks {
            organization: self.organization.get().and_then(|(given, _)| given.clone()),
            annotations: Some(Annotations::from([(annotation, value)])),
            page: None,
            per_page: Some(PAGE),
        }
    }

    /// Whether a list by an annotation that no disk has is empty. Nothing recorded proves that the filter
    /// works.
    fn require_filter(&self, caller: &Caller<'_>) -> Result<()> {
        let unknown = match self.is_new {
            true => self.fleet.clone(),
            false => format!("{}?{:016x}", self.fleet, fastrand::u64(..)),
        };
        let mut is_ignored = false;
        let list = self.list(CreateDisk::FLEET_ANNOTATION, &unknown);
        glance(caller, &list, |_, _, _| {
            is_ignored = true;
            ControlFlow::Break(())
        })?;
        if is_ignored {
            return Err(filter_is_ignored());
        }
        Ok(())
    }

    fn find_existing(&self, caller: &Caller<'_>) -> Result<Existing> {
        let mut existing = Existing::default();
        each_item(caller, self.list(CreateDisk::FLEET_ANNOTATION, &self.fleet), |disk, json| {
            existing.note(disk, json);
        })?;
        Ok(existing)
    }

    /// The spec, with what makes the disk be found.
    fn marked(&self, index: usize, create: &CreateDisk) -> CreateDisk {
        let batch = self.batch(index / PAGE as usize);
        let marks =
            [(CreateDisk::FLEET_ANNOTATION, &*self.fleet), (CreateDisk::BATCH_ANNOTATION, &*batch)];
        let own = create.annotations.iter().flat_map(Annotations::iter);
        CreateDisk { annotations: Some(own.chain(marks).collect()), ..create.clone() }
    }

    /// Whether a disk of that name really is of this fleet.
    fn is_own(&self, caller: &Caller<'_>, id: &str) -> Result<bool> {
        let disk = caller.call(&GetDisk::new(DiskRef::by("id", id)))?.into_disk();
        let fleet = disk.annotations.as_ref().and_then(|all| all.get(CreateDisk::FLEET_ANNOTATION));
        Ok(fleet == Some(&self.fleet))
    }
}

impl Work for CreateDisks {
    type Spec = CreateDisk;
    const NAME: &'static str = "create_disks";
    const DEED: Deed = Deed::Created;
    const BATCH: Option<usize> = Some(PAGE as usize);

    fn label(&self, spec: &CreateDisk) -> (Option<String>, Option<String>) {
        (spec.properties.name.clone(), None)
    }

    fn check(&self, client: &Client, spec: &CreateDisk) -> Result<()> {
        if spec.idempotency_key.is_some() {
            return Err(Error::invalid_argument(
                "idempotency_key is not for the disks of a fleet: the fleet and the name of a disk do what it does",
            ));
        }
        let own = spec.annotations.as_ref();
        for mark in [CreateDisk::FLEET_ANNOTATION, CreateDisk::BATCH_ANNOTATION] {
            if own.is_some_and(|annotations| annotations.get(mark).is_some()) {
                return Err(Error::invalid_argument(format!(
                    "annotations has {mark}, which the fleet sets itself: leave it out"
                )));
            }
        }
        let own = client.arguments(spec)?.remove("organization");
        let (_, of_first) =
            self.organization.get_or_init(|| (spec.organization.clone(), own.clone()));
        if *of_first != own {
            return Err(Error::invalid_argument(
                "organization is another one than that of the fleet's first disk: make a fleet for each",
            ));
        }
        let name = spec.properties.name.as_deref().unwrap_or_default();
        if !self.names.note(name) {
            return Err(Error::invalid_argument(format!(
                "name {name:?} comes twice: names must be unique within a fleet"
            )));
        }
        Ok(())
    }

    fn prepare(&self, caller: &Caller<'_>, _: &CreateDisk, _: Option<usize>) -> Result<()> {
        let first_look = self.existing().since;
        let since = first_look.unwrap_or_else(Instant::now);
        if first_look.is_none() {
            self.require_filter(caller)?;
        }
        let disks = match self.is_new {
            true => Existing::default(),
            false => self.find_existing(caller)?,
        };
        let is_settled = first_look.is_some() || disks.is_empty();
        *self.existing() = Looked { disks, since: Some(since), is_settled };
        Ok(())
    }

    fn hint(&self, counts: &FleetCounts) -> Option<String> {
        (!counts.is_complete()).then(|| {
            format!(
                "the same call with fleet {:?} creates what is missing, and nothing twice",
                self.fleet
            )
        })
    }

    fn look_cost(&self) -> usize {
        1
    }

    fn begin(&self, caller: &Caller<'_>, index: usize, spec: &CreateDisk) -> Result<Begun> {
        let name = spec.properties.name.clone().unwrap_or_default();
        let existing = self.existing();
        if let Some(begun) = existing.disks.begun(&self.fleet, index, &name, spec) {
            return begun;
        }
        if let (false, Some(since)) = (existing.is_settled, existing.since) {
            return Ok(Begun::AfterAnotherLook(since + SETTLES));
        }
        drop(existing);
        let DiskTask { disk, task, .. } = caller.call(&self.marked(index, spec))?;
        Ok(Begun::Pending(Pending {
            index,
            id: disk.id,
            name: Some(name.into()),
            task: Some(task.id),
            existed: false,
            since: Instant::now(),
        }))
    }

    fn look(&self, caller: &Caller<'_>, batch: usize, wanted: &Wanted) -> Result<Look> {
        let mut left: HashSet<&str> = wanted.ids.iter().map(|id| id.as_str()).collect();
        let mut look = Look::default();
        let mut candidates = Vec::new();
        let list = self.list(CreateDisk::BATCH_ANNOTATION, &self.batch(batch));
        glance(caller, &list, |disk, json, _| {
            let name = disk.name.as_deref().unwrap_or_default();
            if left.remove(disk.id.as_str()) {
                let seen = building::listed(disk.state.as_ref(), json);
                look.seen.insert(disk.id, seen);
            } else if wanted.lost.iter().any(|lost| lost == name) {
                candidates.push((name.to_owned(), disk.id));
            }
            let is_all = left.is_empty() && candidates.len() == wanted.lost.len();
            if is_all { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        for (name, id) in candidates {
            if self.is_own(caller, &id)? {
                look.found.insert(name, id);
            }
        }
        Ok(look)
    }

    fn read(&self, caller: &Caller<'_>, pending: &Pending) -> Result<Seen> {
        match building::read(caller, pending) {
            // It may not show yet.
            Err(error)
                if error.status() == Status::DiskNotFound && pending.since.elapsed() < EFFECT =>
            {
                Ok(Seen::NotYet)
            }
            read => read,
        }
    }
}

fn filter_is_ignored() -> Error {
    Error::refused(
        "the service's list of disks does not heed the filter by annotation, so disks of a fleet cannot be \
         found; nothing was created",
    )
}

impl Client {
    /// Creates many disks at the pace that the service permits, and waits until they are built. `on_result`
    /// is called on this thread with each disk as it completes; `ControlFlow::Break` ends the call.
    ///
    /// A disk costs one request and a two hundredth: one task is polled, which tells when the others are due,
    /// and one list shows 200 of them. What other clients of the token send is left out of the fleet's share
    /// of the permitted rate.
    ///
    /// `specs` are taken as they are needed. Each name comes once. A mistake in one is that disk's result. The
    /// disks get two annotations, [`CreateDisk::FLEET_ANNOTATION`] and [`CreateDisk::BATCH_ANNOTATION`]: the
    /// same call with the same [`fleet`](FleetOptions::fleet) creates only what is missing, also after the
    /// process was killed.
    ///
    /// Sends `GET /organizations/organization/disks` with a filter that must give nothing, then with the
    /// fleet's; for each missing disk `POST /organizations/organization/disks`; `GET /tasks/task` for one of
    /// them; a `GET /organizations/organization/disks` for each 200; `GET /disks/disk` and `GET /tasks/task`
    /// for those that take unusually long or fail.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// use katapult_disk::{CreateDisk, FleetOptions};
    /// use std::ops::ControlFlow;
    ///
    /// let specs = (0..1000).map(|number| CreateDisk::new(format!("data-{number:04}"), 20));
    /// let options = FleetOptions { fleet: Some("order-4711".into()), ..FleetOptions::default() };
    /// let counts = client.create_disks(specs, options, |result| {
    ///     if let Err(error) = &result.response {
    ///         eprintln!("{:?}: {error}", result.name);
    ///     }
    ///     ControlFlow::Continue(())
    /// })?;
    /// println!("{} created, {} were there", counts.created, counts.existed);
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// What ends the whole fleet: `Refused` before anything is created if the service's list does not heed the
    /// filter; `TimedOut`, `Interrupted`; what the service says of the token and of the organization. Its
    /// `detail` has the `counts`, and `unfinished`, the disks of which it is not known what has come of them; its
    /// outcome is unknown as soon as the call has changed any disk, or may have.
    /// Disks that failed are no error of the call: see the counts.
    pub fn create_disks(
        &self,
        specs: impl IntoIterator<Item = CreateDisk>,
        mut options: FleetOptions<'_>,
        on_result: impl FnMut(FleetResult) -> ControlFlow<()>,
    ) -> Result<FleetCounts> {
        let work = CreateDisks::new(options.fleet.take())?;
        self.run_fleet(work, specs.into_iter().map(Ok), options, on_result)
    }
}
