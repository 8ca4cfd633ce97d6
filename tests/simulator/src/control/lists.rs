//! How lists deceive, and which disks fail.

use std::collections::HashSet;
use std::time::Duration;

use axum::extract::State;
use serde::Deserialize;

use super::order::{Order, Reply};
use crate::state::{Deceit, Failure, Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListsOrder {
    #[serde(default)]
    lag_seconds: f64,
    #[serde(default)]
    state_lag_seconds: f64,
    #[serde(default)]
    empty_pages: usize,
    #[serde(default)]
    ignore_annotations: bool,
}

pub(super) async fn lists(State(shared): State<Shared>, Order(order): Order<ListsOrder>) -> Reply {
    let Ok(lag) = Duration::try_from_secs_f64(order.lag_seconds) else {
        return Reply::bad_request("lag_seconds: not a time span");
    };
    let Ok(state_lag) = Duration::try_from_secs_f64(order.state_lag_seconds) else {
        return Reply::bad_request("state_lag_seconds: not a time span");
    };
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
