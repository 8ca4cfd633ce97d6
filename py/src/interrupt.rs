//! Ctrl-C and other signals while a call waits.

use std::cell::Cell;
use std::sync::Arc;

use katapult_disk::{InterruptHook, fork};
use pyo3::prelude::*;

use crate::imported::intern;
use crate::{imported, log, shutdown};

thread_local! {
    /// The process in which this was found out ([`fork::generation`]), and whether this may be Python's
    /// main thread.
    static MAIN_THREAD: Cell<Option<(u32, bool)>> = const { Cell::new(None) };
}

/// Runs Python's signal handlers. An exception of theirs ends the call, which raises it.
pub(crate) fn hook() -> InterruptHook {
    Arc::new(|| {
        if let Some(raised) = log::take_raised() {
            return Err(raised.into());
        }
        // Python handles signals only on its main thread, so the others need not attach to the
        // interpreter twenty times a second.
        if MAIN_THREAD.get() == Some((fork::generation(), false)) {
            return Ok(());
        }
        match shutdown::attach(|py| py.check_signals()) {
            Some(handled) => handled.map_err(Into::into),
            None => Err("the interpreter is shutting down".into()),
        }
    })
}

/// Finds out before a call whether this is the main thread.
pub(crate) fn note_thread(py: Python<'_>) -> PyResult<()> {
    // Per process, since a thread that forks becomes the child's main thread.
    let process = fork::generation();
    if MAIN_THREAD.get().is_none_or(|(known, _)| known != process) {
        // While the interpreter is shutting down, only the main thread can still attach.
        let is_main = shutdown::attach(|_| may_be_main_thread(py)).transpose()?.unwrap_or(false);
        MAIN_THREAD.set(Some((process, is_main)));
    }
    Ok(())
}

/// Whether this may be the main thread. True if the program has not imported `threading`: importing it
/// would take longer than the rest of a first call.
fn may_be_main_thread(py: Python<'_>) -> PyResult<bool> {
    let Some(main_thread) =
        imported::attribute(py, intern!(py, "threading"), intern!(py, "main_thread"))?
    else {
        return Ok(true);
    };
    let current = py.import(intern!(py, "_thread"))?.call_method0(intern!(py, "get_ident"))?;
    main_thread.call0()?.getattr(intern!(py, "ident"))?.eq(current)
}
