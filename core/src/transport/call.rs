//! What the call that runs on this thread may still do, and what it has done.
//!
//! ureq hands a pooled connection only bytes and its own timeouts, and a limit given for one
//! request copies ureq's whole configuration. A call never leaves its thread, so its limits and
//! its one important fact, whether anything of the request was sent, wait here.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::deadline_after;

#[derive(Clone, Copy, Default)]
struct Call {
    deadline: Option<Instant>,
    /// Set while a connection is being made: when that has to be done.
    connect_deadline: Option<Instant>,
    sent: bool,
}

thread_local! {
    static CALL: Cell<Call> = const { Cell::new(Call { deadline: None, connect_deadline: None, sent: false }) };
}

/// One attempt at a request, from connecting to the end of the answer's body.
///
/// A signal handler may run another call within this one, so the former state comes back on drop.
pub(super) struct Attempt {
    outer: Call,
}

impl Attempt {
    pub(super) fn begin(deadline: Option<Instant>) -> Attempt {
        let call = Call { deadline, ..Call::default() };
        Attempt { outer: CALL.replace(call) }
    }

    /// True once any byte of the request may have left.
    pub(super) fn sent(&self) -> bool {
        CALL.get().sent
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        CALL.set(self.outer);
    }
}

/// When the operation that is about to block has to be done.
pub(super) fn deadline() -> Option<Instant> {
    let call = CALL.get();
    earlier(call.deadline, call.connect_deadline)
}

pub(super) fn connecting(limit: Option<Duration>) {
    let mut call = CALL.get();
    if call.connect_deadline.is_none() {
        call.connect_deadline = deadline_after(limit);
    }
    CALL.set(call);
}

pub(super) fn sending() {
    let mut call = CALL.get();
    call.connect_deadline = None;
    call.sent = true;
    CALL.set(call);
}

fn earlier(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
