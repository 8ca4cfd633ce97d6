//! Reads canned responses.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::{RawValue, Value};

use super::acts::acts;
use super::fault::Fault;
use super::order::{Reply, read, read_value};
use crate::json;
use crate::katapult::{is_kind, named_error};
use crate::state::{
    Aim, Answer, Canned, Kind, NextTask, Performed, Seconds, Sent, Service, Shared,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerOrder {
    /// A fault by its name, which gives the members that are missing here.
    fault: Option<Fault>,
    pub(super) status: Option<u16>,
    #[serde(default)]
    headers: BTreeMap<String, Value>,
    /// Sent without white space between its tokens. A null is sent too.
    #[serde(default, deserialize_with = "json::present")]
    body: Option<Box<RawValue>>,
    /// Sent as it is.
    body_text: Option<String>,
    /// The code of an error of Katapult, instead of a status and a body.
    pub(super) error: Option<String>,
    /// Null means always.
    #[serde(default = "once_only")]
    times: Option<usize>,
    pub(super) delay_seconds: Option<Seconds>,
    pub(super) method: Option<String>,
    service: Option<Service>,
    path: Option<String>,
    id: Option<String>,
    /// As `/counts` has it, or `read` or `write`.
    pub(super) kind: Option<String>,
    /// Of those that fit otherwise.
    probability: Option<f64>,
    /// The how manyth request that fits, from 1.
    #[serde(default = "once")]
    nth: usize,
    pub(super) perform: Option<Value>,
    #[serde(default)]
    before: Vec<Value>,
    #[serde(default)]
    after: Vec<Value>,
    pub(super) task: Option<NextTask>,
    pub(super) send: Option<Sent>,
}

/// How a request is performed, if it is neither a boolean nor a pretence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Otherwise {
    AfterSeconds(Seconds),
    Of(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Pretence {
    /// Answered as if it had been performed.
    Ignored,
    /// Answered with the state before the last change.
    Previous,
}

fn once() -> usize {
    1
}

fn once_only() -> Option<usize> {
    Some(1)
}

/// One response, or an array of them. An error in one rejects all.
pub(super) async fn add(State(shared): State<Shared>, body: Bytes) -> Reply {
    match parse(&body) {
        Ok(answers) => match shared.lock().answers.add(answers) {
            Ok(()) => Reply::done(),
            Err(problem) => Reply::bad_request(problem),
        },
        Err(problem) => Reply::bad_request(problem),
    }
}

pub(super) async fn clear(State(shared): State<Shared>) -> Reply {
    let mut state = shared.lock();
    let lasting = state.answers.lasting();
    Reply::ok(json!({ "left": state.answers.clear(), "lasting": lasting }))
}

/// A `RawValue` cannot be read through an untagged enum, so the first character decides.
fn parse(body: &[u8]) -> Result<Vec<Answer>, String> {
    let orders: Vec<AnswerOrder> =
        if body.trim_ascii_start().starts_with(b"[") { read(body)? } else { vec![read(body)?] };
    orders.into_iter().map(Answer::try_from).collect()
}

impl TryFrom<AnswerOrder> for Answer {
    type Error = String;

    fn try_from(mut order: AnswerOrder) -> Result<Self, String> {
        if let Some(fault) = order.fault {
            fault.complete(&mut order);
        }
        let sent = order.send.unwrap_or_default();
        let method =
            order.method.as_deref().map(|name| name.to_ascii_uppercase().parse::<Method>());
        let performed = order.perform.map_or(Ok(Performed::No), performed)?;
        let is_bare = order.status.is_none() && order.headers.is_empty() && order.error.is_none();
        let is_bare = is_bare && order.body.is_none() && order.body_text.is_none();
        if is_bare && matches!(performed, Performed::Late(_)) && sent != Sent::Nothing {
            return Err("what is performed later needs a status, or send: nothing".into());
        }
        let skip = order.nth.checked_sub(1).ok_or("nth: must be 1 or more")?;
        Ok(Self {
            aim: Aim {
                method: method.transpose().map_err(|error| format!("method: {error}"))?,
                service: order.service,
                path: order.path.clone(),
                id: order.id.clone(),
                kind: order.kind.map(kind).transpose()?,
                skip,
                probability: probability(order.probability)?,
            },
            times: order.times,
            before: acts("before", order.before)?,
            after: acts("after", order.after)?,
            task: order.task,
            delay: order.delay_seconds.unwrap_or_default().0,
            sent,
            canned: match performed {
                Performed::No => true,
                _ => !is_bare,
            }
            .then(|| match &order.error {
                None => canned(order.status, &order.headers, order.body, order.body_text),
                Some(_)
                    if order.status.is_some()
                        || order.body.is_some()
                        || order.body_text.is_some() =>
                {
                    Err("either error, or status and body".into())
                }
                Some(code) => failed(code, &order.headers),
            })
            .transpose()?,
            performed,
        })
    }
}

fn kind(text: String) -> Result<Kind, String> {
    match text.as_str() {
        "read" => Ok(Kind::Read),
        "write" => Ok(Kind::Write),
        _ if is_kind(&text) => Ok(Kind::Operation(text)),
        _ => {
            let known = "read, write or an operation as \"POST /disks/disk/detach\"";
            Err(format!("kind: must be {known}, not {text:?}"))
        }
    }
}

fn probability(given: Option<f64>) -> Result<Option<f64>, String> {
    match given {
        Some(number) if !(0.0..=1.0).contains(&number) => {
            Err(format!("probability: must be 0 to 1, not {number:?}"))
        }
        other => Ok(other),
    }
}

fn performed(order: Value) -> Result<Performed, String> {
    let read_here = |problem| format!("perform: {problem}");
    Ok(match order {
        Value::Bool(false) => Performed::No,
        Value::Bool(true) => Performed::Yes,
        Value::Object(_) => {
            match read_value(order).map_err(|problem| format!("perform.{problem}"))? {
                Otherwise::AfterSeconds(lag) => Performed::Late(lag.0),
                Otherwise::Of(id) => Performed::Of(id),
            }
        }
        _ => match read_value(order).map_err(read_here)? {
            Pretence::Ignored => Performed::Ignored,
            Pretence::Previous => Performed::Previous,
        },
    })
}

fn canned(
    status: Option<u16>,
    members: &BTreeMap<String, Value>,
    body: Option<Box<RawValue>>,
    body_text: Option<String>,
) -> Result<Canned, String> {
    let mut headers = headers(members)?;
    let body = match (body, body_text) {
        (Some(_), Some(_)) => return Err("either body or body_text".into()),
        (Some(body), None) => {
            headers
                .entry(header::CONTENT_TYPE)
                .or_insert(HeaderValue::from_static("application/json"));
            json::compact(body.get())
        }
        (None, text) => text.unwrap_or_default(),
    };
    let number = status.unwrap_or(200);
    let status = Some(number).filter(|status| *status >= 200);
    let status = status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .ok_or_else(|| format!("{number} is not the status of an answer"))?;
    Ok(Canned { status, headers, body })
}

/// With these headers beside, or instead of, the error's own.
fn failed(code: &str, members: &BTreeMap<String, Value>) -> Result<Canned, String> {
    let mut canned = named_error(code)?;
    canned.headers.extend(headers(members)?);
    Ok(canned)
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
