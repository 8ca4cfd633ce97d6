//! The control API, by which tests change the simulator.

mod acts;
mod answers;
mod api_tokens;
mod fault;
mod history;
mod index;
mod limits;
mod lists;
mod nova;
mod objects;
mod order;
mod overview;
mod page;
mod requests;
mod table;

use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::json;

use crate::state::{NextTask, OrganizationState, Seconds, Shared};
pub(crate) use order::Reply;
use order::{Order, read};
pub(crate) use table::router;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ResetOrder {
    empty: bool,
}

/// The body may be missing.
async fn reset(State(shared): State<Shared>, body: Bytes) -> Reply {
    let order = if body.is_empty() {
        ResetOrder::default()
    } else {
        match read(&body) {
            Ok(order) => order,
            Err(problem) => return Reply::bad_request(problem),
        }
    };
    shared.lock().reset(order.empty);
    Reply::done()
}

async fn state(State(shared): State<Shared>) -> Reply {
    let state = shared.lock();
    Reply::ok(json!({
        "disks": state.disks.len(),
        "tasks": state.tasks.len(),
        "created": state.created,
        "virtual_machines": state.virtual_machines.len(),
        "disk_backup_policies": state.backup_policies.len(),
        "trash_objects": state.trash.len(),
        "logins": state.identity.logins,
        "clock": state.clock.seconds(),
    }))
}

async fn next_task(State(shared): State<Shared>, Order(next): Order<NextTask>) -> Reply {
    shared.lock().next_task = next;
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LargeSetOrder {
    on: bool,
}

async fn large_set(State(shared): State<Shared>, Order(order): Order<LargeSetOrder>) -> Reply {
    shared.lock().large_set = order.on;
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockOrder {
    #[serde(default)]
    advance_seconds: Seconds,
    stopped: Option<bool>,
}

/// Events that are due then happen with the next request.
async fn clock(State(shared): State<Shared>, Order(order): Order<ClockOrder>) -> Reply {
    let mut state = shared.lock();
    if let Err(problem) = state.clock.advance(order.advance_seconds.0) {
        return Reply::bad_request(format!("advance_seconds: {problem}"));
    }
    match order.stopped {
        Some(true) => state.clock.stop(),
        Some(false) => state.clock.run(),
        None => {}
    }
    Reply::ok(json!({ "clock": state.clock.seconds() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationOrder {
    /// Which one, by its id or sub-domain; without it, the main one.
    organization: Option<String>,
    state: Option<OrganizationState>,
    id: Option<String>,
    sub_domain: Option<String>,
}

async fn organization(
    State(shared): State<Shared>,
    Order(order): Order<OrganizationOrder>,
) -> Reply {
    let mut state = shared.lock();
    let Some(organization) = state.organization_mut(order.organization.as_deref()) else {
        return Reply::not_found("organization");
    };
    organization.state = order.state.unwrap_or(organization.state);
    if let Some(sub_domain) = order.sub_domain {
        organization.document.insert("sub_domain".into(), sub_domain.into());
    }
    if let Some(id) = order.id {
        let from = organization.id().to_owned();
        state.rename_organization(&from, &id);
    }
    Reply::done()
}
