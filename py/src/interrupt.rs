//! Ctrl-C and other signals while a call waits.

use std::cell::Cell;
use std::process;
use std::sync::Arc;

use katapult_disk::InterruptHook;
use pyo3::intern;
use pyo3::prelude::*;

use crate::{imported, log, shutdown};

thread_local! {
    /// In which process this thread may be Python's main thread, or is known not to be.
    static MAIN_THREAD: Cell<Option<(u32, bool)>> = const { Cell::new(None) };
}

/// Runs Python's signal handlers. What they raise ends the call and comes out of it.
pub(crate) fn hook() -> InterruptHook {
    Arc::new(|| {
        if let Some(raised) = log::take_raised() {
            return Err(raised.into());
        }
        // Python handles signals on its main thread only: the others need not ask for the
        // interpreter twenty times a second.
        if MAIN_THREAD.get() == Some((process::id(), false)) {
            return Ok(());
        }
        match shutdown::attach(|py| py.check_signals()) {
            Some(handled) => handled.map_err(Into::into),
            None => Err("the interpreter is shutting down".into()),
        }
    })
}

/// Finds out, before a call, whether its thread is the main one.
pub(crate) fn note_thread(py: Python<'_>) -> PyResult<()> {
    // By process too: a thread that forks is the main one in the child.
    let process = process::id();
    if MAIN_THREAD.get().is_none_or(|(known, _)| known != process) {
        // Once the interpreter ends it is not: that is the main thread's doing, and that may ask.
        let is_main = shutdown::attach(|_| may_be_main_thread(py)).transpose()?.unwrap_or(false);
        MAIN_THREAD.set(Some((process, is_main)));
    }
    Ok(())
}

/// Whether this is the main thread. As long as the program has not imported `threading`, it is taken
/// for that: importing it would take longer than the rest of a first call.
fn may_be_main_thread(py: Python<'_>) -> PyResult<bool> {
    let Some(main_thread) =
        imported::attribute(py, intern!(py, "threading"), intern!(py, "main_thread"))?
    else {
        return Ok(true);
    };
    let current = py.import(intern!(py, "_thread"))?.call_method0(intern!(py, "get_ident"))?;
    main_thread.call0()?.getattr(intern!(py, "ident"))?.eq(current)
}
