//! Servers, as far as an error about one needs them: `GET /servers/{server_id}` and `GET /servers?name=`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use super::Nova;
use super::endpoint::checked_id;
use crate::{Operation, Response, Result};

/// Reads a server.
#[derive(Clone, Debug, Serialize)]
pub(super) struct GetServer<'a> {
    pub(super) server_id: &'a str,
}

#[derive(Debug, Deserialize)]
pub(super) struct ServerResponse {}

impl Response for ServerResponse {
    const KEYS: &'static [&'static str] = &["server"];
}

impl Operation<Nova> for GetServer<'_> {
    type Output = ServerResponse;
    const NAME: &'static str = "get_server";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/servers/{server_id}";

    fn check(&self) -> Result<()> {
        checked_id("server_id", self.server_id).map(|_| ())
    }
}

/// Reads the ids and names of the servers whose names match a regular expression.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FindServers {
    name: String,
}

impl FindServers {
    /// `name` has no characters that mean something in a regular expression: [`checked_id`] let it pass.
    pub(super) fn named(name: &str) -> FindServers {
        FindServers { name: format!("^{name}$") }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct ServerList {
    pub(super) servers: Vec<NamedServer>,
}

#[derive(Debug, Deserialize)]
pub(super) struct NamedServer {
    pub(super) id: String,
    pub(super) name: String,
}

impl Response for ServerList {
    const KEYS: &'static [&'static str] = &["servers"];
}

impl Operation<Nova> for FindServers {
    type Output = ServerList;
    const NAME: &'static str = "list_servers";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/servers";
}
