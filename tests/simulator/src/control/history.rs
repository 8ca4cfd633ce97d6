//! The history of the objects: what was true when, and what each request was shown.

use axum::extract::State;
use serde::Deserialize;

use super::order::{Order, Reply};
use crate::state::Shared;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HistoryOrder {
    on: bool,
}

pub(super) async fn record(
    State(shared): State<Shared>,
    Order(order): Order<HistoryOrder>,
) -> Reply {
    shared.lock().record_history(order.on);
    Reply::done()
}

pub(super) async fn view(State(shared): State<Shared>) -> Reply {
    Reply::ok(shared.lock().history_view())
}
