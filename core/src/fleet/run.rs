//! A fleet within one call.

use std::ops::ControlFlow;
use std::thread::{self, ScopedJoinHandle};

use super::work::FleetWork;
use crate::{
    Client, Error, Fleet, FleetCounts, FleetOptions, FleetResult, FleetStep, Outcome, Result,
};

impl Client {
    /// Runs a fleet: its threads live within this call, and `on_result` is called on this thread. An error among
    /// the specs, of one that could not be read, is that disk's result.
    ///
    /// [`create_disks`](Client::create_disks) and its like are easier to use.
    ///
    /// # Errors
    /// What ends the whole fleet, as of [`Client::create_disks`].
    pub fn run_fleet<W: FleetWork>(
        &self,
        work: W,
        specs: impl IntoIterator<Item = Result<<W as FleetWork>::Spec>>,
        mut options: FleetOptions<'_>,
        mut on_result: impl FnMut(FleetResult) -> ControlFlow<()>,
    ) -> Result<FleetCounts> {
        let client = &self.as_one_call();
        let mut specs = specs.into_iter();
        let total = match specs.size_hint() {
            (least, Some(most)) if least == most => Some(most),
            _ => None,
        };
        let fleet = &Fleet::new(work, &options, total)?;
        let ended = thread::scope(|scope| {
            let mut end = EndOfFleet { fleet, threads: Vec::new() };
            end.threads = fleet.spawn_each(|builder, may_begin| {
                builder.spawn_scoped(scope, move || fleet.serve(client, may_begin))
            })?;
            loop {
                match fleet.step(client)? {
                    FleetStep::Wants(count) => {
                        let mut given = 0;
                        for spec in specs.by_ref().take(count) {
                            match spec {
                                Ok(spec) => fleet.offer(client, spec),
                                Err(error) => fleet.offer_mistake(None, error),
                            }
                            given += 1;
                        }
                        if given < count {
                            fleet.no_more();
                        }
                    }
                    FleetStep::Result(result) => {
                        if on_result(result).is_break() {
                            let text = "the result function stopped the fleet";
                            return Err(Error::interrupted(Outcome::NotSent, text));
                        }
                    }
                    FleetStep::Progress(counts) => {
                        options.progress.as_mut().map_or(Ok(()), |progress| progress(&counts))?;
                    }
                    FleetStep::End => return Ok(()),
                }
            }
        });
        let counts = fleet.end();
        ended.map(|()| counts).map_err(|error| fleet.explain(self, error))
    }
}

/// Stops a fleet whose caller leaves, also by a panic: its scope would wait for its threads forever. And it would
/// wait for what they do only, not for their end.
struct EndOfFleet<'f, 's, W: FleetWork> {
    fleet: &'f Fleet<W>,
    threads: Vec<ScopedJoinHandle<'s, ()>>,
}

impl<W: FleetWork> Drop for EndOfFleet<'_, '_, W> {
    fn drop(&mut self) {
        self.fleet.stop();
        for thread in self.threads.drain(..) {
            // Their panics are caught, and told as the fleet's error.
            let _ = thread.join();
        }
    }
}
