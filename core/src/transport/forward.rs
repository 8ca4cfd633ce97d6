//! An HTTP proxy before a service without TLS: it wants the whole URL in the request line.
//!
//! ureq tunnels through proxies, also to `http://`, but many proxies open tunnels to port 443 only.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ureq::http::Uri;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport,
};
use ureq::{Error, Proxy};

/// What a forward proxy is told.
#[derive(Clone)]
pub(super) struct Forward {
    /// Where the proxy is.
    pub(super) proxy: Uri,
    /// Scheme and authority of the service.
    origin: String,
    /// A header line, if the proxy wants to know who asks.
    authorization: String,
}

impl Forward {
    pub(super) fn new(proxy: &Proxy, base: &Uri) -> Forward {
        let authority = base.authority().map_or("", |authority| authority.as_str());
        let authorization = match (proxy.username(), proxy.password()) {
            (None, None) => String::new(),
            (user, password) => {
                let (user, password) = (user.unwrap_or_default(), password.unwrap_or_default());
                let encoded = BASE64_STANDARD.encode(format!("{user}:{password}"));
                format!("proxy-authorization: Basic {encoded}\r\n")
            }
        };
        Forward { proxy: proxy.uri().clone(), origin: format!("http://{authority}"), authorization }
    }

    /// `GET /path HTTP/1.1\r\n…` with the whole URL. `None` if it does not begin like a request.
    fn rewritten(&self, head: &[u8]) -> Option<Vec<u8>> {
        let method_end = head.iter().position(|byte| *byte == b' ')? + 1;
        let line_end = head.windows(2).position(|pair| pair == b"\r\n")? + 2;
        let (method, path) = (&head[..method_end], head.get(method_end..line_end)?);
        let rest = &head[line_end..];
        let origin = self.origin.as_bytes();
        Some([method, origin, path, self.authorization.as_bytes(), rest].concat())
    }
}

impl std::fmt::Debug for Forward {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Forward")
    }
}

/// Wraps connections to a forward proxy.
#[derive(Debug)]
pub(super) struct ForwardConnector(pub(super) Option<Forward>);

impl<In: Transport> Connector<In> for ForwardConnector {
    type Out = Either<In, Forwarded<In>>;

    fn connect(
        &self,
        _: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| match &self.0 {
            None => Either::A(inner),
            Some(forward) => {
                Either::B(Forwarded { inner, forward: forward.clone(), at_request: true })
            }
        }))
    }
}

/// A connection to a forward proxy.
#[derive(Debug)]
pub(super) struct Forwarded<T> {
    inner: T,
    forward: Forward,
    /// Whether what is transmitted next begins a request.
    at_request: bool,
}

impl<T: Transport> Transport for Forwarded<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        if !std::mem::take(&mut self.at_request) {
            return self.inner.transmit_output(amount, timeout);
        }
        let head = &self.inner.buffers().output()[..amount];
        let Some(rewritten) = self.forward.rewritten(head) else {
            return Err(Error::BadUri("the request line is too long for a proxy".to_owned()));
        };
        let size = self.inner.buffers().output().len();
        for part in rewritten.chunks(size) {
            self.inner.buffers().output()[..part.len()].copy_from_slice(part);
            self.inner.transmit_output(part.len(), timeout)?;
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.at_request = true;
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }
}

#[cfg(test)]
mod tests {
    use super::Forward;
    use ureq::Proxy;

    #[test]
    fn the_request_line_gets_the_whole_url() {
        let base = "http://api.example:8080/core/v1".parse().unwrap();
        let rewritten = |proxy: &str, head: &str| {
            let forward = Forward::new(&Proxy::new(proxy).unwrap(), &base);
            forward.rewritten(head.as_bytes()).map(|head| String::from_utf8(head).unwrap())
        };
        let head = "GET /core/v1/disks/disk?a=b HTTP/1.1\r\nhost: api.example:8080\r\n\r\n";
        assert_eq!(
            rewritten("http://proxy:3128", head).unwrap(),
            "GET http://api.example:8080/core/v1/disks/disk?a=b HTTP/1.1\r\n\
             host: api.example:8080\r\n\r\n"
        );
        assert_eq!(
            rewritten("http://me:secret@proxy:3128", "POST / HTTP/1.1\r\n\r\n").unwrap(),
            "POST http://api.example:8080/ HTTP/1.1\r\n\
             proxy-authorization: Basic bWU6c2VjcmV0\r\n\r\n"
        );
        assert_eq!(rewritten("http://proxy:3128", "GET /half"), None);
    }
}
