//! Runs a fleet on the thread that iterates over its results.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread::{self, JoinHandle, ThreadId};

use katapult_disk::{Client, Error, FleetCounts, FleetResult, FleetStep, FleetWork, Outcome, fork};
use pyo3::exceptions::{PyRuntimeError, PyStopIteration};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use super::specs::Mistake;
use super::work::{self, AnyFleet, Request, Specs};
use crate::arguments::Argument;
use crate::errors::{exception, invalid_argument};
use crate::handle::{Handle, detached};
use crate::wait::Progress;
use crate::{log, shutdown};

/// A fleet, its specs, and its threads.
///
/// A forked child takes none of the locks, and none is held while Python code runs but that of the thread that
/// iterates.
pub(super) struct Driver {
    pub(super) call: &'static str,
    fleet: Box<dyn AnyFleet>,
    client: Client,
    /// Which process it belongs to ([`fork::generation`]).
    process: u32,
    is_started: AtomicBool,
    /// A thread that does not iterate holds `hands`, to end it.
    is_closing: AtomicBool,
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// The thread that takes the results.
    taker: Mutex<Option<ThreadId>>,
    /// What that thread is told when another one has ended the fleet between two results.
    cut: Mutex<Option<Error>>,
    /// Of the thread that iterates, which never waits for it.
    hands: Mutex<Hands>,
    ended: OnceLock<Ended>,
}

/// What only the thread that iterates may use.
struct Hands {
    specs: Option<Py<PyIterator>>,
    /// How many specs were taken.
    taken: usize,
    progress: Progress,
}

pub(super) struct Ended {
    counts: FleetCounts,
    /// What was under way.
    pub(super) unfinished: Vec<FleetResult>,
}

