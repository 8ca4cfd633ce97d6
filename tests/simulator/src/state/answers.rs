//! Canned and lost responses: what a test prepares for the next API requests.

use std::collections::VecDeque;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::new_uuid;

#[derive(Clone)]
pub(crate) struct Answer {
    /// None if the request is to be performed.
    pub(crate) canned: Option<Canned>,
    /// It waits for a request with this method, if any is named.
    pub(crate) method: Option<Method>,
    /// It waits for a request to this service, if any is named.
    pub(crate) service: Option<Service>,
    pub(crate) times: usize,
    /// Between performing and answering.
    pub(crate) delay: Duration,
    pub(crate) sent: Sent,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Service {
    Katapult,
    Nova,
    Keystone,
}

impl Service {
    /// None for a path that no service has.
    fn of(path: &str) -> Option<Self> {
        match path.split('/').nth(1) {
            Some("core") => Some(Self::Katapult),
            Some("identity") => Some(Self::Keystone),
            _ if path.split('/').any(|part| matches!(part, "v2" | "v2.1")) => Some(Self::Nova),
            _ => None,
        }
    }
}

/// How much of the response is sent before the connection is closed.
#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sent {
    /// And the connection stays open.
    #[default]
    Whole,
    Nothing,
    HalfHead,
    HalfBody,
}

#[derive(Clone)]
pub(crate) struct Canned {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl IntoResponse for Canned {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        // The server itself says how long the body is.
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().remove(header::TRANSFER_ENCODING);
        if let Ok(id) = HeaderValue::from_str(&new_uuid()) {
            response.headers_mut().entry("x-request-id").or_insert(id);
        }
        response
    }
}

#[derive(Default)]
pub(crate) struct Answers(VecDeque<Answer>);

impl Answers {
    pub(crate) fn push(&mut self, answer: Answer) {
        if answer.times > 0 {
            self.0.push_back(answer);
        }
    }

    /// The first one that fits the request.
    pub(crate) fn pop(&mut self, method: &Method, path: &str) -> Option<Answer> {
        let service = Service::of(path);
        let fits = |answer: &Answer| {
            answer.method.as_ref().is_none_or(|wanted| wanted == method)
                && (answer.service.is_none() || answer.service == service)
        };
        let place = self.0.iter().position(fits)?;
        let answer = self.0.get_mut(place)?;
        if answer.times > 1 {
            answer.times -= 1;
            return Some(answer.clone());
        }
        self.0.remove(place)
    }

    /// Drops all; returns how many requests they would still have answered.
    pub(crate) fn clear(&mut self) -> usize {
        self.0.drain(..).map(|answer| answer.times).sum()
    }
}
