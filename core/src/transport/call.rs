//! What goes around ureq with a call, since it hands nothing of ours through to its connections.
//!
//! A blocking call never leaves its thread, so this is kept per thread. The interrupt hook may make
//! a call of its own meanwhile: each call puts the one around it back when it ends.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::header_lines::HeaderLines;
use super::keep_alive::KeepAlive;
use crate::Secret;

/// What a connection has to know of the call that uses it, and what it finds out.
#[derive(Default)]
pub(super) struct Call {
    pub(super) deadline: Option<Instant>,
    /// Header lines that only this request has, such as a token.
    pub(super) lines: HeaderLines,
    /// In bytes: ureq can take a URL only as a whole.
    pub(super) target_length: usize,
    /// In bytes: the head waits for a body of this length, so that both leave together.
    pub(super) body_length: usize,
    /// For how long the connection may be idle after an answer without a body, which ureq puts into
    /// its pool before anybody has read the head.
    pub(super) longest_idle: Duration,
    /// Set right before the first byte of the request may leave: before that, nothing can have
    /// happened.
    pub(super) sent: bool,
    /// The value of X-Subject-Token, which ureq does not see.
    pub(super) subject_token: Option<Secret>,
    /// Whether the end of the connection cuts the answer short. ureq takes it for the end of a body
    /// whose last chunk is not complete.
    pub(super) end_is_too_early: bool,
    /// Of the connection that the request went out on.
    pub(super) keep_alive: Option<Arc<KeepAlive>>,
}

thread_local! {
    static CURRENT: RefCell<Call> = RefCell::default();
}

/// Looks at the current call of this thread. `look` must not block or call back.
pub(super) fn current<R>(look: impl FnOnce(&mut Call) -> R) -> R {
    CURRENT.with_borrow_mut(look)
}

/// The current call, until this is dropped.
pub(super) struct Current {
    around: Option<Call>,
}

impl Current {
    pub(super) fn begin(call: Call) -> Current {
        Current { around: Some(CURRENT.replace(call)) }
    }

    /// Ends the call and gives what was found out.
    pub(super) fn end(mut self) -> Call {
        CURRENT.replace(self.around.take().unwrap_or_default())
    }
}

impl Drop for Current {
    fn drop(&mut self) {
        if let Some(around) = self.around.take() {
            CURRENT.set(around);
        }
    }
}
