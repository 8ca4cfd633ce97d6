//! What a server's records say of a request: `GET /servers/{server_id}/os-instance-actions/{id}`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use super::Nova;
use super::endpoint::checked_id;
use crate::{Operation, Response, Result};

/// Reads the record of a request that a server got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct GetInstanceAction {
    server_id: String,
    request_id: String,
}

impl GetInstanceAction {
    pub(super) fn new(server_id: &str, request_id: &str) -> GetInstanceAction {
        GetInstanceAction { server_id: server_id.to_owned(), request_id: request_id.to_owned() }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct InstanceActionResponse {
    #[serde(rename = "instanceAction")]
    action: InstanceAction,
}

#[derive(Debug, Deserialize)]
struct InstanceAction {
    message: Option<String>,
    events: Option<Vec<Event>>,
}

#[derive(Debug, Deserialize)]
struct Event {
    result: Option<String>,
}

impl InstanceActionResponse {
    /// Whether the request was accepted and has failed.
    pub(super) fn has_failed(&self) -> bool {
        let is_error = |text: &Option<String>| text.as_deref() == Some("Error");
        let events = self.action.events.as_deref().unwrap_or_default();
        is_error(&self.action.message) || events.iter().any(|event| is_error(&event.result))
    }
}

impl Response for InstanceActionResponse {
    const KEYS: &'static [&'static str] = &["instanceAction"];
}

impl Operation<Nova> for GetInstanceAction {
    type Output = InstanceActionResponse;
    const NAME: &'static str = "get_instance_action";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/servers/{server_id}/os-instance-actions/{request_id}";

    fn check(&self) -> Result<()> {
        checked_id("server_id", &self.server_id)?;
        checked_id("request id", &self.request_id).map(|_| ())
    }
}
