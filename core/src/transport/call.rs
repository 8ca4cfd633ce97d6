//! What goes around ureq with a call, since it hands nothing of ours through to its connections.
//!
//! A blocking call never leaves its thread, so this is kept per thread. The interrupt hook may make
//! a call of its own meanwhile: each call puts the one around it back when it ends.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::keep_alive::KeepAlive;
use crate::Secret;
use crate::header_lines::HeaderLines;

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
    /// In bytes: what an answer may have after its head, framing and all.
    pub(super) most_received: u64,
    /// In bytes: what ureq has used of the answer, from its head on.
    pub(super) used: u64,
    /// Whether the end of the connection cuts the answer short. ureq takes it for the end of a body
    /// whose last chunk is not complete.
    pub(super) end_is_too_early: bool,
    /// Of the connection that the request went out on.
    pub(super) keep_alive: Option<Arc<KeepAlive>>,
}

thread_local! {
    /// Without a destructor: calls can then be made until a thread's very end, and nothing of ours
    /// runs after the library was unloaded. Between calls there is nothing in it to be dropped.
    static CURRENT: ManuallyDrop<RefCell<Call>> = ManuallyDrop::default();
}

/// Looks at the current call of this thread. `look` must not block or call back.
pub(super) fn current<R>(look: impl FnOnce(&mut Call) -> R) -> R {
    CURRENT.with(|call| look(&mut call.borrow_mut()))
}

/// The current call, until this is dropped.
pub(super) struct Current {
    around: Option<Call>,
}

impl Current {
    pub(super) fn begin(call: Call) -> Current {
        Current { around: Some(replace(call)) }
    }

    /// Ends the call and gives what was found out.
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
