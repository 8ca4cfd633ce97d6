//! Handles every API request first: logs it, sends a canned response if one is prepared, or loses its
//! response.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::connection::Cut;
use crate::state::{Answer, LoggedRequest, Sent, Shared};

/// A disk's arguments take a few hundred bytes.
const MAX_BODY: usize = 16 << 20;

pub(crate) async fn record(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        // Too long, or the client went away in the middle of it.
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let logged = LoggedRequest {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: query_pairs(&parts.uri),
        headers: header_map(&parts.headers),
        body: body_value(&body),
        status: None,
    };
    let (number, answer) = {
        let mut state = shared.lock();
        (state.requests.push(logged), state.answers.pop(&parts.method, parts.uri.path()))
    };
    let request = Request::from_parts(parts, Body::from(body));
    let Some(answer) = answer else {
        let response = next.run(request).await;
        shared.lock().requests.set_status(number, response.status().as_u16());
        return response;
    };
    let performed = answer.canned.is_none();
    let sent = answer.sent;
    let cut = request.extensions().get::<ConnectInfo<Cut>>().cloned();
    let response = arranged(answer, request, next).await;
    // Nothing was done and nothing is sent: as if the request had never come.
    if performed || sent != Sent::Nothing {
        shared.lock().requests.set_status(number, response.status().as_u16());
    }
    if let Some(ConnectInfo(cut)) = cut {
        cut.set(sent);
    }
    response
}

async fn arranged(answer: Answer, request: Request, next: Next) -> Response {
    let response = match answer.canned {
        Some(canned) => canned.into_response(),
        None => next.run(request).await,
    };
    // A delay of zero would be rounded up to a tick of the timer.
    if !answer.delay.is_zero() {
        tokio::time::sleep(answer.delay).await;
    }
    response
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
