//! Nothing to put off: Windows' own threads cannot be cancelled, and those of winpthreads only where they
//! ask for it.

/// Runs a call.
pub(crate) fn put_off<T>(call: impl FnOnce() -> T) -> T {
    call()
}