/// Why a fleet ends before all of its results were given.
enum Stop {
    Failed(Error),
    /// An exception of the program's, and where it came from.
    Raised(PyErr, &'static str),
}

impl Driver {
    /// A fleet that has not begun. `name` is what `progress=True` calls it.
    pub(super) fn new<'py, W, R>(
        py: Python<'py>,
        handle: &Handle<Client>,
        request: &Request,
        specs: Specs<'py>,
        (name, progress): (&str, Argument<'_, 'py>),
        work: W,
        read: R,
    ) -> PyResult<Driver>
    where
        W: FleetWork + 'static,
        <W as FleetWork>::Spec: 'static,
        R: Fn(usize, &Bound<'_, PyAny>) -> Result<<W as FleetWork>::Spec, Mistake>
            + Send
            + Sync
            + 'static,
    {
        let client = handle.open(py)?.as_one_call();
        let line = (name, request.deed, specs.total);
        Ok(Driver {
            call: request.call,
            fleet: work::fleet(py, request, specs.total, work, read)?,
            client,
            process: fork::generation(),
            is_started: AtomicBool::new(false),
            is_closing: AtomicBool::new(false),
            threads: Mutex::default(),
            taker: Mutex::default(),
            cut: Mutex::default(),
            hands: Mutex::new(Hands {
                specs: Some(specs.items.unbind()),
                taken: 0,
                progress: Progress::new(py, progress, "FleetLine", line)?,
            }),
            ended: OnceLock::new(),
        })
    }

    /// Makes the fleet's threads, if it has none yet.
    pub(super) fn start(&self, py: Python<'_>) -> PyResult<()> {
        self.require_own_process(py)?;
        log::refuse_in_handler(py)?;
        let _hands = self.hands(py)?;
        self.make_threads(py)
    }

    /// What has come of the next disk; `None` when all were given, or the fleet has ended.
    pub(super) fn next(&self, py: Python<'_>) -> PyResult<Option<FleetResult>> {
        self.require_own_process(py)?;
        log::refuse_in_handler(py)?;
        if self.ended().is_some() {
            return self.after_end(py);
        }
        *moment(&self.taker) = Some(thread::current().id());
        let mut hands = match self.hands(py) {
            Err(_) if self.is_closing.load(Relaxed) => {
                py.detach(|| drop(self.hands.lock()));
                return self.after_end(py);
            }
            hands => hands?,
        };
        self.make_threads(py)?;
        match self.advance(py, &mut hands) {
            Ok(Some(result)) => Ok(Some(result)),
            Ok(None) => self.finish(py, hands).map(|()| None),
            Err(stop) => Err(self.fail(py, hands, stop)),
        }
    }

    /// Nothing comes any more. A thread whose results another one has cut off is told so, once.
    fn after_end(&self, py: Python<'_>) -> PyResult<Option<FleetResult>> {
        let cut = moment(&self.cut).take();
        cut.map_or(Ok(None), |error| Err(exception(py, error)))
    }

    /// Ends the fleet, and its threads. A thread that iterates over it notices that.
    pub(super) fn close(&self, py: Python<'_>) -> PyResult<()> {
        if self.is_of_parent() || self.ended().is_some() {
            return Ok(());
        }
        // A thread of the fleet, on which the handler may run, cannot wait for itself.
        log::refuse_in_handler(py)?;
        self.is_started.store(true, Relaxed);
        match self.hands(py) {
            Ok(hands) => {
                self.is_closing.store(true, Relaxed);
                let taker = *moment(&self.taker);
                let cuts = taker.is_some_and(|taker| taker != thread::current().id());
                self.end(py, hands, |fleet| {
                    if cuts {
                        let text = "another thread has closed the fleet";
                        let error = Error::interrupted(Outcome::NotSent, text);
                        *moment(&self.cut) = Some(fleet.explain(&self.client, error));
                    }
                })
            }
            Err(_) => {
                self.end_threads(py);
                self.fleet.end();
                Ok(())
            }
        }
    }

    pub(super) fn counts(&self, py: Python<'_>) -> PyResult<FleetCounts> {
        match self.ended() {
            Some(ended) => Ok(ended.counts),
            None => {
                self.require_own_process(py)?;
                Ok(self.fleet.counts())
            }
        }
    }

    pub(super) fn ended(&self) -> Option<&Ended> {
        self.ended.get()
    }

    /// Whether nobody has begun to iterate, or ended it.
    pub(super) fn is_untouched(&self) -> bool {
        !self.is_started.load(Relaxed) && !self.is_of_parent()
    }

    pub(super) fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        match self.hands.try_lock() {
            Ok(hands) => {
                visit.call(&hands.specs)?;
                visit.call(hands.progress.function())
            }
            // Somebody uses it, so it is no garbage.
            Err(_) => Ok(()),
        }
    }

    fn is_of_parent(&self) -> bool {
        fork::generation() != self.process
    }

    fn require_own_process(&self, py: Python<'_>) -> PyResult<()> {
        if self.is_of_parent() {
            let text = format!(
                "the {} belongs to the process that has started it; a forked child has none of its threads",
                self.call
            );
            return Err(invalid_argument(py, text));
        }
        Ok(())
    }

