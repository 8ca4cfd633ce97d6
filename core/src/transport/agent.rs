//! Sets up ureq's agent: our connections, no headers from ureq except those for host and body, and
//! every response returned unchanged.

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Connector, NextTimeout};

use super::keep_alive::LONGEST_IDLE;
use super::raw_head::HEAD_LIMIT;

/// A client is designed for this many threads.
const MOST_IDLE: usize = 64;

/// An agent for one process: a forked child must not use its parent's connections.
pub(super) fn with_connector(connector: impl Connector) -> Agent {
    let config = Config::builder()
        // Proxies and timeouts are handled here, so that an interrupt can end them.
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        // `Additions` adds these headers.
        .user_agent("")
        .accept("")
        .accept_encoding("")
        .max_response_header_size(HEAD_LIMIT)
        .max_idle_connections(MOST_IDLE)
        .max_idle_connections_per_host(MOST_IDLE)
        .max_idle_age(LONGEST_IDLE)
        .build();
    Agent::with_parts(config, connector, NoLookup)
}

/// ureq would look up the name before each request;
/// [`HttpConnector`](super::connector::HttpConnector) does so when it connects.
#[derive(Debug)]
struct NoLookup;

impl Resolver for NoLookup {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}
