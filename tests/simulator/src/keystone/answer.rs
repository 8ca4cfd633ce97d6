//! Keystone's answers.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::python_json::python_json;

pub(super) fn success(status: StatusCode, body: &Value, end: &str) -> Response {
    let body = python_json(body) + end;
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Why there is no token.
pub(super) struct Refusal {
    status: StatusCode,
    message: String,
    /// What else the error says.
    identity: Option<Value>,
}

impl Refusal {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), identity: None }
    }

    /// captured: the same words for a wrong password, a wrong project and a missing role.
    pub(super) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "The request you have made requires authentication.")
    }

    /// captured for valid JSON and auth; our choice for the rest.
    pub(super) fn expected(what: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            format!(
                "Expecting to find {what} in request body. The server could not comply with the \
                 request since it is either malformed or otherwise incorrect. The client is \
                 assumed to be in error."
            ),
        )
    }

    pub(super) fn unsupported_method() -> Self {
        let methods = json!(["password", "token", "application_credential", "totp"]);
        Self {
            identity: Some(json!({ "methods": methods })),
            ..Self::new(
                StatusCode::UNAUTHORIZED,
                "Attempted to authenticate with an unsupported method.",
            )
        }
    }

    /// captured: 404, for an expired token in the body of a login.
    pub(super) fn invalid_token() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Failed to validate token")
    }

    /// Not captured; many users report it.
    pub(super) fn scope_of_credential() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "Error authenticating with application credential: Application credentials cannot \
             request a scope.",
        )
    }

    /// Not captured; so Keystone's source has it.
    pub(super) fn no_catalog() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "A project-scoped token is required to produce a service catalog.",
        )
    }

    /// Not captured: our choice.
    pub(super) fn no_such_url() -> Self {
        Self::new(StatusCode::NOT_FOUND, "The requested URL was not found on the server.")
    }

    /// captured: unlike a success, an error is written without blanks.
    pub(super) fn answer(self, base_url: &str) -> Response {
        let mut error = json!({ "code": self.status.as_u16() });
        if let Some(identity) = self.identity {
            error["identity"] = identity;
        }
        error["message"] = self.message.into();
        error["title"] = self.status.canonical_reason().into();
        let body = json!({ "error": error }).to_string() + "\n";
        let mut response =
            (self.status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let value = format!("Keystone uri=\"{base_url}/identity/v3\"");
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
            }
        }
        response
    }
}
