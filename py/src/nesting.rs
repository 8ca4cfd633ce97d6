//! Ends calls within calls before the thread's stack does.
//!
//! A signal handler or progress function may make calls, which run such functions again. Python counts its
//! own frames, of which a thousand fit into a stack, but not what a call needs below them.

use std::cell::Cell;
use std::ptr;

use pyo3::PyErr;
use pyo3::exceptions::PyRecursionError;

thread_local! {
    /// Where in the thread's stack its outermost call began.
    static OUTERMOST: Cell<Option<usize>> = const { Cell::new(None) };
}

/// How much of the stack the calls within a call may use, in bytes: half of the smallest stack that
/// Python gives to its threads on any system, 1 MiB (musl), and a dozen calls or more.
const MOST: usize = 512 << 10;

/// What lies farther away, in bytes, is another stack. (A greenlet's is not: it is copied to the same
/// place.)
const OTHER_STACK: usize = 64 << 20;

/// A call, until this is dropped.
pub(crate) struct Nested {
    is_outermost: bool,
}

/// # Errors
/// `RecursionError` if it is within too many others.
pub(crate) fn enter() -> Result<Nested, PyErr> {
    let here = 0_u8;
    let here = ptr::from_ref(&here).addr();
    let Some(outermost) = OUTERMOST.get() else {
        OUTERMOST.set(Some(here));
        return Ok(Nested { is_outermost: true });
    };
    // Stacks grow downwards.
    if (MOST..OTHER_STACK).contains(&outermost.saturating_sub(here)) {
        return Err(PyRecursionError::new_err(
            "too many calls of katapult_disk within each other: a signal handler or progress \
             function that makes calls runs again within them",
        ));
    }
    Ok(Nested { is_outermost: false })
}

/// Whether this thread is in a call.
pub(crate) fn is_in_call() -> bool {
    OUTERMOST.get().is_some()
}

impl Drop for Nested {
    fn drop(&mut self) {
        if self.is_outermost {
            OUTERMOST.set(None);
        }
    }
}
