//! Happy eyeballs (RFC 8305): connects to a server's addresses in parallel, so that a dead one costs a
//! quarter of a second instead of the whole timeout.

use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};
use rustix::io::Errno;
use socket2::{Domain, Protocol, Socket, Type};

use crate::platform::CONNECT_HAS_BEGUN;
use crate::transport::deadline::Deadline;
use crate::transport::failure::Failure;

/// The delay before the next address is tried in parallel, as RFC 8305 recommends.
const HEAD_START: Duration = Duration::from_millis(250);

/// Connects to the first address that responds; returns a non-blocking socket. The deadline holds for
/// all of them together.
///
/// If none connects, returns the most telling error, and the latest of those.
pub(super) fn connect(
    addresses: &[SocketAddr],
    deadline: Deadline<'_>,
) -> Result<TcpStream, Failure> {
    let mut race = Race {
        waiting: alternated(addresses),
        connecting: Vec::new(),
        next_start: Instant::now(),
        error: None,
    };
    loop {
        race.start_due();
        if race.connecting.is_empty() {
            return Err(race.error.map_or(Failure::HostNotFound, Failure::Io));
        }
        match race.wait(deadline) {
            Ok(None) => {}
            Ok(Some(winner)) => return Ok(winner),
            Err(Failure::TimedOut) => {
                let telling = race.error.filter(|error| News::of(error) > News::Silence);
                return Err(telling.map_or(Failure::TimedOut, Failure::Io));
            }
            Err(other) => return Err(other),
        }
    }
}

/// Alternates between IPv4 and IPv6, beginning with the first address's family: usually a whole
/// family fails, not one address.
fn alternated(addresses: &[SocketAddr]) -> VecDeque<SocketAddr> {
    let first_is_ipv6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) =
        addresses.iter().partition(|address| address.is_ipv6() == first_is_ipv6);
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    (0..addresses.len()).flat_map(|_| [first.next(), second.next()]).flatten().copied().collect()
}

struct Race {
    waiting: VecDeque<SocketAddr>,
    /// In the order in which they were started.
    connecting: Vec<TcpStream>,
    next_start: Instant,
    error: Option<io::Error>,
}

impl Race {
    fn start_due(&mut self) {
        while self.connecting.is_empty() || self.next_start <= Instant::now() {
            let Some(address) = self.waiting.pop_front() else { return };
            self.next_start = Instant::now() + HEAD_START;
            match start(address) {
                Ok(socket) => self.connecting.push(socket),
                Err(error) => self.note_failure(error),
            }
        }
    }

    /// Waits until a socket is ready, the next start is due or a slice is over. Returns the socket if
    /// it is connected.
    fn wait(&mut self, deadline: Deadline<'_>) -> Result<Option<TcpStream>, Failure> {
        let mut slice = deadline.slice()?;
        if !self.waiting.is_empty() {
            slice = slice.min(self.next_start.saturating_duration_since(Instant::now()));
        }
        let polled = |socket| PollFd::new(socket, PollFlags::OUT);
        let mut sockets: Vec<_> = self.connecting.iter().map(polled).collect();
        deadline.poll(&mut sockets, slice)?;
        let Some(ready) = sockets.iter().position(|socket| !socket.revents().is_empty()) else {
            return Ok(None);
        };
        let socket = self.connecting.remove(ready);
        let Some(error) = socket.take_error()? else {
            return Ok(Some(socket));
        };
        self.note_failure(error);
        // Many failures in a row would keep it from ever waiting for a whole slice.
        deadline.check_interrupt()?;
        Ok(None)
    }

    fn note_failure(&mut self, error: io::Error) {
        self.next_start = Instant::now();
        if self.error.as_ref().is_none_or(|known| News::of(known) <= News::of(&error)) {
            self.error = Some(error);
        }
    }
}

fn start(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    match socket.connect(&address.into()) {
        Err(error) if Errno::from_io_error(&error) != Some(CONNECT_HAS_BEGUN) => Err(error),
        _ => Ok(socket.into()),
    }
}

/// How much the failure of one address tells about the server.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum News {
    /// This machine has no network of that family, which is normal.
    Nothing,
    Silence,
    /// The server refused, or something on the way did.
    Refusal,
}

