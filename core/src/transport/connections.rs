//! The connections of one process: those that are idle, and how new ones are made.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustls::ClientConfig;
use rustls::client::Resumption;

use super::failure::Failure;
use super::limits::Limits;
use super::resolve::Addresses;
use super::route::{Route, Server};
use super::stream::Stream;
use super::tcp::Tcp;
use super::tls::Tls;
use super::tunnel;
use super::wire::Wire;

/// As many as threads that one client is made for.
const MOST_IDLE: usize = 64;
/// What was idle for longer may have been forgotten on the way without a word.
const LONGEST_IDLE: Duration = Duration::from_secs(15);

pub(super) struct Connections {
    tls: Option<Arc<ClientConfig>>,
    idle: Mutex<Vec<Wire>>,
    addresses: Addresses,
}

impl Connections {
    pub(super) fn new(tls: Option<&ClientConfig>) -> Connections {
        let tls = tls.map(|tls| {
            let mut tls = tls.clone();
            // Sessions of its own: the cache has a lock, which would not survive a fork.
            tls.resumption = Resumption::default();
            Arc::new(tls)
        });
        Connections { tls, idle: Mutex::new(Vec::new()), addresses: Addresses::new() }
    }

    /// A connection that was used last and may be used again.
    pub(super) fn take(&self, limits: Limits<'_>) -> Option<Wire> {
        loop {
            // The guard goes at the end of the statement: other threads need not wait for the look.
            let mut wire = self.lock().pop()?;
            if wire.idle_since.elapsed() < LONGEST_IDLE && wire.is_usable(limits) {
                return Some(wire);
            }
        }
    }

    /// Keeps a connection that stands at the beginning of an answer.
    pub(super) fn put(&self, mut wire: Wire) {
        wire.idle_since = Instant::now();
        let mut idle = self.lock();
        // The first has been idle for longest.
        let is_old = |wire: &Wire| wire.idle_since.elapsed() >= LONGEST_IDLE;
        let surplus = idle.first().is_some_and(is_old) || idle.len() >= MOST_IDLE;
        let oldest = surplus.then(|| idle.remove(0));
        idle.push(wire);
        drop(idle);
        drop(oldest);
    }

    /// Makes a connection to the service.
    pub(super) fn open(&self, route: &Route, limits: Limits<'_>) -> Result<Wire, Failure> {
        self.make(route, limits).inspect_err(|_| self.addresses.forget())
    }

    fn make(&self, route: &Route, limits: Limits<'_>) -> Result<Wire, Failure> {
        let Route { service, proxy, .. } = route;
        let mut stream = match proxy {
            None => self.tcp(service, limits)?,
            Some(proxy) => {
                let to_proxy = self.tcp(&proxy.server, limits)?;
                let to_proxy = self.secure(to_proxy, &proxy.server, limits)?;
                match route.is_forwarded() {
                    true => to_proxy,
                    false => tunnel::open(to_proxy, proxy, service, limits)?,
                }
            }
        };
        if !route.is_forwarded() {
            stream = self.secure(stream, service, limits)?;
        }
        Ok(Wire::new(stream))
    }

    fn tcp(&self, server: &Server, limits: Limits<'_>) -> Result<Stream, Failure> {
        Tcp::connect(&self.addresses.get(server, limits)?, limits).map(Stream::Tcp)
    }

    fn secure(
        &self,
        stream: Stream,
        server: &Server,
        limits: Limits<'_>,
    ) -> Result<Stream, Failure> {
        match &self.tls {
            Some(tls) if server.is_https => {
                let tls = Tls::handshake(stream, &server.host, tls, limits)?;
                Ok(Stream::Tls(Box::new(tls)))
            }
            _ => Ok(stream),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Wire>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
