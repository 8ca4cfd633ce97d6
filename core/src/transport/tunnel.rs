//! Opens a tunnel through a proxy: CONNECT is an ordinary request, whose connection then stays in use.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use ureq::http::{Method, Request, Uri};
use ureq::unversioned::transport::{ConnectionDetails, Connector};

use super::agent;
use super::call::{Call, Current};
use super::connection::Connection;
use super::deadline::Deadline;
use super::failure::{self, Failure};
use super::interrupt::Interrupt;
use super::outgoing::Additions;
use super::proxy::Proxy;
use super::route::Server;
use super::stream::Stream;

/// Asks the proxy that `stream` is connected to for a tunnel to `service`.
pub(super) fn open(
    stream: Stream,
    proxy: &Proxy,
    service: &Server,
    deadline: Deadline<'_>,
) -> Result<Stream, Failure> {
    let stream = Arc::new(Mutex::new(stream));
    let status = connect(Arc::clone(&stream), proxy, service, deadline)?;
    if !matches!(status, 200..300) {
        let proxy = proxy.server.authority();
        return Err(Failure::Proxy(format!("{proxy} answered CONNECT with {status}")));
    }
    let stream = Arc::into_inner(stream).ok_or(Failure::Closed)?;
    Ok(stream.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Sends CONNECT; returns the status of the proxy's response. `stream` is free again afterwards.
fn connect(
    stream: Arc<Mutex<Stream>>,
    proxy: &Proxy,
    service: &Server,
    deadline: Deadline<'_>,
) -> Result<u16, Failure> {
    let lines = proxy.authorization.clone();
    let lender = Lender {
        stream,
        interrupt: deadline.interrupt.clone(),
        additions: Arc::new(Additions { target_prefix: String::new(), lines }),
    };
    // Only the authority of the URL is sent.
    let uri = Uri::builder().scheme("http").authority(service.authority()).path_and_query("/");
    let request = Request::builder().method(Method::CONNECT).uri(uri.build()?).body(())?;

    // CONNECT is not the caller's request, so it must not mark that as sent.
    let call = Current::begin(Call { ends: deadline.ends, ..Call::default() });
    let response = agent::with_connector(lender).run(request);
    let sent = call.end().sent;
    match response {
        Ok(response) => Ok(response.status().as_u16()),
        Err(error) => Err(failure::of_ureq(error, sent)),
    }
}

/// Lends a stream to ureq.
struct Lender {
    stream: Arc<Mutex<Stream>>,
    interrupt: Interrupt,
    additions: Arc<Additions>,
}

impl Connector for Lender {
    type Out = Connection;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Connection>, ureq::Error> {
        let stream = Stream::Lent(Arc::clone(&self.stream));
        let additions = Arc::clone(&self.additions);
        Ok(Some(Connection::new(stream, self.interrupt.clone(), additions)))
    }
}

impl fmt::Debug for Lender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lender").finish_non_exhaustive()
    }
}
