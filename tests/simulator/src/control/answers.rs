//! Reads canned responses.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use serde::Deserialize;
use serde_json::value::{RawValue, Value};
use serde_json::{Map, json};

use super::order::Reply;
use crate::json;
use crate::katapult::named_error;
use crate::state::{
    Act, Aim, Answer, Canned, CloudAct, NextTask, Performed, Sent, Service, Shared,
};

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
    /// The code of an error of Katapult, instead of a status and a body.
    error: Option<String>,
    #[serde(default = "once")]
    times: usize,
    #[serde(default)]
    delay_seconds: f64,
    method: Option<String>,
    service: Option<Service>,
    path: Option<String>,
    id: Option<String>,
    /// The how manyth request that fits, from 1.
    #[serde(default = "once")]
    nth: usize,
    perform: Option<PerformOrder>,
    #[serde(default)]
    before: Vec<ActOrder>,
    #[serde(default)]
    after: Vec<ActOrder>,
    task: Option<NextTask>,
    #[serde(default)]
    send: Sent,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PerformOrder {
    Whether(bool),
    How(Pretence),
    Late { after_seconds: f64 },
    Of { of: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Pretence {
    /// Answered as if it had been performed.
    Ignored,
    /// Answered with the state before the last change.
    Previous,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ActOrder {
    Request {
        method: String,
        path: String,
        #[serde(default)]
        body: Map<String, Value>,
        #[serde(default)]
        task: NextTask,
    },
    Machine {
        virtual_machine: String,
        state: Option<String>,
        #[serde(default)]
        lag_seconds: f64,
        in_trash: Option<bool>,
    },
    Cloud(CloudAct),
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
        let method =
            order.method.as_deref().map(|name| name.to_ascii_uppercase().parse::<Method>());
        let performed = order.perform.as_ref().map_or(Ok(Performed::No), Performed::try_from)?;
        if let Some(task) = &order.task {
            task.check()?;
        }
        let is_bare = order.status.is_none() && order.headers.is_empty() && order.error.is_none();
        let is_bare = is_bare && order.body.is_none() && order.body_text.is_none();
        if is_bare && matches!(performed, Performed::Late(_)) && order.send != Sent::Nothing {
            return Err("what is performed later needs a status, or send: nothing".into());
        }
        let acts = |acts: Vec<ActOrder>| -> Result<Vec<Act>, String> {
            acts.into_iter().map(Act::try_from).collect()
        };
        let skip = order.nth.checked_sub(1).ok_or("nth: the first one is 1")?;
        Ok(Self {
            aim: Aim {
                method: method.transpose().map_err(|error| format!("method: {error}"))?,
                service: order.service,
                path: order.path.clone(),
                id: order.id.clone(),
                skip,
            },
            times: order.times,
            before: acts(order.before)?,
            after: acts(order.after)?,
            task: order.task,
            delay: span("delay_seconds", order.delay_seconds)?,
            sent: order.send,
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

impl TryFrom<&PerformOrder> for Performed {
    type Error = String;

    fn try_from(order: &PerformOrder) -> Result<Self, String> {
        Ok(match order {
            PerformOrder::Whether(false) => Self::No,
            PerformOrder::Whether(true) => Self::Yes,
            PerformOrder::How(Pretence::Ignored) => Self::Ignored,
            PerformOrder::How(Pretence::Previous) => Self::Previous,
            PerformOrder::Late { after_seconds } => {
                Self::Late(span("after_seconds", *after_seconds)?)
            }
            PerformOrder::Of { of } => Self::Of(of.clone()),
        })
    }
}

impl TryFrom<ActOrder> for Act {
    type Error = String;

    fn try_from(order: ActOrder) -> Result<Self, String> {
        Ok(match order {
            ActOrder::Request { method, path, body, task } => {
                task.check()?;
                Self::Request { method, path, body, task }
            }
            ActOrder::Machine { virtual_machine, state, lag_seconds, in_trash } => {
                let lag = span("lag_seconds", lag_seconds)?;
                Self::Machine { id: virtual_machine, state, lag, in_trash }
            }
            ActOrder::Cloud(act) => Self::Cloud(act),
        })
    }
}

fn span(name: &str, seconds: f64) -> Result<Duration, String> {
    Duration::try_from_secs_f64(seconds).map_err(|error| format!("{name}: {error}"))
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
