//! What a fleet does with each of its disks.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use compact_str::CompactString;

use super::counts::Deed;
use crate::poll::Patience;
use crate::{ApiResponse, Client, Error, FleetCounts, Operation, Outcome, Result, Status, Task};

/// What a fleet does with each of its disks. Only this crate can implement it.
pub trait FleetWork: Send + Sync + sealed::Work<Spec = <Self as FleetWork>::Spec> {
    /// What is given for each disk.
    type Spec: Send;
}

impl<W: sealed::Work> FleetWork for W {
    type Spec = <W as sealed::Work>::Spec;
}

pub(super) mod sealed {
    use super::*;

    /// See [`FleetWork`](super::FleetWork).
    pub trait Work: Send + Sync {
        /// What is given for each disk.
        type Spec: Send;

        /// The call's name in Rust and Python.
        const NAME: &'static str;

        /// As what its disks are counted.
        const DEED: Deed;

        /// The name and the id of the disk, as far as the spec tells them.
        fn label(&self, spec: &Self::Spec) -> (Option<String>, Option<String>);

        /// Finds mistakes in a spec, without I/O. Called in the order of the specs.
        fn check(&self, client: &Client, spec: &Self::Spec) -> Result<()>;

        /// Runs before anything is begun, and again after [`Begun::AfterAnotherLook`]. An error ends the fleet.
        /// `total` is the number of specs, if it is known.
        fn prepare(
            &self,
            caller: &Caller<'_>,
            first: &Self::Spec,
            total: Option<usize>,
        ) -> Result<()>;

        /// How many disks one look shows; `None` is all of the fleet.
        const BATCH: Option<usize>;

        /// What may help who sees the fleet end too early.
        fn hint(&self, counts: &FleetCounts) -> Option<String>;

        /// How many requests a look at a batch takes.
        fn look_cost(&self) -> usize;

        /// Sends what starts the change.
        fn begin(&self, caller: &Caller<'_>, index: usize, spec: &Self::Spec) -> Result<Begun>;

        /// Looks at all of a batch by a list.
        fn look(&self, caller: &Caller<'_>, batch: usize, wanted: &Wanted) -> Result<Look>;

        /// Reads one disk. An error is the disk's result, unless it may pass.
        fn read(&self, caller: &Caller<'_>, pending: &Pending) -> Result<Seen>;
    }
}

/// Makes the requests of a fleet's thread.
pub struct Caller<'a> {
    pub(super) client: &'a Client,
    pub(super) patience: Patience,
}

impl Caller<'_> {
    pub(super) fn send<O: Operation>(&self, operation: &O) -> Result<ApiResponse> {
        self.client.send_until(operation, self.patience.request_deadline())
    }

    pub(super) fn call<O: Operation>(&self, operation: &O) -> Result<O::Output> {
        self.send(operation)?.decode_in_time()
    }
}

/// What has come of beginning with a disk.
#[derive(Debug)]
pub enum Begun {
    /// Nothing is left to wait for.
    Done { id: String, response: ApiResponse, existed: bool },
    /// The service is at work on it.
    Pending(Pending),
    /// Nothing was sent: what is there has to be looked at again, not before this time.
    AfterAnotherLook(Instant),
}

/// A disk that the service is at work on.
#[derive(Clone, Debug)]
pub struct Pending {
    pub(super) index: usize,
    pub(super) id: CompactString,
    pub(super) name: Option<CompactString>,
    /// The id of its task.
    pub(super) task: Option<CompactString>,
    /// Whether it was begun by an earlier call.
    pub(super) existed: bool,
    pub(super) since: Instant,
}

/// What a look at a batch wants to know.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub(super) ids: Vec<CompactString>,
    /// The names of disks whose creation may have happened.
    pub(super) lost: Vec<String>,
}

/// What a look at a batch has shown.
#[derive(Debug, Default)]
pub struct Look {
    /// By the disk's id.
    pub(super) seen: HashMap<CompactString, Seen>,
    /// The ids of disks whose creation had happened, by name.
    pub(super) found: HashMap<String, CompactString>,
}

/// How a disk was seen.
#[derive(Debug)]
pub enum Seen {
    /// As wished: the result's response.
    Done(ApiResponse),
    NotYet,
    /// Only reading it alone tells.
    Unclear,
}

/// What to say of a disk whose task has completed without the effect that was wished: it may still come.
pub(super) fn no_effect_after(
    effect: Duration,
    task: &Task,
    pending: &Pending,
    what: &str,
) -> Result<Seen> {
    // By this machine's clock it has been longer.
    let has_taken = task.finished_at.zip(task.created_at).map(|(end, start)| end - start);
    let has_taken = Duration::from_secs(has_taken.unwrap_or(0).try_into().unwrap_or(0));
    if pending.since.elapsed() < has_taken + effect {
        return Ok(Seen::NotYet);
    }
    let text = format!(
        "the task completed, but of disk {} {what}; check it before you repeat",
        pending.id
    );
    Err(Error::new(Status::NoEffect, Outcome::Unknown, text))
}
