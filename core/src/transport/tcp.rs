//! TCP connections that an interrupt can end.

#[cfg(test)]
pub(super) mod dead;
mod happy_eyeballs;

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use socket2::{Socket, TcpKeepalive};

use super::deadline::Deadline;
use super::failure::Failure;
use super::interrupt::SLICE;
use crate::platform::SOCKETS_BLOCK_FOR_A_TIME;

/// One TCP connection.
///
/// Its socket blocks for at most a slice. That saves a `poll` before each read, and a read with a
/// timeout returns at every signal (signal(7)). On Windows, where a socket may not be used after such a
/// timeout, it never blocks, and each read polls first.
pub(super) struct Tcp {
    socket: TcpStream,
    /// When the interrupt hook was last asked, or a call began. If bytes arrive slowly, no read blocks
    /// for a whole slice, so the time is checked as well.
    asked: Instant,
}

impl Tcp {
    /// Connects to the first address that responds. They are tried in order, but alternating between
    /// IPv4 and IPv6.
    pub(super) fn connect(
        addresses: &[SocketAddr],
        deadline: Deadline<'_>,
    ) -> Result<Tcp, Failure> {
        let socket = Socket::from(happy_eyeballs::connect(addresses, deadline)?);
        socket.set_tcp_nodelay(true)?;
        if SOCKETS_BLOCK_FOR_A_TIME {
            socket.set_nonblocking(false)?;
            socket.set_read_timeout(Some(SLICE))?;
            socket.set_write_timeout(Some(SLICE))?;
        }
        detect_dead_peer(&socket);
        Ok(Tcp { socket: socket.into(), asked: Instant::now() })
    }

    /// `None` if the connection has ended.
    pub(super) fn peer(&self) -> Option<SocketAddr> {
        self.socket.peer_addr().ok()
    }

    /// Returns 0 at the end.
    pub(super) fn read(
        &mut self,
        buffer: &mut [u8],
        deadline: Deadline<'_>,
    ) -> Result<usize, Failure> {
        self.ask_in_time(deadline)?;
        loop {
            deadline.before_blocking(&self.socket, PollFlags::IN)?;
            match self.socket.read(buffer) {
                Err(error) if was_for_a_slice(&error) => self.ask(deadline)?,
                result => return result.map_err(Failure::from),
            }
        }
    }

    pub(super) fn write(&mut self, bytes: &[u8], deadline: Deadline<'_>) -> Result<usize, Failure> {
        loop {
            deadline.before_blocking(&self.socket, PollFlags::OUT)?;
            match self.socket.write(bytes) {
                Err(error) if was_for_a_slice(&error) => self.ask(deadline)?,
                Ok(0) => return Err(Failure::Io(ErrorKind::WriteZero.into())),
                Ok(written) if written < bytes.len() => {
                    self.ask_in_time(deadline)?;
                    return Ok(written);
                }
                result => return result.map_err(Failure::from),
            }
        }
    }

    /// Whether there is nothing to read, not even the end: an idle connection may be used only then.
    /// Unexpected bytes would be taken for the next response.
    pub(super) fn is_silent(&mut self) -> bool {
        // A call begins.
        self.asked = Instant::now();
        let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
        let mut socket = [PollFd::new(&self.socket, PollFlags::IN)];
        matches!(poll(&mut socket, Some(&at_once)), Ok(0))
    }

    fn ask_in_time(&mut self, deadline: Deadline<'_>) -> Result<(), Failure> {
        if self.asked.elapsed() < SLICE { Ok(()) } else { self.ask(deadline) }
    }

    fn ask(&mut self, deadline: Deadline<'_>) -> Result<(), Failure> {
        self.asked = Instant::now();
        deadline.check_interrupt()
    }
}

fn was_for_a_slice(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

/// Lets the system end a connection two minutes after the peer has silently gone. A call without a
/// timeout would otherwise wait forever.
fn detect_dead_peer(socket: &Socket) {
    let probes = TcpKeepalive::new()
        .with_time(Duration::from_secs(60))
        .with_interval(Duration::from_secs(15))
        .with_retries(4);
    // Not every system supports all of it, and calls work without.
    let _ = socket.set_tcp_keepalive(&probes);
    // No probes are sent while sent data is not acknowledged.
    #[cfg(target_os = "linux")]
    let _ = socket.set_tcp_user_timeout(Some(Duration::from_secs(120)));
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    #[cfg(unix)]
    use std::time::Duration;

    use socket2::SockRef;

    use super::Tcp;
    use crate::transport::deadline::{Deadline, Ends};
    use crate::transport::interrupt::Interrupt;

    #[test]
    fn a_peer_that_is_gone_is_noticed_within_two_minutes() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let deadline = Deadline { interrupt: &Interrupt::default(), ends: Ends::default() };
        let tcp = Tcp::connect(&[listener.local_addr().unwrap()], deadline).unwrap();
        let socket = SockRef::from(&tcp.socket);
        assert!(socket.keepalive().unwrap());
        // Older Windows, and wine, take these but do not tell them.
        #[cfg(unix)]
        assert_eq!(socket.tcp_keepalive_time().unwrap(), Duration::from_secs(60));
        #[cfg(unix)]
        assert_eq!(socket.tcp_keepalive_interval().unwrap(), Duration::from_secs(15));
        #[cfg(unix)]
        assert_eq!(socket.tcp_keepalive_retries().unwrap(), 4);
        #[cfg(target_os = "linux")]
        assert_eq!(socket.tcp_user_timeout().unwrap(), Some(Duration::from_secs(120)));
    }

    #[test]
    fn a_connection_may_be_shared_between_threads() {
        fn may_be_shared<T: Send + Sync>() {}
        may_be_shared::<Tcp>();
    }
}
