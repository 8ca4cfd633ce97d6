//! How the service is reached.

use ureq::Proxy;
use ureq::http::Uri;

use super::forward::Forward;

pub(super) enum Route {
    Direct,
    /// Through a proxy that is handed each request.
    Forward(Forward, Proxy),
    /// Through a proxy that opens a tunnel.
    Tunnel(Proxy),
}

impl Route {
    pub(super) fn new(proxy: Option<Proxy>, base: &Uri) -> Route {
        let is_http = |uri: &Uri| uri.scheme_str() == Some("http");
        match proxy {
            None => Route::Direct,
            Some(proxy) if is_http(base) && is_http(proxy.uri()) => {
                Route::Forward(Forward::new(&proxy, base), proxy)
            }
            Some(proxy) => Route::Tunnel(proxy),
        }
    }

    pub(super) fn forward(&self) -> Option<&Forward> {
        match self {
            Route::Forward(forward, _) => Some(forward),
            Route::Direct | Route::Tunnel(_) => None,
        }
    }

    pub(super) fn tunnel(&self) -> Option<&Proxy> {
        match self {
            Route::Tunnel(proxy) => Some(proxy),
            Route::Direct | Route::Forward(..) => None,
        }
    }

    pub(super) fn has_tls_proxy(&self) -> bool {
        self.tunnel().is_some_and(|proxy| proxy.uri().scheme_str() == Some("https"))
    }

    /// Whom the client talks to, for messages.
    pub(super) fn peer(&self, base: &Uri) -> String {
        let host = base.authority().map_or("", |authority| authority.as_str());
        match self {
            Route::Direct => host.to_owned(),
            Route::Forward(_, proxy) | Route::Tunnel(proxy) => {
                format!("{host} through the proxy {}:{}", proxy.host(), proxy.port())
            }
        }
    }
}
