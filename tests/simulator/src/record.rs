//! Handles every API request first: logs it, and lets happen to it what an order says.

use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::connection::Cut;
use crate::ordered::{self, Asked, Carried};
use crate::state::{Counted, LoggedRequest, Performed, Sent, Shared};

/// A disk's arguments take a few hundred bytes.
const MAX_BODY: usize = 16 << 20;

pub(crate) async fn record(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        // Too long, or the client went away in the middle of it.
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let mut logged = LoggedRequest {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: query_pairs(&parts.uri),
        headers: header_map(&parts.headers),
        body: body_value(&body),
        status: None,
        at: Duration::ZERO,
        seconds: None,
        came: Instant::now(),
        is_ordered: false,
    };
    let (number, answer, latency) = {
        let mut state = shared.lock();
        let answer = if state.answers.is_empty() {
            None
        } else {
            let operation = ordered::kind(&logged.method, &logged.path);
            state.answers.pop(&logged, &operation)
        };
        logged.is_ordered = answer.is_some();
        // As exact as a number in JSON can tell it.
        let at = state.clock.unix();
        logged.at = Duration::new(at.as_secs(), at.subsec_micros() * 1_000);
        let number = state.requests.push(logged);
        state.note_received(number);
        (number, answer, state.latency)
    };
    wait(latency.before()).await;
    let cut = parts.extensions.get::<ConnectInfo<Cut>>().cloned();
    let asked = Asked { number, request: Request::from_parts(parts, Body::empty()), body };
    let Some(answer) = answer else {
        let carried = ordered::perform(&shared, asked, next).await;
        wait(latency.after()).await;
        return answered(&shared, number, carried);
    };
    let is_done = !matches!(answer.performed, Performed::No | Performed::Late(_));
    // What is performed is counted with the rate limit.
    let counted = (!is_done).then(|| ordered::counted(&shared.lock(), &asked.request)).flatten();
    let carried = ordered::carry_out(&shared, &answer, asked, next).await;
    if let Some(counted) = counted {
        count(&shared, counted, carried.response.status());
    }
    wait(answer.delay + latency.after()).await;
    if let Some(ConnectInfo(cut)) = cut {
        cut.set(answer.sent);
    }
    if is_done || answer.sent != Sent::Nothing {
        let shown = carried.shown.filter(|_| answer.sent == Sent::Whole);
        return answered(&shared, number, Carried { shown, ..carried });
    }
    // Nothing was done and nothing is sent: as if the request had never come.
    carried.response
}

async fn wait(time: Duration) {
    // A wait of zero would be rounded up to a tick of the timer.
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

/// A request that is counted, but not for the rate limit.
fn count(shared: &Shared, counted: Counted, status: StatusCode) {
    let mut state = shared.lock();
    let allowance = state.allowance(counted.token);
    let is_limited = status == StatusCode::TOO_MANY_REQUESTS;
    state.counts.add(Counted { is_limited, ..counted }, allowance);
}

fn answered(shared: &Shared, number: usize, carried: Carried) -> Response {
    let status = carried.response.status().as_u16();
    let mut state = shared.lock();
    state.requests.set_status(number, status);
    state.note_answered(number, status, carried.shown);
    carried.response
}

/// The decoded pairs of a query, in order.
pub(crate) fn query_pairs(uri: &Uri) -> Vec<(String, String)> {
    Query::try_from_uri(uri).map(|Query(pairs)| pairs).unwrap_or_default()
}

fn header_map(headers: &HeaderMap) -> Map<String, Value> {
    let mut map = Map::new();
    for name in headers.keys() {
        let values: Vec<_> =
            headers.get_all(name).iter().map(|v| String::from_utf8_lossy(v.as_bytes())).collect();
        map.insert(name.as_str().to_owned(), values.join(", ").into());
    }
    map
}

fn body_value(body: &Bytes) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(body)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()))
}
