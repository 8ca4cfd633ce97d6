//! Host names to addresses, only when a connection is really opened.

use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::call;
use super::interrupt::{Interrupt, other, slice};

/// ureq asks its resolver before every request, also when it has a connection. This one answers
/// with a placeholder; [`lookup`] does the work when a connection is opened.
#[derive(Debug)]
pub(super) struct LazyResolver;

impl Resolver for LazyResolver {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let mut addresses = self.empty();
        addresses.push(([0, 0, 0, 0], 0).into());
        Ok(addresses)
    }
}

/// The addresses of the URI's host. `getaddrinfo` cannot be interrupted, so it runs on a thread of
/// its own, which is left to itself when the caller stops waiting.
pub(super) fn lookup(uri: &Uri, interrupt: &Interrupt) -> Result<Vec<SocketAddr>, Error> {
    let (scheme, authority) = uri
        .scheme()
        .zip(uri.authority())
        .ok_or_else(|| Error::BadUri("the URL has no host".to_owned()))?;
    let host_and_port =
        DefaultResolver::host_and_port(scheme, authority).ok_or(Error::HostNotFound)?;
    if let Ok(address) = host_and_port.parse() {
        return Ok(vec![address]);
    }

    let (answer, answered) = sync_channel(1);
    thread::Builder::new().name("katapult-dns".to_owned()).spawn(move || {
        let found = host_and_port.to_socket_addrs().map(|found| found.collect::<Vec<_>>());
        // Nobody listens any more when the call was given up.
        let _ = answer.send(found);
    })?;
    let deadline = call::deadline();
    loop {
        let left = slice(deadline).ok_or(Error::Timeout(ureq::Timeout::Resolve))?;
        match answered.recv_timeout(left) {
            Ok(Ok(addresses)) if addresses.is_empty() => return Err(Error::HostNotFound),
            Ok(Ok(addresses)) => return Ok(addresses),
            Ok(Err(error)) => return Err(error.into()),
            Err(RecvTimeoutError::Timeout) => interrupt.check().map_err(other)?,
            Err(RecvTimeoutError::Disconnected) => return Err(Error::HostNotFound),
        }
    }
}
