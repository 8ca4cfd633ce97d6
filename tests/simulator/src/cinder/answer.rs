//! Cinder's answers: its own, and those of the layers before it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::python_json::python_json;

pub(super) struct Answer {
    status: StatusCode,
    body: Option<Value>,
}

impl Answer {
    pub(super) fn ok(body: Value) -> Self {
        Self { status: StatusCode::OK, body: Some(body) }
    }

    pub(super) fn accepted(body: Option<Value>) -> Self {
        Self { status: StatusCode::ACCEPTED, body }
    }

    pub(super) fn choices(body: Value) -> Self {
        Self { status: StatusCode::MULTIPLE_CHOICES, body: Some(body) }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let text = self.body.map_or_else(String::new, |body| python_json(&body));
        (self.status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
    }
}

/// An error of Cinder itself.
pub(super) struct Fault {
    status: StatusCode,
    kind: &'static str,
    message: String,
}

impl Fault {
    pub(super) fn bad_request(message: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, kind: "badRequest", message }
    }

    pub(super) fn policy(rule: &str) -> Self {
        let message = format!("Policy doesn't allow {rule} to be performed.");
        Self { status: StatusCode::FORBIDDEN, kind: "forbidden", message }
    }

    pub(super) fn no_such_volume(id: &str) -> Self {
        let message = format!("Volume {id} could not be found.");
        Self { status: StatusCode::NOT_FOUND, kind: "itemNotFound", message }
    }

    pub(super) fn not_acceptable(message: String) -> Self {
        Self { status: StatusCode::NOT_ACCEPTABLE, kind: "computeFault", message }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let fault = json!({ "code": self.status.as_u16(), "message": self.message });
        let body = python_json(&json!({ self.kind: fault }));
        (self.status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
    }
}

/// The answer of Keystone's middleware, which stands before Cinder as before Nova.
pub(super) fn unauthorized(base_url: &str) -> Response {
    let body = r#"{"error": {"code": 401, "title": "Unauthorized", "message": "The request you have made requires authentication."}}"#;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::WWW_AUTHENTICATE, format!("Keystone uri=\"{base_url}/identity/v3\"")),
    ];
    (StatusCode::UNAUTHORIZED, headers, body).into_response()
}

/// Our choice: what a web server before a Cinder that is down says.
pub(super) fn unavailable() -> Response {
    let body = r#"{"message": "The server is currently unavailable. Please try again at a later time.<br /><br />\n\n\n", "code": "503 Service Unavailable", "title": "Service Unavailable"}"#;
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, body).into_response()
}

pub(super) fn no_such_resource() -> Response {
    let body = r#"{"message": "The resource could not be found.<br /><br />\n\n\n", "code": "404 Not Found", "title": "Not Found"}"#;
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

pub(super) fn insert(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
