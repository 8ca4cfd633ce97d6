//! ureq's agent as we want it: our connections, no header of its own but those about host and body,
//! every answer handed out as it is.

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Connector, NextTimeout};

use super::keep_alive::LONGEST_IDLE;
use super::raw_head::HEAD_LIMIT;

/// As many as threads that one client is made for.
const MOST_IDLE: usize = 64;

/// An agent for one process: a child of a fork must not use its parent's connections.
pub(super) fn with_connector(connector: impl Connector) -> Agent {
    let config = Config::builder()
        // Proxies and timeouts are ours, since an interrupt has to end them, too.
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        // These lines are the same in each request, and go out with ours.
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

/// ureq would look up the name before each request; [`HttpConnector`](super::connector::HttpConnector) does when it connects.
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
