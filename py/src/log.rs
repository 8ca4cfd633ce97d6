//! Sends the log to Python's logger `katapult_disk`.
//!
//! Each call asks the logger once whether it is enabled, while the interpreter is attached anyway. The
//! reply is not kept for the next call, since levels may change at any time. `logging` is not imported
//! for this, which would cost more than the rest of the package: a program that wants a log has
//! imported it.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use ::log::{Level, LevelFilter, Log, Metadata, Record};
use katapult_disk::LOG_TARGET;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

use crate::errors::invalid_argument;
use crate::imported::{self, Once, intern};
use crate::{nesting, shutdown};

thread_local! {
    /// What this thread's call knows about the logger.
    static ASKED: Cell<Option<Asked>> = const { Cell::new(None) };
    /// The greenlet whose log handler is running on this thread.
    static LOGGING: Cell<Option<usize>> = const { Cell::new(None) };
    /// An exception of a handler that must reach the program, such as KeyboardInterrupt.
    static RAISED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
}

#[derive(Clone, Copy)]
struct Asked {
    at: Instant,
    is_debug: bool,
}

/// During a long call the logger is asked again after this time.
const LONG: Duration = Duration::from_secs(1);

struct Logger;

pub(crate) fn install() {
    // Fails if this logger is already set; this library can have no other.
    let _ = ::log::set_logger(&Logger);
    ::log::set_max_level(LevelFilter::Debug);
}

/// Asks the logger before a call whether it is enabled.
///
/// # Errors
/// `InvalidArgument` within a handler: the call could wait forever for a lock, such as the login's,
/// that the logged call holds.
pub(crate) fn ask(py: Python<'_>) -> PyResult<()> {
    refuse_in_handler(py)?;
    ask_again(py);
    Ok(())
}

/// # Errors
/// `InvalidArgument` within a handler.
pub(crate) fn refuse_in_handler(py: Python<'_>) -> PyResult<()> {
    if is_in_handler(py) {
        let text = "a handler of the logger katapult_disk must not make calls of katapult_disk";
        return Err(invalid_argument(py, text));
    }
    Ok(())
}

/// Takes the exception of a handler that must reach the program, if any.
pub(crate) fn take_raised() -> Option<PyErr> {
    RAISED.take()
}

fn ask_again(py: Python<'_>) -> Asked {
    let is_debug = || {
        let Some(logger) = logger(py, false)? else { return Ok(false) };
        let level = number(Level::Debug);
        let ask =
            |_: Python<'_>| logger.call_method1(intern!(py, "isEnabledFor"), (level,))?.is_truthy();
        shutdown::attach(ask).unwrap_or(Ok(false))
    };
    let is_debug = is_debug().unwrap_or_else(|error| {
        put_aside(py, error);
        false
    });
    let asked = Asked { at: Instant::now(), is_debug };
    ASKED.set(Some(asked));
    asked
}

/// The logger; `None` if the program has not imported `logging` and `import` is false.
fn logger(py: Python<'_>, import: bool) -> PyResult<Option<&Bound<'_, PyAny>>> {
    static LOGGER: Once<PyAny> = Once::new();
    if let Some(logger) = LOGGER.get() {
        return Ok(Some(logger.bind(py)));
    }
    if import {
        py.import(intern!(py, "logging"))?;
    }
    let Some(get_logger) =
        imported::attribute(py, intern!(py, "logging"), intern!(py, "getLogger"))?
    else {
        return Ok(None);
    };
    imported::once(&LOGGER, py, || get_logger.call1((LOG_TARGET,))).map(Some)
}

impl Log for Logger {
    /// Other crates' records may hold secrets, so they are dropped.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        if metadata.target() != LOG_TARGET {
            return false;
        }
        // Rare levels are left to the logger itself.
        if metadata.level() <= Level::Info {
            return true;
        }
        match ASKED.get() {
            Some(asked) if asked.at.elapsed() < LONG => asked.is_debug,
            _ => shutdown::attach(ask_again).is_some_and(|asked| asked.is_debug),
        }
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let message = record.args().to_string();
            shutdown::attach(|py| hand_over(py, record.level(), &message));
        }
    }

    fn flush(&self) {}
}

fn hand_over(py: Python<'_>, level: Level, message: &str) {
    if is_in_handler(py) {
        return;
    }
    let outer = LOGGING.replace(Some(greenlet(py)));
    // A warning is worth the import: Python then shows it even if the program does not use logging.
    let logger = logger(py, level <= Level::Warn);
    let handed = logger.and_then(|logger| {
        let Some(logger) = logger else { return Ok(()) };
        logger.call_method1(intern!(py, "log"), (number(level), message)).map(drop)
    });
    LOGGING.set(outer);
    if let Err(error) = handed {
        put_aside(py, error);
    }
}

/// Whether a handler has led to here.
fn is_in_handler(py: Python<'_>) -> bool {
    LOGGING.get().is_some_and(|logging| logging == greenlet(py))
}

/// Tells the greenlets of a thread apart, each of which has its own stack of calls: a handler may switch to
/// another one, which is in no handler. 0 for programs without greenlets.
fn greenlet(py: Python<'_>) -> usize {
    let current = || {
        let Some(current) =
            imported::attribute(py, intern!(py, "greenlet"), intern!(py, "getcurrent"))?
        else {
            return Ok(0);
        };
        Ok::<_, PyErr>(current.call0()?.as_ptr().addr())
    };
    current().unwrap_or(0)
}

/// A handler's failure does not fail the call, but an exception such as KeyboardInterrupt ends it. On a thread of
/// the library there is no call that it could end.
fn put_aside(py: Python<'_>, error: PyErr) {
    if error.is_instance_of::<PyException>(py) || !nesting::is_in_call() {
        error.write_unraisable(py, None);
    } else {
        RAISED.set(Some(error));
    }
}

/// Python's number for a level.
fn number(level: Level) -> u8 {
    match level {
        Level::Error => 40,
        Level::Warn => 30,
        Level::Info => 20,
        Level::Debug | Level::Trace => 10,
    }
}
