//! The state of a call that its connection needs. ureq has no way to pass it on.
//!
//! A blocking call never leaves its thread, so the state is thread-local. The interrupt hook may make
//! a call of its own: each call restores the outer one when it ends.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::time::Duration;

use super::deadline::Ends;
use super::keep_alive::KeepAlive;
use crate::Secret;
use crate::header_lines::HeaderLines;

/// What a connection needs to know about the call that uses it, and what it reports back.
#[derive(Default)]
pub(super) struct Call {
    pub(super) ends: Ends,
    /// Header lines of this request only, such as a token.
    pub(super) lines: HeaderLines,
    /// In bytes. The write buffer must hold the whole URL, since ureq never splits it.
    pub(super) target_length: usize,
    /// In bytes. The head waits for a body of this length, so that both are sent in one write.
    pub(super) body_length: usize,
    /// How long the connection may stay idle after a response without a body: ureq returns that to
    /// its pool before our code sees the head.
    pub(super) longest_idle: Duration,
    /// Set just before the first byte of the request is sent; until then the call has no effect.
    pub(super) sent: bool,
    /// The value of X-Subject-Token, which is hidden from ureq.
    pub(super) subject_token: Option<Secret>,
    /// In bytes: the limit of a response, including its framing.
    pub(super) most_received: u64,
    /// In bytes: how much of the response ureq has consumed, including its head.
    pub(super) used: u64,
    /// Whether the end of the connection is an error: ureq would take it for the end of a chunked
    /// body, even without the last chunk.
    pub(super) end_is_too_early: bool,
    /// Belongs to the connection that the request was sent on.
    pub(super) keep_alive: Option<Arc<KeepAlive>>,
}

thread_local! {
    /// Has no destructor, so that calls work until a thread's very end and no code of this library
    /// runs after it was unloaded. Between calls it owns nothing that needs dropping.
    static CURRENT: ManuallyDrop<RefCell<Call>> = ManuallyDrop::default();
}

/// Accesses the current call of this thread. `access` must not block or call back.
pub(super) fn current<R>(access: impl FnOnce(&mut Call) -> R) -> R {
    CURRENT.with(|call| access(&mut call.borrow_mut()))
}

/// Makes a call the current one until this is dropped.
pub(super) struct Current {
    around: Option<Call>,
}

impl Current {
    pub(super) fn begin(call: Call) -> Current {
        Current { around: Some(replace(call)) }
    }

    /// Ends the call and returns it with what was reported.
    pub(super) fn end(mut self) -> Call {
        replace(self.around.take().unwrap_or_default())
    }
}

impl Drop for Current {
    fn drop(&mut self) {
        if let Some(around) = self.around.take() {
            replace(around);
        }
    }
}

fn replace(call: Call) -> Call {
    CURRENT.with(|current| current.replace(call))
}

#[cfg(test)]
mod tests {
    use super::{Call, Current, current};

    fn length() -> usize {
        current(|call| call.target_length)
    }

    fn begin(target_length: usize) -> Current {
        Current::begin(Call { target_length, ..Call::default() })
    }

    #[test]
    fn a_call_within_a_call_leaves_it_as_it_was() {
        let outer = begin(1);
        let inner = begin(2);
        assert_eq!(length(), 2);
        assert_eq!(inner.end().target_length, 2);
        drop(begin(3));
        assert_eq!(length(), 1);
        drop(outer);
        assert_eq!(length(), 0);
    }

    #[test]
    fn a_call_can_be_made_at_the_end_of_a_thread() {
        struct AtTheEnd;
        impl Drop for AtTheEnd {
            fn drop(&mut self) {
                assert_eq!(begin(4).end().target_length, 4);
            }
        }
        thread_local!(static LAST: AtTheEnd = const { AtTheEnd });
        let thread = std::thread::spawn(|| {
            LAST.with(|_| ());
            drop(begin(5));
        });
        thread.join().unwrap();
    }
}
