//! Makes ureq's connections, in one process.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::client::Resumption;
use ureq::unversioned::transport::{ConnectionDetails, Connector};

use super::call;
use super::connection::Connection;
use super::deadline::Deadline;
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::outgoing::Additions;
use super::resolve::Addresses;
use super::route::{Route, Server};
use super::stream::Stream;
use super::tls::Tls;
use super::tunnel;

/// What all connections of a client share.
pub(super) struct Destination {
    pub(super) route: Route,
    pub(super) interrupt: Interrupt,
    /// `None` if neither the service nor the proxy uses TLS, which saves loading the certificates.
    pub(super) tls: Option<ClientConfig>,
    pub(super) connect_timeout: Option<Duration>,
}

pub(super) struct HttpConnector {
    destination: Arc<Destination>,
    additions: Arc<Additions>,
    tls: Option<Arc<ClientConfig>>,
    addresses: Addresses,
}

impl HttpConnector {
    pub(super) fn new(destination: Arc<Destination>, additions: Arc<Additions>) -> HttpConnector {
        let tls = destination.tls.as_ref().map(|tls| {
            let mut tls = tls.clone();
            // A session cache per process: it has a lock, which would not survive a fork.
            tls.resumption = Resumption::default();
            Arc::new(tls)
        });
        HttpConnector { destination, additions, tls, addresses: Addresses::new() }
    }

    fn open(&self, deadline: Deadline<'_>) -> Result<Stream, Failure> {
        let Route { service, proxy, .. } = &self.destination.route;
        let Some(proxy) = proxy else {
            let to_service = self.tcp(service, deadline)?;
            return self.secure(to_service, service, deadline);
        };
        let to_proxy = self.tcp(&proxy.server, deadline)?;
        let to_proxy = self.secure(to_proxy, &proxy.server, deadline)?;
        if self.destination.route.is_forwarded() {
            return Ok(to_proxy);
        }
        let tunnel = tunnel::open(to_proxy, proxy, service, deadline)?;
        self.secure(tunnel, service, deadline)
    }

    fn tcp(&self, server: &Server, deadline: Deadline<'_>) -> Result<Stream, Failure> {
        self.addresses.connect(server, deadline).map(Stream::Tcp)
    }

    fn secure(
        &self,
        stream: Stream,
        server: &Server,
        deadline: Deadline<'_>,
    ) -> Result<Stream, Failure> {
        match &self.tls {
            Some(tls) if server.is_https => {
                let tls = Tls::handshake(stream, &server.host, tls, deadline)?;
                Ok(Stream::Tls(Box::new(tls)))
            }
            _ => Ok(stream),
        }
    }
}

impl Connector for HttpConnector {
    type Out = Connection;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Connection>, ureq::Error> {
        let interrupt = &self.destination.interrupt;
        let ends = call::current(|call| call.ends);
        let deadline = Deadline { interrupt, ends }.within(self.destination.connect_timeout);
        let stream = self.open(deadline).inspect_err(|_| self.addresses.forget())?;
        let additions = Arc::clone(&self.additions);
        Ok(Some(Connection::new(stream, interrupt.clone(), additions)))
    }
}

impl fmt::Debug for HttpConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpConnector").finish_non_exhaustive()
    }
}
