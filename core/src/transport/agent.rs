//! ureq's agent as we want it: our connections, none of its headers but those that we name, every
//! answer handed out as it is.

use std::sync::Arc;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Connector, NextTimeout};

use super::answer_head::HEAD_LIMIT;
use super::connector::{Destination, HttpConnector};
use super::keep_alive::LONGEST_IDLE;
use super::outgoing::Additions;

/// As many as threads that one client is made for.
const MOST_IDLE: usize = 64;

/// The agent of one client in one process: a child of a fork must not use its parent's connections.
pub(super) fn for_service(
    user_agent: &str,
    destination: &Arc<Destination>,
    additions: &Arc<Additions>,
) -> Agent {
    let connector = HttpConnector::new(Arc::clone(destination), Arc::clone(additions));
    with_connector(user_agent, "application/json", "gzip", connector)
}

/// An agent that asks for nothing by itself, for one request on one connection.
pub(super) fn for_tunnel(connector: impl Connector) -> Agent {
    with_connector("", "", "", connector)
}

/// A header that is empty is not sent.
fn with_connector(
    user_agent: &str,
    accept: &str,
    accept_encoding: &str,
    connector: impl Connector,
) -> Agent {
    let config = Config::builder()
        // Proxies and timeouts are ours, since an interrupt has to end them, too.
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(user_agent)
        .accept(accept)
        .accept_encoding(accept_encoding)
        .max_response_header_size(HEAD_LIMIT)
        .max_idle_connections(MOST_IDLE)
        .max_idle_connections_per_host(MOST_IDLE)
        .max_idle_age(LONGEST_IDLE)
        .build();
    Agent::with_parts(config, connector, NoLookup)
}

/// ureq would look up the name before each request; [`HttpConnector`] does when it connects.
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
