//! Canned answers: what the next API requests get, whatever they ask.

use std::collections::VecDeque;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::new_uuid;

#[derive(Clone)]
pub(crate) struct CannedAnswer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    pub(crate) times: usize,
    pub(crate) delay: Duration,
}

impl IntoResponse for CannedAnswer {
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
pub(crate) struct Answers(VecDeque<CannedAnswer>);

impl Answers {
    pub(crate) fn push(&mut self, answer: CannedAnswer) {
        if answer.times > 0 {
            self.0.push_back(answer);
        }
    }

    pub(crate) fn pop(&mut self) -> Option<CannedAnswer> {
        let front = self.0.front_mut()?;
        if front.times > 1 {
            front.times -= 1;
            return Some(front.clone());
        }
        self.0.pop_front()
    }

    /// Drops all; returns how many requests they would still have answered.
    pub(crate) fn clear(&mut self) -> usize {
        self.0.drain(..).map(|answer| answer.times).sum()
    }
}
