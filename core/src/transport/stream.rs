//! A byte stream: TCP, TLS over TCP, or TLS in a TLS proxy's tunnel.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::deadline::Deadline;
use super::failure::Failure;
use super::tcp::Tcp;
use super::tls::Tls;

pub(super) enum Stream {
    Tcp(Tcp),
    Tls(Box<Tls>),
    /// Lent for one CONNECT; afterwards the owner uses it as a tunnel.
    Lent(Arc<Mutex<Stream>>),
}

impl Stream {
    /// Returns 0 at the end.
    pub(super) fn read(
        &mut self,
        buffer: &mut [u8],
        deadline: Deadline<'_>,
    ) -> Result<usize, Failure> {
        match self {
            Stream::Tcp(tcp) => tcp.read(buffer, deadline),
            Stream::Tls(tls) => tls.read(buffer, deadline),
            Stream::Lent(stream) => borrowed(stream).read(buffer, deadline),
        }
    }

    pub(super) fn write_all(
        &mut self,
        bytes: &[u8],
        deadline: Deadline<'_>,
    ) -> Result<(), Failure> {
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = &rest[self.write(rest, deadline)?..];
        }
        Ok(())
    }

    fn write(&mut self, bytes: &[u8], deadline: Deadline<'_>) -> Result<usize, Failure> {
        match self {
            Stream::Tcp(tcp) => tcp.write(bytes, deadline),
            Stream::Tls(tls) => tls.write(bytes, deadline),
            Stream::Lent(stream) => borrowed(stream).write(bytes, deadline),
        }
    }

    /// Whether an idle connection may be used: it is open and the peer has sent nothing.
    pub(super) fn is_silent(&mut self, deadline: Deadline<'_>) -> Result<bool, Failure> {
        match self {
            Stream::Tcp(tcp) => Ok(tcp.is_silent()),
            Stream::Tls(tls) => tls.is_silent(deadline),
            Stream::Lent(stream) => borrowed(stream).is_silent(deadline),
        }
    }
}

fn borrowed(stream: &Mutex<Stream>) -> MutexGuard<'_, Stream> {
    stream.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A stream as rustls needs it. A [`Failure`] travels inside the `io::Error`.
pub(super) struct Bound<'a> {
    pub(super) stream: &'a mut Stream,
    pub(super) deadline: Deadline<'a>,
}

impl io::Read for Bound<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(self.stream.read(buffer, self.deadline)?)
    }
}

impl io::Write for Bound<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write_all(bytes, self.deadline)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
