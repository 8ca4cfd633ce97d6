//! Canned answers: reading them.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::{RawValue, Value};

use super::order::Reply;
use crate::json;
use crate::state::{CannedAnswer, Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerOrder {
    #[serde(default = "ok")]
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, Value>,
    /// Sent without white space between its tokens. A null is sent too.
    #[serde(default, deserialize_with = "json::present")]
    body: Option<Box<RawValue>>,
    /// Sent as it is.
    body_text: Option<String>,
    #[serde(default = "once")]
    times: usize,
    #[serde(default)]
    delay_seconds: f64,
}

fn ok() -> u16 {
    200
}

fn once() -> usize {
    1
}

/// One answer, or an array of them. An error in one keeps them all out.
pub(super) async fn add(State(shared): State<Shared>, body: Bytes) -> Reply {
    match parse(&body) {
        Ok(answers) => {
            let mut state = shared.lock();
            for answer in answers {
                state.answers.push(answer);
            }
            Reply::done()
        }
        Err(problem) => Reply::bad_request(problem),
    }
}

pub(super) async fn clear(State(shared): State<Shared>) -> Reply {
    let left = shared.lock().answers.clear();
    Reply::ok(json!({ "left": left }))
}

/// A `RawValue` cannot be read through an untagged enum, hence the look at the first character.
fn parse(body: &[u8]) -> Result<Vec<CannedAnswer>, String> {
    let orders: Vec<AnswerOrder> = if body.trim_ascii_start().starts_with(b"[") {
        serde_json::from_slice(body).map_err(|error| error.to_string())?
    } else {
        vec![serde_json::from_slice(body).map_err(|error| error.to_string())?]
    };
    orders.into_iter().map(CannedAnswer::try_from).collect()
}

impl TryFrom<AnswerOrder> for CannedAnswer {
    type Error = String;

    fn try_from(order: AnswerOrder) -> Result<Self, String> {
        let mut headers = headers(&order.headers)?;
        let body = match (order.body, order.body_text) {
            (Some(_), Some(_)) => return Err("either body or body_text".into()),
            (Some(body), None) => {
                headers
                    .entry(header::CONTENT_TYPE)
                    .or_insert(HeaderValue::from_static("application/json"));
                json::compact(body.get())
            }
            (None, text) => text.unwrap_or_default(),
        };
        let status = Some(order.status).filter(|status| *status >= 200);
        Ok(Self {
            status: status
                .and_then(|status| StatusCode::from_u16(status).ok())
                .ok_or_else(|| format!("{} is not the status of an answer", order.status))?,
            headers,
            body,
            times: order.times,
            delay: Duration::try_from_secs_f64(order.delay_seconds)
                .map_err(|error| format!("delay_seconds: {error}"))?,
        })
    }
}

/// A value may be a text, a number, or an array of them for a header that comes several times.
fn headers(members: &BTreeMap<String, Value>) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, values) in members {
        let values = values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice);
        for value in values {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let name: HeaderName = name.parse().map_err(|_| format!("header name {name:?}"))?;
            let value = text.parse().map_err(|_| format!("header value {text:?}"))?;
            headers.append(name, value);
        }
    }
    Ok(headers)
}
