//! Linux, macOS and other POSIX systems.

use std::fs::{FileType, Metadata};
use std::io;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::time::Duration;

use nix::sys::signal::{SigSet, SigmaskHow};
use nix::time::{ClockId, clock_gettime};
use rustix::io::Errno;

/// Whether a socket may block for a time of its own, which saves a `poll` before each read.
pub(crate) const SOCKETS_BLOCK_FOR_A_TIME: bool = true;

/// What `connect` of a non-blocking socket answers when it has begun.
pub(crate) const CONNECT_HAS_BEGUN: Errno = Errno::INPROGRESS;

/// Runs `spawn`; the threads that it makes block all signals.
///
/// A new thread inherits the mask, so no signal can reach it before it blocks them. Signals for this
/// thread are handled once its mask is restored.
pub(crate) fn without_signals<T>(spawn: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let before = SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK)?;
    let spawned = spawn();
    before.thread_set_mask()?;
    spawned
}

/// The time since boot, without suspension.
pub(crate) fn now() -> Duration {
    time_by(ClockId::CLOCK_MONOTONIC)
}

/// How long the machine has been suspended since boot. Its peers kept running.
pub(crate) fn slept() -> Duration {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    return time_by(ClockId::CLOCK_BOOTTIME).saturating_sub(now());
    // Elsewhere the monotonic clock counts suspension, so the idle limit is enough.
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    return Duration::ZERO;
}

fn time_by(clock: ClockId) -> Duration {
    clock_gettime(clock).map_or(Duration::ZERO, Duration::from)
}

/// Whether it can be read like a file: a pipe can, a directory cannot.
pub(crate) fn is_readable_kind(kind: FileType) -> bool {
    kind.is_file() || kind.is_fifo() || kind.is_char_device()
}

/// The permission bits.
pub(crate) fn mode(metadata: &Metadata) -> u32 {
    metadata.permissions().mode() & 0o7777
}
