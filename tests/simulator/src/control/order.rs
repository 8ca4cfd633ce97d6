//! Bodies of the control API, in both directions.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A JSON body of any content type: `curl -d` calls it a form.
pub(super) struct Order<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Order<T> {
    type Rejection = Reply;

    async fn from_request(request: Request, state: &S) -> Result<Self, Reply> {
        let body = Bytes::from_request(request, state).await.map_err(Reply::bad_request)?;
        serde_json::from_slice(&body).map(Self).map_err(Reply::bad_request)
    }
}

pub(crate) struct Reply {
    status: StatusCode,
    body: Vec<u8>,
}

impl Reply {
    pub(super) fn json(body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, body }
    }

    pub(super) fn ok(body: Value) -> Self {
        Self::json(body.to_string().into_bytes())
    }

    pub(super) fn done() -> Self {
        Self::ok(json!({}))
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::error(StatusCode::NOT_FOUND, format!("no such {what}"))
    }

    pub(super) fn bad_request(problem: impl std::fmt::Display) -> Self {
        Self::error(StatusCode::BAD_REQUEST, problem.to_string())
    }

    pub(crate) fn error(status: StatusCode, message: String) -> Self {
        Self { status, body: json!({ "error": message }).to_string().into_bytes() }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        (self.status, [(header::CONTENT_TYPE, "application/json")], self.body).into_response()
    }
}
