//! Windows.

use std::fs::{FileType, Metadata};
use std::io;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use rustix::io::Errno;

/// A socket whose time is over is in no state to be used again, by the documentation of `SO_RCVTIMEO`.
pub(crate) const SOCKETS_BLOCK_FOR_A_TIME: bool = false;

/// What `connect` of a non-blocking socket answers when it has begun.
pub(crate) const CONNECT_HAS_BEGUN: Errno = Errno::WOULDBLOCK;

/// Runs `spawn`: there are no signals that a thread could receive.
pub(crate) fn without_signals<T>(spawn: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    spawn()
}

/// The time since this was first called. It counts suspension.
pub(crate) fn now() -> Duration {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed()
}

/// Nothing: [`now`] counts suspension, so the idle limit is enough.
pub(crate) fn slept() -> Duration {
    Duration::ZERO
}

/// Whether it can be read like a file.
pub(crate) fn is_readable_kind(kind: FileType) -> bool {
    kind.is_file()
}

/// The permission bits: none, since access lists decide, which cannot be told without unsafe code.
pub(crate) fn mode(_metadata: &Metadata) -> u32 {
    0
}