    fn hands(&self, py: Python<'_>) -> PyResult<MutexGuard<'_, Hands>> {
        match self.hands.try_lock() {
            Ok(hands) => Ok(hands),
            Err(TryLockError::Poisoned(poisoned)) => Ok(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => {
                let text = format!(
                    "the {} is being iterated over already, by another thread or by a call within its own: \
                     let one thread take all results",
                    self.call
                );
                Err(invalid_argument(py, text))
            }
        }
    }

    fn make_threads(&self, py: Python<'_>) -> PyResult<()> {
        if !self.is_started.swap(true, Relaxed) {
            let made = self.fleet.start(&self.client).map_err(|error| exception(py, error))?;
            py.detach(|| self.threads().extend(made));
        }
        Ok(())
    }

    fn end_threads(&self, py: Python<'_>) {
        // Without the interpreter, which they may be waiting for.
        py.detach(|| {
            self.fleet.stop();
            // They have no result, and catch panics themselves.
            self.threads().drain(..).for_each(|thread| drop(thread.join()));
        });
    }

    /// Locked until they have ended, since nobody may say before that they have. Never to be waited for with the
    /// interpreter.
    fn threads(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn advance(&self, py: Python<'_>, hands: &mut Hands) -> Result<Option<FleetResult>, Stop> {
        loop {
            let step = detached(py, || Ok(self.fleet.step(&self.client)))
                .map_err(|error| Stop::Raised(error, "a log handler"))?;
            match step.map_err(Stop::Failed)? {
                FleetStep::Wants(count) => {
                    self.feed(py, hands, count)
                        .map_err(|error| Stop::Raised(error, "what gives the disks"))?;
                }
                FleetStep::Result(result) => return Ok(Some(result)),
                FleetStep::Progress(counts) => {
                    show(py, &hands.progress, counts)
                        .map_err(|error| Stop::Raised(error, "the progress function"))?;
                }
                FleetStep::End => return Ok(None),
            }
        }
    }

    /// Takes as many specs as the fleet wants now.
    fn feed(&self, py: Python<'_>, hands: &mut Hands, count: usize) -> PyResult<()> {
        for _ in 0..count {
            let mut specs = hands.specs.as_ref().map(|specs| specs.bind(py).clone());
            let item = shutdown::visit(py, || specs.as_mut().and_then(Iterator::next).transpose())?;
            let Some(item) = item else {
                self.fleet.no_more();
                return Ok(());
            };
            self.fleet.offer(&self.client, hands.taken, &item)?;
            hands.taken += 1;
        }
        Ok(())
    }

    /// Ends the threads, and notes what they leave.
    fn finish(&self, py: Python<'_>, hands: MutexGuard<'_, Hands>) -> PyResult<()> {
        self.end(py, hands, |_| ())
    }

    /// The exception of a fleet that has ended too early, with what is known of it.
    fn fail(&self, py: Python<'_>, hands: MutexGuard<'_, Hands>, stop: Stop) -> PyErr {
        let (error, raised) = match stop {
            Stop::Failed(error) => (error, None),
            Stop::Raised(raised, whose) => {
                let text = format!("{whose} raised an exception");
                (Error::interrupted(Outcome::NotSent, text), Some(raised))
            }
        };
        let explained = self.end(py, hands, |fleet| fleet.explain(&self.client, error));
        let failure = explained.map_or_else(|failure| failure, |error| exception(py, error));
        let Some(raised) = raised else {
            return failure;
        };
        if raised.is_instance_of::<PyStopIteration>(py) {
            // It would look like the end of the results.
            let error = PyRuntimeError::new_err("StopIteration was raised while a fleet ran");
            error.set_cause(py, Some(raised));
            return error;
        }
        if raised.cause(py).is_none() {
            raised.set_cause(py, Some(failure));
        }
        raised
    }

    fn end<T>(
        &self,
        py: Python<'_>,
        mut hands: MutexGuard<'_, Hands>,
        explain: impl FnOnce(&dyn AnyFleet) -> T,
    ) -> PyResult<T> {
        let fleet = &*self.fleet;
        self.end_threads(py);
        let counts = fleet.end();
        let explained = explain(fleet);
        let unfinished = fleet.take_unfinished();
        self.ended.get_or_init(|| Ended { counts, unfinished });
        let specs = hands.specs.take();
        let progress = std::mem::take(&mut hands.progress);
        drop(hands);
        // Last, since both may run Python code.
        drop(specs);
        if progress.is_own() {
            show(py, &progress, counts)?;
        }
        progress.finish(py)?;
        Ok(explained)
    }
}

/// A lock that is held for a moment only.
fn moment<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn show(py: Python<'_>, progress: &Progress, counts: FleetCounts) -> PyResult<()> {
    let Some(function) = progress.function() else { return Ok(()) };
    let counts = super::FleetCounts::from(counts);
    shutdown::visit(py, || function.call1(py, (counts,)).map(drop))
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Its threads end by themselves: to wait for them here could be forever, since they may be waiting
        // for the interpreter.
        if !self.is_of_parent() && self.ended().is_none() {
            self.fleet.stop();
        }
    }
}
