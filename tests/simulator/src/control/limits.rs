//! The rate limit, what was counted, and how slow the services are.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::State;
use serde::Deserialize;

use super::order::{Order, Reply};
use crate::state::{Latency, LimitClock, Seconds, Shared, Terms, check_kind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateLimitOrder {
    permitted: u32,
    token: Option<String>,
    minute_seconds: Option<u32>,
    #[serde(default)]
    late_reset_seconds: Seconds,
    #[serde(default)]
    clock: LimitClock,
}

pub(super) async fn rate_limit(
    State(shared): State<Shared>,
    Order(order): Order<RateLimitOrder>,
) -> Reply {
    let mut state = shared.lock();
    let token = match order.token.as_deref().map(|text| state.api_tokens.of(text)) {
        Some(None) => return Reply::bad_request("token: there is no such token"),
        Some(token) => token,
        None => None,
    };
    let minute_seconds = order.minute_seconds.unwrap_or(state.minute_seconds());
    if !(1..=60).contains(&minute_seconds) {
        return Reply::bad_request("minute_seconds: must be 1 to 60");
    }
    let late_reset = order.late_reset_seconds.0;
    if late_reset >= Duration::from_secs(minute_seconds.into()) {
        return Reply::bad_request("late_reset_seconds: must be less than a minute");
    }
    let terms =
        Terms { permitted: order.permitted, minute_seconds, late_reset, clock: order.clock };
    state.rate_limit.permit(terms, token);
    Reply::done()
}

/// By the kind of a task; null is what the options say.
pub(super) async fn durations(
    State(shared): State<Shared>,
    Order(times): Order<BTreeMap<String, Option<Seconds>>>,
) -> Reply {
    for kind in times.keys() {
        if let Err(problem) = check_kind(kind) {
            return Reply::bad_request(format!("the kind of a task {problem}"));
        }
    }
    let times = times.into_iter().map(|(kind, time)| (kind, time.map(|time| time.0)));
    shared.lock().set_task_times(times.collect());
    Reply::done()
}

pub(super) async fn counts(State(shared): State<Shared>) -> Reply {
    let state = shared.lock();
    Reply::ok(state.counts.view(&state.api_tokens))
}

pub(super) async fn forget_counts(State(shared): State<Shared>) -> Reply {
    shared.lock().counts.clear();
    Reply::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LatencyOrder {
    seconds: Seconds,
    #[serde(default)]
    before: bool,
}

pub(super) async fn latency(
    State(shared): State<Shared>,
    Order(order): Order<LatencyOrder>,
) -> Reply {
    shared.lock().latency = Latency::new(order.seconds.0, order.before);
    Reply::done()
}
