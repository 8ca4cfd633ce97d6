//! Keeps a thread's end out of the library's calls.

use std::ffi::c_int;

// SAFETY: as POSIX declares it.
unsafe extern "C" {
    fn pthread_setcancelstate(state: c_int, before: *mut c_int) -> c_int;
}

/// `PTHREAD_CANCEL_DISABLE` of <pthread.h>.
const DISABLED: c_int = if cfg!(target_vendor = "apple") { 0 } else { 1 };

/// Runs a call. `pthread_cancel` for this thread takes effect only afterwards: the system would unwind
/// Rust's frames from the middle of a read, and abort the process when it cannot.
pub(crate) fn put_off<T>(call: impl FnOnce() -> T) -> T {
    let _restored = Disabled::begin();
    call()
}

struct Disabled {
    before: c_int,
}

impl Disabled {
    fn begin() -> Disabled {
        let mut before = DISABLED;
        // SAFETY: the number is written during the call only.
        unsafe { pthread_setcancelstate(DISABLED, &mut before) };
        Disabled { before }
    }
}

impl Drop for Disabled {
    fn drop(&mut self) {
        // Not every system permits NULL.
        let mut ignored = DISABLED;
        // SAFETY: as above.
        unsafe { pthread_setcancelstate(self.before, &mut ignored) };
    }
}
