//! Host names to addresses.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::failure::Failure;
use super::limits::Limits;
use super::route::Server;

/// How long addresses are used again: for connections that are made together or soon after each
/// other, and not for longer than a failover may take.
const FRESH: Duration = Duration::from_secs(10);

/// The addresses of the server that all connections of one process go to first.
pub(super) struct Addresses(Mutex<Option<(Instant, Vec<SocketAddr>)>>);

impl Addresses {
    pub(super) fn new() -> Addresses {
        Addresses(Mutex::new(None))
    }

    pub(super) fn get(
        &self,
        server: &Server,
        limits: Limits<'_>,
    ) -> Result<Vec<SocketAddr>, Failure> {
        let known = self.lock().as_ref().filter(|(since, _)| since.elapsed() < FRESH).cloned();
        if let Some((_, addresses)) = known {
            return Ok(addresses);
        }
        let addresses = lookup(server, limits)?;
        *self.lock() = Some((Instant::now(), addresses.clone()));
        Ok(addresses)
    }

    /// To be called when no connection came of them: the server may have moved.
    pub(super) fn forget(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<(Instant, Vec<SocketAddr>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The addresses of a server. `getaddrinfo` cannot be interrupted, so it runs on a thread of its
/// own, which is left to itself when the caller stops waiting.
fn lookup(server: &Server, limits: Limits<'_>) -> Result<Vec<SocketAddr>, Failure> {
    if let Ok(address) = server.host.parse::<IpAddr>() {
        return Ok(vec![(address, server.port).into()]);
    }

    let name = (server.host.clone(), server.port);
    let (answer, answered) = sync_channel(1);
    thread::Builder::new().name("katapult-dns".to_owned()).spawn(move || {
        let (host, port) = name;
        let found = (host.as_str(), port).to_socket_addrs().map(Vec::from_iter);
        // Nobody listens any more when the call was given up.
        let _ = answer.send(found);
    })?;
    loop {
        match answered.recv_timeout(limits.slice()?) {
            Ok(Ok(addresses)) if addresses.is_empty() => return Err(Failure::HostNotFound),
            Ok(Ok(addresses)) => return Ok(addresses),
            Ok(Err(error)) => return Err(error.into()),
            Err(RecvTimeoutError::Timeout) => limits.check_interrupt()?,
            Err(RecvTimeoutError::Disconnected) => return Err(Failure::HostNotFound),
        }
    }
}
