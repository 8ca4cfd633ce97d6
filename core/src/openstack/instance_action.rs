//! What a server's records say of the requests that it got: `GET /servers/{server_id}/os-instance-actions`, and
//! one of them.

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

/// Reads the records of a server, the newest first (captured).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ListInstanceActions {
    pub(super) server_id: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct InstanceActionResponse {
    #[serde(rename = "instanceAction")]
    pub(super) action: InstanceAction,
}

#[derive(Debug, Deserialize)]
pub(super) struct InstanceActionList {
    #[serde(rename = "instanceActions")]
    pub(super) actions: Vec<InstanceAction>,
}

/// From microversion 2.51 on everybody sees the events; before that only administrators do, and not in a list
/// (Nova's documents).
#[derive(Debug, Deserialize)]
pub(super) struct InstanceAction {
    #[serde(default)]
    pub(super) action: String,
    #[serde(default)]
    pub(super) request_id: String,
    /// In UTC, without a zone: `2026-11-20T17:43:48.000000`.
    pub(super) start_time: Option<String>,
    message: Option<String>,
    pub(super) events: Option<Vec<Event>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Event {
    pub(super) finish_time: Option<String>,
    result: Option<String>,
}

impl InstanceAction {
    /// Whether the request was accepted and has failed.
    pub(super) fn has_failed(&self) -> bool {
        let is_error = |text: &Option<String>| text.as_deref() == Some("Error");
        let events = self.events.as_deref().unwrap_or_default();
        is_error(&self.message) || events.iter().any(|event| is_error(&event.result))
    }
}

impl Response for InstanceActionResponse {
    const KEYS: &'static [&'static str] = &["instanceAction"];
}

impl Response for InstanceActionList {
    const KEYS: &'static [&'static str] = &["instanceActions"];
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

impl Operation<Nova> for ListInstanceActions {
    type Output = InstanceActionList;
    const NAME: &'static str = "list_instance_actions";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/servers/{server_id}/os-instance-actions";

    fn check(&self) -> Result<()> {
        checked_id("server_id", &self.server_id).map(|_| ())
    }
}
