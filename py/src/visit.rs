//! Visits to Python from within a call, for the log.
//!
//! When the interpreter ends, CPython before 3.14 ends each thread that wants to run Python, in the
//! middle of whatever it does. In a visit that would be in the middle of Rust, which aborts the
//! process. So the interpreter's end waits for the visits of daemon threads, and no new ones begin.

use std::process;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyCFunction;

use crate::interrupt;

static VISITS: AtomicUsize = AtomicUsize::new(0);
/// The process that the number is of: a child has none of its parent's threads.
static PROCESS: AtomicU32 = AtomicU32::new(0);
static IS_ENDING: AtomicBool = AtomicBool::new(false);

/// How long the end waits. A handler may hang.
const PATIENCE: Duration = Duration::from_secs(1);

struct Visit;

impl Visit {
    /// `None` if the interpreter is about to end, which leaves only the main thread alone.
    fn begin() -> Option<Visit> {
        if PROCESS.swap(process::id(), SeqCst) != process::id() {
            VISITS.store(0, SeqCst);
        }
        VISITS.fetch_add(1, SeqCst);
        let visit = Visit;
        (!IS_ENDING.load(SeqCst) || interrupt::is_on_main_thread()).then_some(visit)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        VISITS.fetch_sub(1, SeqCst);
    }
}

/// Runs with the interpreter; `None` if that is about to end this thread.
pub(crate) fn python<T>(visit: impl FnOnce(Python<'_>) -> T) -> Option<T> {
    let _visit = Visit::begin()?;
    Python::try_attach(visit)
}

/// To be called once before the first visit.
pub(crate) fn prepare(py: Python<'_>) -> PyResult<()> {
    static REGISTERED: PyOnceLock<()> = PyOnceLock::new();
    let register = || {
        let end = PyCFunction::new_closure(py, None, None, |arguments, _| {
            IS_ENDING.store(true, SeqCst);
            arguments.py().detach(wait);
        })?;
        py.import(intern!(py, "atexit"))?.call_method1(intern!(py, "register"), (end,))?;
        Ok::<_, PyErr>(())
    };
    REGISTERED.get_or_try_init(py, register)?;
    Ok(())
}

fn wait() {
    let end = Instant::now() + PATIENCE;
    while PROCESS.load(SeqCst) == process::id() && VISITS.load(SeqCst) > 0 && Instant::now() < end {
        thread::sleep(Duration::from_millis(1));
    }
}
