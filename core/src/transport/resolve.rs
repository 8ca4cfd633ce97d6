//! Host names to addresses.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;

use super::failure::Failure;
use super::limits::Limits;
use super::route::Server;

/// The addresses of a server. `getaddrinfo` cannot be interrupted, so it runs on a thread of its
/// own, which is left to itself when the caller stops waiting.
pub(super) fn lookup(server: &Server, limits: Limits<'_>) -> Result<Vec<SocketAddr>, Failure> {
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
