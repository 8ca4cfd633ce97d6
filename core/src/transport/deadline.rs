//! When an attempt must end, and the hook that may end it earlier.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::failure::Failure;
use super::interrupt::{Beginning, Interrupt, SLICE, slice};
use crate::platform::SOCKETS_BLOCK_FOR_A_TIME;

/// Passed to everything that may block.
#[derive(Clone, Copy)]
pub(super) struct Deadline<'a> {
    pub(super) interrupt: &'a Interrupt,
    pub(super) ends: Ends,
}

/// When an attempt must end: at a time, or when its client is interrupted after the call began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub(super) at: Option<Instant>,
    pub(super) began: Beginning,
}

/// The deadline, or `None` without a limit or if it overflows.
pub(crate) fn deadline_after(limit: Option<Duration>) -> Option<Instant> {
    Instant::now().checked_add(limit?)
}

impl<'a> Deadline<'a> {
    /// The same, but at most `limit` from now.
    pub(super) fn within(self, limit: Option<Duration>) -> Deadline<'a> {
        let at = [self.ends.at, deadline_after(limit)].into_iter().flatten().min();
        Deadline { ends: Ends { at, ..self.ends }, ..self }
    }

    /// How long to block before the next check of the interrupt hook.
    pub(super) fn slice(&self) -> Result<Duration, Failure> {
        slice(self.ends.at).ok_or(Failure::TimedOut)
    }

    pub(super) fn check_interrupt(&self) -> Result<(), Failure> {
        self.interrupt.ask(self.ends.began).map_err(Failure::Interrupted)
    }

    /// Waits until `socket` is ready.
    pub(super) fn wait_ready(&self, socket: &TcpStream, ready: PollFlags) -> Result<(), Failure> {
        while !self.wait_slice(socket, ready, self.slice()?)? {}
        Ok(())
    }

    /// Call this before a system call on `socket` that blocks for a whole slice: if less than a
    /// slice is left, or sockets cannot block for a time, it waits here instead, so that the deadline holds.
    pub(super) fn before_blocking(
        &self,
        socket: &TcpStream,
        ready: PollFlags,
    ) -> Result<(), Failure> {
        match self.slice()? {
            SLICE if SOCKETS_BLOCK_FOR_A_TIME => Ok(()),
            _ => self.wait_ready(socket, ready),
        }
    }

    fn wait_slice(
        &self,
        socket: &TcpStream,
        ready: PollFlags,
        limit: Duration,
    ) -> Result<bool, Failure> {
        let mut socket = [PollFd::new(socket, ready)];
        self.poll(&mut socket, limit)?;
        Ok(!socket[0].revents().is_empty())
    }

    /// Waits until one of the sockets is ready, for one slice at most.
    pub(super) fn poll(&self, sockets: &mut [PollFd<'_>], slice: Duration) -> Result<(), Failure> {
        // The type differs between systems; a slice fits in all of them.
        let timeout = Timespec { tv_sec: 0, tv_nsec: slice.subsec_nanos() as _ };
        match poll(sockets, Some(&timeout)) {
            Ok(1..) => Ok(()),
            Ok(0) | Err(Errno::INTR) => self.check_interrupt(),
            Err(error) => Err(Failure::Io(error.into())),
        }
    }
}
