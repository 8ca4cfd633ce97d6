//! Reads canned responses.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::{RawValue, Value};

use super::order::Reply;
use crate::json;
use crate::state::{Answer, Canned, Sent, Service, Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerOrder {
    status: Option<u16>,
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
    method: Option<String>,
    service: Option<Service>,
    /// The request is performed, and its own response is sent.
    #[serde(default)]
    perform: bool,
    #[serde(default)]
    send: Sent,
}

fn once() -> usize {
    1
}

/// One response, or an array of them. An error in one rejects all.
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

/// A `RawValue` cannot be read through an untagged enum, so the first character decides.
fn parse(body: &[u8]) -> Result<Vec<Answer>, String> {
    let orders: Vec<AnswerOrder> = if body.trim_ascii_start().starts_with(b"[") {
        serde_json::from_slice(body).map_err(|error| error.to_string())?
    } else {
        vec![serde_json::from_slice(body).map_err(|error| error.to_string())?]
    };
    orders.into_iter().map(Answer::try_from).collect()
}

impl TryFrom<AnswerOrder> for Answer {
    type Error = String;

    fn try_from(order: AnswerOrder) -> Result<Self, String> {
        let delay = Duration::try_from_secs_f64(order.delay_seconds);
        let method =
            order.method.as_deref().map(|name| name.to_ascii_uppercase().parse::<Method>());
        Ok(Self {
            method: method.transpose().map_err(|error| format!("method: {error}"))?,
            service: order.service,
            times: order.times,
            delay: delay.map_err(|error| format!("delay_seconds: {error}"))?,
            sent: order.send,
            canned: if order.perform {
                let is_bare = order.status.is_none() && order.headers.is_empty();
                if !is_bare || order.body.is_some() || order.body_text.is_some() {
                    return Err("what is performed has an answer of its own".into());
                }
                None
            } else {
                Some(canned(order)?)
            },
        })
    }
}

fn canned(order: AnswerOrder) -> Result<Canned, String> {
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
    let number = order.status.unwrap_or(200);
    let status = Some(number).filter(|status| *status >= 200);
    let status = status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .ok_or_else(|| format!("{number} is not the status of an answer"))?;
    Ok(Canned { status, headers, body })
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
