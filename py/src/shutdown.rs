//! Keeps daemon threads from crashing the process while the interpreter shuts down.
//!
//! CPython before 3.14 ends a daemon thread when it next attaches to the interpreter, by unwinding its
//! stack. pyo3 prevents that in its own functions, but not in Python code that Rust has called: there
//! Rust's frames are unwound, and the process crashes. So all code that runs Python code is a *visit*.
//! Once shutdown begins, no other thread may begin a visit, and shutdown waits for running ones.
//!
//! There is no lock here, which a fork could leave locked.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use katapult_disk::fork;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often shutdown checks for visits: for about a second, since a progress function may hang. A
/// count instead of a clock, because on a busy machine visits take longer, too. A visit that goes on
/// after that may still crash the process.
const CHECKS: u32 = 1000;
const BETWEEN_CHECKS: Duration = Duration::from_millis(1);

/// How long a thread sleeps before it raises that it may no longer run Python code.
const STILL: Duration = Duration::from_secs(2);

/// The process whose interpreter is shutting down ([`fork::generation`], never zero); a forked child is
/// another one.
static ENDING: AtomicU32 = AtomicU32::new(0);

/// The number of visits in the low half, and their process ([`fork::generation`]) in the high half: a
/// forked child does not count its parent's visits.
static VISITS: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// Whether this thread is in a visit, which shutdown waits for, or performs the shutdown.
    static MAY_VISIT: Cell<bool> = const { Cell::new(false) };
}

/// Attaches the thread and runs Python code; `None` if that is no longer allowed.
pub(crate) fn attach<T>(visit: impl FnOnce(Python<'_>) -> T) -> Option<T> {
    let _visit = Visit::begin()?;
    Python::try_attach(visit)
}

/// Runs Python code on a thread that is attached.
///
/// # Errors
/// `RuntimeError` if that is no longer allowed. It is raised so late that the process has usually
/// ended, so that no traceback is printed.
pub(crate) fn visit<T>(py: Python<'_>, visit: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    if let Some(_visit) = Visit::begin() {
        return visit();
    }
    py.detach(|| thread::sleep(STILL));
    Err(refusal())
}

/// Raised without running Python code.
pub(crate) fn refusal() -> PyErr {
    PyRuntimeError::new_err("the interpreter is shutting down")
}

/// Makes the interpreter call [`end`] at shutdown.
pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let end = wrap_pyfunction!(end, module)?;
    module.py().import("atexit")?.call_method1("register", (end,))?;
    Ok(())
}

#[pyfunction]
fn end(py: Python<'_>) {
    MAY_VISIT.set(true);
    ENDING.store(fork::generation(), SeqCst);
    py.detach(wait);
}

fn wait() {
    for _ in 0..CHECKS {
        if !is_visited() {
            return;
        }
        thread::sleep(BETWEEN_CHECKS);
    }
}

/// A visit, which ends when this is dropped.
struct Visit {
    /// `None` if this is within another visit, or the thread performs the shutdown.
    process: Option<u32>,
}

impl Visit {
    fn begin() -> Option<Visit> {
        if MAY_VISIT.get() {
            return Some(Visit { process: None });
        }
        let process = fork::generation();
        change_visits(|visits| Visits { process, count: visits.count_in(process) + 1 });
        MAY_VISIT.set(true);
        let visit = Visit { process: Some(process) };
        (ENDING.load(SeqCst) != process).then_some(visit)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        if let Some(process) = self.process {
            // Unless this process was forked during the visit and has counted others since.
            change_visits(|visits| Visits {
                count: visits.count - u32::from(visits.process == process),
                ..visits
            });
            MAY_VISIT.set(false);
        }
    }
}

fn is_visited() -> bool {
    Visits::from_bits(VISITS.load(SeqCst)).count_in(fork::generation()) > 0
}

fn change_visits(change: impl Fn(Visits) -> Visits) {
    let change = |bits| Some(change(Visits::from_bits(bits)).bits());
    // Fails only if the closure returns `None`.
    let _ = VISITS.fetch_update(SeqCst, SeqCst, change);
}

struct Visits {
    process: u32,
    count: u32,
}

impl Visits {
    fn from_bits(bits: u64) -> Visits {
        Visits { process: (bits >> 32) as u32, count: bits as u32 }
    }

    fn bits(&self) -> u64 {
        u64::from(self.process) << 32 | u64::from(self.count)
    }

    fn count_in(&self, process: u32) -> u32 {
        if self.process == process { self.count } else { 0 }
    }
}
