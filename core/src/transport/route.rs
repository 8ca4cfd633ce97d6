//! The route to the service: direct or through a proxy.

use ureq::http::Uri;

use super::proxy::{Proxy, bare_host};

/// The service, and the proxy that leads to it.
pub(super) struct Route {
    pub(super) service: Server,
    pub(super) proxy: Option<Proxy>,
    /// The host and port as the URL has them.
    authority: String,
}

/// Where something listens.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Server {
    pub(super) is_https: bool,
    /// Without the brackets of an IPv6 literal.
    pub(super) host: String,
    pub(super) port: u16,
}

impl Route {
    pub(super) fn new(proxy: Option<Proxy>, base: &Uri) -> Route {
        let authority = base.authority().map_or("", |authority| authority.as_str()).to_owned();
        Route { service: Server::of(base), proxy, authority }
    }

    /// Whether the proxy forwards each request, with the whole URL, instead of opening a tunnel. True
    /// without TLS, because many proxies open tunnels only to port 443.
    pub(super) fn is_forwarded(&self) -> bool {
        let is_plain = |proxy: &Proxy| !proxy.server.is_https && !self.service.is_https;
        self.proxy.as_ref().is_some_and(is_plain)
    }

    pub(super) fn speaks_tls(&self) -> bool {
        self.service.is_https || self.proxy.as_ref().is_some_and(|proxy| proxy.server.is_https)
    }

    /// The service's host and port, as the URL has them.
    pub(super) fn authority(&self) -> &str {
        &self.authority
    }

    /// Names the service and its proxy in messages.
    pub(super) fn peer(&self) -> String {
        match &self.proxy {
            None => self.authority.clone(),
            Some(proxy) => {
                format!("{} through the proxy {}", self.authority, proxy.server.authority())
            }
        }
    }
}

impl Server {
    /// Of an absolute URL.
    pub(super) fn of(url: &Uri) -> Server {
        let is_https = url.scheme_str() == Some("https");
        Server {
            is_https,
            host: bare_host(url).to_owned(),
            port: url.port_u16().unwrap_or(if is_https { 443 } else { 80 }),
        }
    }

    pub(super) fn authority(&self) -> String {
        let Server { host, port, .. } = self;
        if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
    }
}
