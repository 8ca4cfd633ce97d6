//! Looks up host names.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::crew::spawn_without_signals;
use super::deadline::Deadline;
use super::failure::Failure;
use super::route::Server;
use super::tcp::Tcp;

/// How long addresses are cached: long enough for connections made together, short enough for a
/// failover by DNS.
const FRESH: Duration = Duration::from_secs(10);

/// A cache of the addresses of one server: the service, or its proxy.
pub(super) struct Addresses(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// The result of the last lookup, and its time.
    found: Option<(Instant, Vec<SocketAddr>)>,
    /// The address of the last connection.
    worked: Option<SocketAddr>,
}

impl Addresses {
    pub(super) fn new() -> Addresses {
        Addresses(Mutex::default())
    }

    /// Connects to the server and remembers which address worked.
    pub(super) fn connect(&self, server: &Server, deadline: Deadline<'_>) -> Result<Tcp, Failure> {
        let tcp = Tcp::connect(&self.get(server, deadline)?, deadline)?;
        if let Some(peer) = tcp.peer() {
            self.lock().worked = Some(peer);
        }
        Ok(tcp)
    }

    /// The address that worked last comes first, even after a new lookup, so that a dead address
    /// delays only the first connection.
    fn get(&self, server: &Server, deadline: Deadline<'_>) -> Result<Vec<SocketAddr>, Failure> {
        let mut addresses = match self.fresh() {
            Some(addresses) => addresses,
            None => {
                let addresses = lookup(server, deadline)?;
                self.lock().found = Some((Instant::now(), addresses.clone()));
                addresses
            }
        };
        let worked = self.lock().worked;
        addresses.sort_by_key(|address| Some(*address) != worked);
        Ok(addresses)
    }

    /// Call this when no address worked: the server may have moved.
    pub(super) fn forget(&self) {
        self.lock().found = None;
    }

    fn fresh(&self) -> Option<Vec<SocketAddr>> {
        let known = self.lock();
        let (_, addresses) = known.found.as_ref().filter(|(since, _)| since.elapsed() < FRESH)?;
        Some(addresses.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks up a server's addresses. `getaddrinfo` cannot be interrupted, so it runs on its own thread,
/// which is abandoned when the caller stops waiting.
fn lookup(server: &Server, deadline: Deadline<'_>) -> Result<Vec<SocketAddr>, Failure> {
    if let Ok(address) = server.host.parse::<IpAddr>() {
        return Ok(vec![(address, server.port).into()]);
    }

    let name = (server.host.clone(), server.port);
    let (sender, receiver) = sync_channel(1);
    let work = move || {
        let (host, port) = name;
        let found = (host.as_str(), port).to_socket_addrs().map(Vec::from_iter);
        // Fails if the caller has stopped waiting.
        let _ = sender.send(found);
    };
    spawn_without_signals("katapult-dns", |builder| builder.spawn(work))?;
    loop {
        match receiver.recv_timeout(deadline.slice()?) {
            Ok(Ok(addresses)) if addresses.is_empty() => return Err(Failure::HostNotFound),
            Ok(Ok(addresses)) => return Ok(addresses),
            Ok(Err(error)) => return Err(error.into()),
            Err(RecvTimeoutError::Timeout) => deadline.check_interrupt()?,
            Err(RecvTimeoutError::Disconnected) => return Err(Failure::HostNotFound),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{SocketAddr, TcpListener};
    use std::time::{Duration, Instant};

    use super::Addresses;
    use crate::transport::deadline::Deadline;
    use crate::transport::deadline::Ends;
    use crate::transport::interrupt::Interrupt;
    use crate::transport::route::Server;
    use crate::transport::tcp::dead::Dead;

    #[test]
    fn the_address_that_worked_comes_first_from_then_on() {
        let (dead, listener) = (Dead::new(), TcpListener::bind("127.0.0.1:0").unwrap());
        let alive = listener.local_addr().unwrap();
        let server = Server { is_https: false, host: "two.example".to_owned(), port: alive.port() };
        let addresses = Addresses::new();
        let look_up = |found: &[SocketAddr]| {
            addresses.lock().found = Some((Instant::now(), found.to_vec()));
        };
        let connect = || {
            let begin = Instant::now();
            let deadline = Deadline { interrupt: &Interrupt::default(), ends: Ends::default() };
            let peer = addresses.connect(&server, deadline).unwrap().peer();
            (peer, begin.elapsed() < Duration::from_millis(200))
        };

        look_up(&[dead.address(), alive]);
        assert_eq!(connect(), (Some(alive), false));
        assert_eq!(connect(), (Some(alive), true));
        addresses.forget();
        look_up(&[dead.address(), alive]);
        assert_eq!(connect(), (Some(alive), true));

        // The server has moved.
        let moved = TcpListener::bind("127.0.0.1:0").unwrap();
        look_up(&[dead.address(), moved.local_addr().unwrap()]);
        assert_eq!(connect(), (moved.local_addr().ok(), false));
    }
}
