//! The control API: what a test does to the simulator.

mod answers;
mod objects;
mod order;

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;

use crate::json;
use crate::state::{NextTask, OrganizationState, Shared};
use order::{Order, Reply};

pub(crate) fn router() -> Router<Shared> {
    Router::new()
        .route("/reset", post(reset))
        .route("/state", get(state))
        .route("/requests", get(requests).delete(clear_requests))
        .route("/answers", post(answers::add).delete(answers::clear))
        .route("/next_task", post(next_task))
        .route("/rate_limit", post(rate_limit))
        .route("/organization", post(organization))
        .route("/disks/{id}", post(objects::disk))
        .route("/virtual_machines/{id}", post(objects::virtual_machine))
        .route("/servers/{id}", post(objects::server))
        .route("/volumes/{id}", post(objects::volume))
        .fallback(async || Reply::not_found("path"))
}

async fn reset(State(shared): State<Shared>) -> Reply {
    shared.lock().reset();
    Reply::done()
}

async fn state(State(shared): State<Shared>) -> Reply {
    let state = shared.lock();
    Reply::ok(json!({
        "disks": state.disks.len(),
        "tasks": state.tasks.len(),
        "created": state.created,
    }))
}

async fn requests(State(shared): State<Shared>) -> Reply {
    Reply::json(json::to_bytes(shared.lock().requests.log()))
}

async fn clear_requests(State(shared): State<Shared>) -> Reply {
    shared.lock().requests.clear();
    Reply::done()
}

async fn next_task(State(shared): State<Shared>, Order(next): Order<NextTask>) -> Reply {
    if next.seconds.is_some_and(|seconds| Duration::try_from_secs_f64(seconds).is_err()) {
        return Reply::bad_request("seconds: not a time span");
    }
    shared.lock().next_task = next;
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateLimitOrder {
    permitted: u32,
}

async fn rate_limit(State(shared): State<Shared>, Order(order): Order<RateLimitOrder>) -> Reply {
    shared.lock().rate_limit.permit(order.permitted);
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationOrder {
    state: OrganizationState,
}

async fn organization(
    State(shared): State<Shared>,
    Order(order): Order<OrganizationOrder>,
) -> Reply {
    shared.lock().organization.state = order.state;
    Reply::done()
}
