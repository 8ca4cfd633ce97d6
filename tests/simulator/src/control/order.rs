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
        read(&body).map(Self).map_err(Reply::bad_request)
    }
}

/// What a JSON text says. An error begins with the member that is wrong.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let mut text = serde_json::Deserializer::from_slice(body);
    let read = serde_path_to_error::deserialize(&mut text);
    let value = read.map_err(|error| named(&error))?;
    text.end().map_err(|error| error.to_string())?;
    Ok(value)
}

/// The same of a part of one.
pub(super) fn read_value<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|error| named(&error))
}

fn named(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    match error.path().iter().next() {
        Some(_) => format!("{}: {}", error.path(), error.inner()),
        None => error.inner().to_string(),
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