impl News {
    fn of(error: &io::Error) -> News {
        match Errno::from_io_error(error) {
            Some(Errno::NETUNREACH | Errno::ADDRNOTAVAIL | Errno::AFNOSUPPORT) => News::Nothing,
            Some(Errno::TIMEDOUT) => News::Silence,
            _ => News::Refusal,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::net::{SocketAddr, TcpListener};
    use std::sync::Arc;
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{alternated, connect};
    use crate::transport::deadline::Deadline;
    use crate::transport::deadline::Ends;
    use crate::transport::failure::Failure;
    use crate::transport::interrupt::Interrupt;
    use crate::transport::tcp::dead::Dead;

    /// Allowed on a busy machine.
    const SLACK: Duration = Duration::from_millis(200);

    const QUARTER: Duration = Duration::from_millis(250);

    fn listener() -> TcpListener {
        TcpListener::bind("127.0.0.1:0").unwrap()
    }

    fn refusing() -> SocketAddr {
        listener().local_addr().unwrap()
    }

    /// TCP cannot connect to a broadcast address: the network is unreachable.
    fn no_way() -> SocketAddr {
        SocketAddr::from(([255, 255, 255, 255], 9))
    }

    /// The result of connecting within `limit`, and the time it took.
    fn race(addresses: &[SocketAddr], limit: Duration) -> (Result<SocketAddr, Failure>, Duration) {
        let begin = Instant::now();
        let deadline = Deadline {
            interrupt: &Interrupt::default(),
            ends: Ends { at: Some(begin + limit), ..Ends::default() },
        };
        let result = connect(addresses, deadline);
        (result.map(|socket| socket.peer_addr().unwrap()), begin.elapsed())
    }

    #[test]
    fn a_dead_address_costs_a_quarter_of_a_second() {
        let (dead, alive) = (Dead::new(), listener());
        let alive = alive.local_addr().unwrap();
        // An address that fails in between adds nothing.
        for addresses in [&[dead.address(), alive][..], &[dead.address(), refusing(), alive]] {
            let (winner, took) = race(addresses, Duration::from_secs(10));
            assert_eq!(winner.unwrap(), alive);
            assert!(QUARTER <= took && took < QUARTER + SLACK, "{took:?}");
        }
    }

    #[test]
    fn after_a_failure_the_next_is_tried_at_once() {
        let alive = listener();
        let alive = alive.local_addr().unwrap();
        let (winner, took) =
            race(&[no_way(), refusing(), refusing(), alive], Duration::from_secs(10));
        assert_eq!(winner.unwrap(), alive);
        assert!(took < QUARTER, "{took:?}");
    }

    #[test]
    fn an_address_stays_in_the_race_when_the_next_has_begun() {
        let (mut late, dead) = (Dead::new(), Dead::new());
        let address = late.address();
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(2 * QUARTER);
                late.revive();
            });
            // The kernel sends its first packet again after a second.
            let (winner, _) = race(&[address, dead.address()], Duration::from_secs(10));
            assert_eq!(winner.unwrap(), address);
        });
    }

    #[test]
    fn when_all_fail_the_error_tells_most_and_the_deadline_is_for_all_together() {
        let (dead, another) = (Dead::new(), Dead::new());
        let limit = Duration::from_millis(600);
        let all_dead = [dead.address(), another.address(), dead.address()];
        let (result, took) = race(&all_dead, limit);
        assert!(matches!(result, Err(Failure::TimedOut)), "{result:?}");
        assert!((limit..limit + SLACK).contains(&took), "{took:?}");

        for addresses in [[refusing(), dead.address()], [dead.address(), refusing()]] {
            let (result, took) = race(&addresses, limit);
            let Err(Failure::Io(error)) = result else { panic!("{result:?}") };
            assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
            assert!((limit..limit + SLACK).contains(&took), "{took:?}");
        }
        let (result, _) = race(&[dead.address(), no_way()], limit);
        assert!(matches!(result, Err(Failure::TimedOut)), "{result:?}");
        let (result, took) = race(&[refusing(), no_way()], limit);
        let Err(Failure::Io(error)) = result else { panic!("{result:?}") };
        assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
        assert!(took < limit, "{took:?}");
        assert!(matches!(race(&[], limit).0, Err(Failure::HostNotFound)));
    }

    #[test]
    fn an_interrupt_ends_it() {
        let (dead, another) = (Dead::new(), Dead::new());
        let begin = Instant::now();
        let until = begin + QUARTER + Duration::from_millis(100);
        let interrupt = Interrupt::new(Some(Arc::new(move || match Instant::now() < until {
            true => Ok(()),
            false => Err("stop".into()),
        })));
        let deadline = Deadline { interrupt: &interrupt, ends: Ends::default() };
        let result = connect(&[dead.address(), another.address()], deadline);
        assert!(matches!(result, Err(Failure::Interrupted(_))), "{result:?}");
        assert!(begin.elapsed() < QUARTER + Duration::from_millis(200) + SLACK);

        let result = connect(&[refusing(), refusing()], deadline);
        assert!(matches!(result, Err(Failure::Interrupted(_))), "{result:?}");
    }

    #[test]
    fn the_families_take_turns() {
        let text = |addresses: &[&str]| {
            let parsed = addresses.iter().map(|address| address.parse().unwrap());
            alternated(&parsed.collect::<Vec<SocketAddr>>())
                .iter()
                .map(|address| address.ip().to_string())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(text(&["[::1]:1", "[::2]:1", "[::3]:1", "0.0.0.1:1"]), "::1 0.0.0.1 ::2 ::3");
        assert_eq!(
            text(&["0.0.0.1:1", "[::1]:1", "[::2]:1", "0.0.0.2:1"]),
            "0.0.0.1 ::1 0.0.0.2 ::2"
        );
        assert_eq!(text(&[]), "");
    }
}
