//! Lets the system say when the process is forked.

use std::ffi::c_int;
use std::sync::atomic::{AtomicBool, Ordering};

use katapult::fork;

// SAFETY: as POSIX declares it.
unsafe extern "C" {
    fn pthread_atfork(
        prepare: extern "C" fn(),
        parent: extern "C" fn(),
        child: extern "C" fn(),
    ) -> c_int;
}

extern "C" fn before() {
    fork::before();
}

extern "C" fn after_in_parent() {
    fork::after_in_parent();
}

extern "C" fn after_in_child() {
    fork::after_in_child();
}

/// Begins to watch, unless this was done. Where the system refuses, calls go on comparing the process's
/// id.
pub(crate) fn watch() {
    static BEGUN: AtomicBool = AtomicBool::new(false);
    if BEGUN.swap(true, Ordering::Relaxed) {
        return;
    }
    // SAFETY: the functions take nothing, touch only atomics, so that they may run in the child of any
    // fork, and exist until the process ends: build.rs and the header say that the library is never
    // unloaded.
    if unsafe { pthread_atfork(before, after_in_parent, after_in_child) } == 0 {
        fork::will_be_reported();
    }
}
