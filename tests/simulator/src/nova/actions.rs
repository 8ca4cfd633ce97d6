//! What was done to a server; the only place where a failed detach shows.

use std::time::Duration;

use serde::Serialize;

use super::Call;
use super::answer::{Answer, Fault};
use super::host::host_id;
use crate::python_json::python_json;
use crate::state::{Action, State, timestamp};

/// captured: the message is "Error" or null, also while it goes on.
#[derive(Serialize)]
struct ActionView<'a> {
    action: &'a str,
    instance_uuid: &'a str,
    request_id: &'a str,
    user_id: &'a str,
    project_id: &'a str,
    start_time: String,
    message: Option<&'static str>,
    /// captured with 2.84; of Nova's documents: from 2.58 on.
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
    /// Of Nova's documents: before 2.51 only administrators see them.
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<[EventView<'a>; 1]>,
}

#[derive(Serialize)]
struct EventView<'a> {
    event: &'a str,
    start_time: String,
    finish_time: Option<String>,
    result: Option<&'static str>,
    /// captured with 2.84; of Nova's documents: from 2.62 on.
    #[serde(rename = "hostId", skip_serializing_if = "Option::is_none")]
    host_id: Option<String>,
}

impl<'a> ActionView<'a> {
    fn new(action: &'a Action, minor: u32) -> Self {
        let failed = action.end.as_ref().is_some_and(|end| end.failed);
        let updated_at = action.end.as_ref().map_or(event_start(action), |end| end.at);
        Self {
            action: action.action,
            instance_uuid: &action.server_id,
            request_id: &action.request_id,
            user_id: action.user_id,
            project_id: action.project_id,
            start_time: timestamp(action.started_at),
            message: failed.then_some("Error"),
            updated_at: (minor >= 58).then(|| timestamp(updated_at)),
            events: None,
        }
    }
}

impl<'a> EventView<'a> {
    fn new(action: &'a Action, minor: u32) -> Self {
        let end = action.end.as_ref();
        Self {
            event: action.event,
            start_time: timestamp(event_start(action)),
            finish_time: end.map(|end| timestamp(end.at)),
            result: end.map(|end| if end.failed { "Error" } else { "Success" }),
            host_id: (minor >= 62).then(|| host_id(action.project_id)),
        }
    }
}

/// Our choice: the service on the host begins at once.
fn event_start(action: &Action) -> Duration {
    action.started_at
}

/// captured: the latest first.
pub(super) fn list(state: &State, call: &Call<'_>) -> Result<Answer, Fault> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        instance_actions: Vec<ActionView<'a>>,
    }

    let server = &call.server(state)?.id;
    check_policy(state, "os-instance-actions:list")?;
    let actions = state.actions.iter().rev().filter(|action| action.server_id == *server);
    let instance_actions = actions.map(|action| ActionView::new(action, call.minor())).collect();
    Ok(Answer::Ok(python_json(&Body { instance_actions })))
}

pub(super) fn get(state: &State, call: &Call<'_>, request_id: &str) -> Result<Answer, Fault> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        instance_action: ActionView<'a>,
    }

    let server = &call.server(state)?.id;
    check_policy(state, "os-instance-actions:show")?;
    let action = state
        .actions
        .iter()
        .find(|action| action.server_id == *server && action.request_id == request_id)
        // Not captured; so Nova's source has it.
        .ok_or_else(|| Fault::not_found(format!("Action {request_id} not found")))?;
    let mut instance_action = ActionView::new(action, call.minor());
    instance_action.events = (call.minor() >= 51).then(|| [EventView::new(action, call.minor())]);
    Ok(Answer::Ok(python_json(&Body { instance_action })))
}

fn check_policy(state: &State, rule: &str) -> Result<(), Fault> {
    if state.conditions.actions_forbidden { Err(Fault::policy(rule)) } else { Ok(()) }
}
