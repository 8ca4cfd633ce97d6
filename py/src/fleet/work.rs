//! The core's fleets, whatever they do.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use katapult_disk::{
    Client, Error, Fleet, FleetCounts, FleetOptions, FleetResult, FleetStep, FleetWork, Result,
};
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use super::specs::Mistake;
use crate::errors::exception;

/// How a fleet is to be run: the arguments that all have.
pub(crate) struct Request {
    /// The call's name.
    pub(crate) call: &'static str,
    /// What is done with a disk, in one word, for people.
    pub(crate) deed: &'static str,
    pub(crate) share: f64,
    pub(crate) threads: usize,
    pub(crate) timeout: Option<Duration>,
}

impl Request {
    /// Of a call that only waits.
    pub(crate) fn waiting(call: &'static str, timeout: Option<Duration>) -> Request {
        let FleetOptions { share, threads, .. } = FleetOptions::default();
        Request { call, deed: "built", share, threads, timeout }
    }
}

/// What the fleet works on.
pub(crate) struct Specs<'py> {
    pub(crate) items: Bound<'py, PyIterator>,
    /// How many there are, if that is known.
    pub(crate) total: Option<usize>,
}

/// A fleet, whatever it does.
pub(super) trait AnyFleet: Send + Sync {
    fn start(&self, client: &Client) -> Result<Vec<JoinHandle<()>>>;
    fn step(&self, client: &Client) -> Result<FleetStep>;

    /// Reads an item of the specs, and takes it. What is wrong with it is its result.
    ///
    /// # Errors
    /// What the item's own code raises.
    fn offer(&self, client: &Client, place: usize, item: &Bound<'_, PyAny>) -> PyResult<()>;
    fn no_more(&self);
    fn stop(&self);
    fn end(&self) -> FleetCounts;
    fn explain(&self, client: &Client, error: Error) -> Error;
    fn take_unfinished(&self) -> Vec<FleetResult>;
    fn counts(&self) -> FleetCounts;
}

struct Reading<W: FleetWork, R> {
    fleet: Arc<Fleet<W>>,
    read: R,
}

/// A fleet whose specs are read by this function, which is told the place of each.
pub(super) fn fleet<W, R>(
    py: Python<'_>,
    request: &Request,
    total: Option<usize>,
    work: W,
    read: R,
) -> PyResult<Box<dyn AnyFleet>>
where
    W: FleetWork + 'static,
    <W as FleetWork>::Spec: 'static,
    R: Fn(usize, &Bound<'_, PyAny>) -> std::result::Result<<W as FleetWork>::Spec, Mistake>
        + Send
        + Sync
        + 'static,
{
    let &Request { share, threads, timeout, .. } = request;
    let options = FleetOptions { share, threads, timeout, ..FleetOptions::default() };
    let fleet = Fleet::new(work, &options, total).map_err(|error| exception(py, error))?;
    Ok(Box::new(Reading { fleet: Arc::new(fleet), read }))
}

impl<W, R> AnyFleet for Reading<W, R>
where
    W: FleetWork + 'static,
    <W as FleetWork>::Spec: 'static,
    R: Fn(usize, &Bound<'_, PyAny>) -> std::result::Result<<W as FleetWork>::Spec, Mistake>
        + Send
        + Sync,
{
    fn start(&self, client: &Client) -> Result<Vec<JoinHandle<()>>> {
        self.fleet.start(client)
    }

    fn step(&self, client: &Client) -> Result<FleetStep> {
        self.fleet.step(client)
    }

    fn offer(&self, client: &Client, place: usize, item: &Bound<'_, PyAny>) -> PyResult<()> {
        match (self.read)(place, item) {
            Ok(spec) => self.fleet.offer(client, spec),
            Err(Mistake::Spec { name, text }) => {
                self.fleet.offer_mistake(name, Error::invalid_argument(text));
            }
            Err(Mistake::Raised(error)) => return Err(error),
        }
        Ok(())
    }

    fn no_more(&self) {
        self.fleet.no_more();
    }

    fn stop(&self) {
        self.fleet.stop();
    }

    fn end(&self) -> FleetCounts {
        self.fleet.end()
    }

    fn explain(&self, client: &Client, error: Error) -> Error {
        self.fleet.explain(client, error)
    }

    fn take_unfinished(&self) -> Vec<FleetResult> {
        self.fleet.take_unfinished()
    }

    fn counts(&self) -> FleetCounts {
        self.fleet.counts()
    }
}
