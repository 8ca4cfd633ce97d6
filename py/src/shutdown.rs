//! The interpreter's end, while threads that it does not wait for are in calls.
//!
//! CPython before 3.14 ends such a daemon thread where it next wants the interpreter, by unwinding
//! its stack. pyo3 stops that in its own ways to the interpreter, but not in Python code that Rust
//! has called: there Rust's frames are unwound, and the process crashes. Therefore whatever runs
//! Python code is a visit. Once the interpreter begins to end, no other thread may begin one, and
//! the end waits for those that run.
//!
//! There is no lock here that a fork could leave locked.

use std::cell::Cell;
use std::process;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often the end looks whether it may go on, which is for about a second: a progress function
/// may hang. Not by the clock, since on a busy machine what it waits for takes longer, too. What
/// runs Python code after that, while the process still ends, crashes it as before.
const LOOKS: u32 = 1000;
const BETWEEN_LOOKS: Duration = Duration::from_millis(1);

/// How long a thread keeps still before it raises that it may not run Python code any more.
const STILL: Duration = Duration::from_secs(2);

/// The process whose interpreter is ending. Processes forked from it have another id.
static ENDING: AtomicU32 = AtomicU32::new(0);

/// How many visits there are, below the id of the process that they are in: a process that was
/// forked has none of its parent's.
static VISITS: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// Whether this thread is visiting, so that the end waits for it, or makes the end itself.
    static MAY_VISIT: Cell<bool> = const { Cell::new(false) };
}

/// Runs Python code, also for a thread that is detached; `None` if it may not any more.
pub(crate) fn attach<T>(visit: impl FnOnce(Python<'_>) -> T) -> Option<T> {
    let _visit = Visit::begin()?;
    Python::try_attach(visit)
}

/// Runs Python code for a thread that is attached and cannot do without.
///
/// # Errors
/// Once it may not any more, a `RuntimeError`, late enough that the process has usually ended:
/// no traceback tells of it.
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

/// Makes the interpreter call [`end`] when it ends.
pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let end = wrap_pyfunction!(end, module)?;
    module.py().import("atexit")?.call_method1("register", (end,))?;
    Ok(())
}

#[pyfunction]
fn end(py: Python<'_>) {
    MAY_VISIT.set(true);
    ENDING.store(process::id(), SeqCst);
    py.detach(wait);
}

fn wait() {
    for _ in 0..LOOKS {
        if !is_visited() {
            return;
        }
        thread::sleep(BETWEEN_LOOKS);
    }
}

/// A visit, which ends when this is dropped.
struct Visit {
    /// `None` if it is within another one, or the thread makes the end.
    process: Option<u32>,
}

impl Visit {
    fn begin() -> Option<Visit> {
        if MAY_VISIT.get() {
            return Some(Visit { process: None });
        }
        let process = process::id();
        change_visits(|visits| Visits { process, count: visits.count_in(process) + 1 });
        MAY_VISIT.set(true);
        let visit = Visit { process: Some(process) };
        (ENDING.load(SeqCst) != process).then_some(visit)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        if let Some(process) = self.process {
            // Not if this process was forked during the visit and has counted others since.
            change_visits(|visits| Visits {
                count: visits.count - u32::from(visits.process == process),
                ..visits
            });
            MAY_VISIT.set(false);
        }
    }
}

fn is_visited() -> bool {
    Visits::from_bits(VISITS.load(SeqCst)).count_in(process::id()) > 0
}

fn change_visits(change: impl Fn(Visits) -> Visits) {
    let change = |bits| Some(change(Visits::from_bits(bits)).bits());
    // It fails only for a change that is `None`.
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
