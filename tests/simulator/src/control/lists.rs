//! How lists deceive, and which disks fail.

use std::collections::HashSet;

use axum::extract::State;
use serde::Deserialize;

use super::order::{Order, Reply};
use crate::state::{Deceit, Failure, Seconds, Shared};

const MOST_EMPTY_PAGES: usize = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListsOrder {
    #[serde(default)]
    lag_seconds: Seconds,
    #[serde(default)]
    state_lag_seconds: Seconds,
    #[serde(default)]
    empty_pages: usize,
    #[serde(default)]
    ignore_annotations: bool,
}

pub(super) async fn lists(State(shared): State<Shared>, Order(order): Order<ListsOrder>) -> Reply {
    let (lag, state_lag) = (order.lag_seconds.0, order.state_lag_seconds.0);
    if order.empty_pages > MOST_EMPTY_PAGES {
        return Reply::bad_request(format!("empty_pages: must be 0 to {MOST_EMPTY_PAGES}"));
    }
    let (empty_pages, ignore_annotations) = (order.empty_pages, order.ignore_annotations);
    shared.lock().deceive(Deceit { lag, state_lag, empty_pages, ignore_annotations });
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FailByNameOrder {
    names: HashSet<String>,
    how: Failure,
}

pub(super) async fn fail_by_name(
    State(shared): State<Shared>,
    Order(order): Order<FailByNameOrder>,
) -> Reply {
    shared.lock().failing.set(order.how, order.names);
    Reply::done()
}
