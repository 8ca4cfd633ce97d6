//! Waiting that a caller can interrupt.

use std::error::Error as StdError;
use std::net::TcpStream;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::call;

/// Called at least every 50 ms while a call waits, and after each signal; an error ends the call.
///
/// The error comes out of the call as [`Status::Interrupted`](crate::Status::Interrupted), with
/// itself as [`Error::take_source`](crate::Error::take_source).
pub type InterruptHook = Arc<dyn Fn() -> Result<(), Box<dyn StdError + Send + Sync>> + Send + Sync>;

/// Half of the 100 ms within which an interrupt must be noticed.
const SLICE: Duration = Duration::from_millis(50);

/// What the hook returned, on its way through ureq.
#[derive(Debug)]
pub(super) struct Interrupted(pub(super) Box<dyn StdError + Send + Sync>);

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Interrupted {}

#[derive(Clone, Default)]
pub(super) struct Interrupt(pub(super) Option<InterruptHook>);

impl Interrupt {
    pub(super) fn check(&self) -> Result<(), Interrupted> {
        self.0.as_ref().map_or(Ok(()), |hook| hook()).map_err(Interrupted)
    }

    /// Waits until `socket` is ready or the call's time is up.
    pub(super) fn wait_ready(
        &self,
        socket: &TcpStream,
        ready: PollFlags,
    ) -> Result<(), ureq::Error> {
        self.wait_ready_until(socket, ready, call::deadline())
    }

    pub(super) fn wait_ready_until(
        &self,
        socket: &TcpStream,
        ready: PollFlags,
        deadline: Option<Instant>,
    ) -> Result<(), ureq::Error> {
        loop {
            let left = slice(deadline).ok_or(ureq::Error::Timeout(ureq::Timeout::Global))?;
            let timeout = Timespec { tv_sec: 0, tv_nsec: left.subsec_nanos().into() };
            match poll(&mut [PollFd::new(socket, ready)], Some(&timeout)) {
                Ok(1..) => return Ok(()),
                Ok(0) | Err(Errno::INTR) => self.check().map_err(other)?,
                Err(error) => return Err(ureq::Error::Io(error.into())),
            }
        }
    }

    /// Sleeps in slices until `until`.
    pub(super) fn sleep_until(&self, until: Instant) -> Result<(), Interrupted> {
        while let Some(left) = slice(Some(until)) {
            thread::sleep(left);
            self.check()?;
        }
        Ok(())
    }
}

/// How long to block before looking around; `None` when `deadline` has passed.
pub(super) fn slice(deadline: Option<Instant>) -> Option<Duration> {
    let Some(deadline) = deadline else {
        return Some(SLICE);
    };
    let left = deadline.saturating_duration_since(Instant::now());
    (!left.is_zero()).then(|| left.min(SLICE))
}

pub(super) fn other(error: impl StdError + Send + Sync + 'static) -> ureq::Error {
    ureq::Error::Other(Box::new(error))
}
