//! Notices that this process was forked, for those who can say when.
//!
//! A forked child must not use what its parent's threads may be in the middle of: connections, and locks.
//! Without help, each call compares the process's id, which takes a system call and does not notice a
//! child that has its parent's id, as the first process of a new PID namespace may. A program or binding
//! that learns of each fork says so with [`will_be_reported`].
//!
//! All functions only read and write atomics and ask for the process's id: signal handlers and the
//! handlers of `pthread_atfork` may call them.

use std::process;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed};

/// The generation in the high half, and the id of the process that it is for in the low half.
static CURRENT: AtomicU64 = AtomicU64::new(1 << 32);

static IS_REPORTED: AtomicBool = AtomicBool::new(false);

/// How many threads of this process are forking it.
static UNDER_WAY: AtomicU32 = AtomicU32::new(0);

/// A number that a process shares neither with its parent nor with an earlier ancestor. Never zero.
pub fn generation() -> u32 {
    // While a fork is under way, this may be a child that has not reported it yet.
    if IS_REPORTED.load(Relaxed) && UNDER_WAY.load(Relaxed) == 0 {
        return (CURRENT.load(Relaxed) >> 32) as u32;
    }
    let process = process::id();
    let mut current = CURRENT.load(Relaxed);
    while current as u32 != process {
        let next = after(current, process);
        match CURRENT.compare_exchange(current, next, Relaxed, Relaxed) {
            Ok(_) => current = next,
            Err(other) => current = other,
        }
    }
    (current >> 32) as u32
}

/// Promises that from now on [`before`], [`after_in_parent`] and [`after_in_child`] are called for each
/// fork: calls no longer ask for the process's id.
pub fn will_be_reported() {
    // Notes this process's id, which is compared while a fork is under way.
    generation();
    IS_REPORTED.store(true, Relaxed);
}

/// Reports that the calling thread is about to fork the process.
pub fn before() {
    UNDER_WAY.fetch_add(1, Relaxed);
}

/// Reports to the parent that the fork is done, or has failed.
pub fn after_in_parent() {
    // Whoever forks without `before` must not make it overflow.
    let _ = UNDER_WAY.fetch_update(Relaxed, Relaxed, |count| count.checked_sub(1));
}

/// Reports to the child, on its only thread, that it was forked.
pub fn after_in_child() {
    CURRENT.store(after(CURRENT.load(Relaxed), process::id()), Relaxed);
    UNDER_WAY.store(0, Relaxed);
}

fn after(current: u64, process: u32) -> u64 {
    // In 32 bits, there is room for more forks in a row than any system has seen.
    ((current >> 32) + 1) << 32 | u64::from(process)
}
