//! Nova's answers: its own, and those of the layers before it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::python_json::python_json;

pub(super) enum Answer {
    Ok(String),
    /// captured: an empty body, though `application/json`.
    Accepted,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => {
                (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], body).into_response()
            }
            Self::Accepted => {
                (StatusCode::ACCEPTED, [(header::CONTENT_TYPE, "application/json")], "")
                    .into_response()
            }
        }
    }
}

/// An error of Nova itself. captured: unlike a success, its type has a charset.
pub(super) struct Fault {
    status: StatusCode,
    kind: &'static str,
    pub(super) message: String,
}

impl Fault {
    pub(super) fn bad_request(message: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, kind: "badRequest", message }
    }

    pub(super) fn forbidden(message: String) -> Self {
        Self { status: StatusCode::FORBIDDEN, kind: "forbidden", message }
    }

    /// captured: what a policy says that wants another role.
    pub(super) fn policy(rule: &str) -> Self {
        Self::forbidden(format!("Policy doesn't allow os_compute_api:{rule} to be performed."))
    }

    pub(super) fn not_found(message: String) -> Self {
        Self { status: StatusCode::NOT_FOUND, kind: "itemNotFound", message }
    }

    pub(super) fn conflict(message: String) -> Self {
        Self { status: StatusCode::CONFLICT, kind: "conflictingRequest", message }
    }

    /// Not captured: the kind is of Nova's source.
    pub(super) fn unsupported_media_type() -> Self {
        let message = "Unsupported Content-Type".into();
        Self { status: StatusCode::UNSUPPORTED_MEDIA_TYPE, kind: "badMediaType", message }
    }

    pub(super) fn not_acceptable(message: String) -> Self {
        Self { status: StatusCode::NOT_ACCEPTABLE, kind: "computeFault", message }
    }

    /// captured: an exception that nobody expected, with the name of its Python class.
    pub(super) fn unexpected(class: &str) -> Self {
        let message = format!(
            "Unexpected API Error. Please report this at http://bugs.launchpad.net/nova/ and \
             attach the Nova API log if possible.\n<class '{class}'>"
        );
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, kind: "computeFault", message }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let fault = json!({ "code": self.status.as_u16(), "message": self.message });
        let body = python_json(&json!({ self.kind: fault }));
        (self.status, [(header::CONTENT_TYPE, "application/json; charset=UTF-8")], body)
            .into_response()
    }
}

/// The answer of Keystone's middleware, which stands before Nova.
pub(super) fn unauthorized(base_url: &str) -> Response {
    let body = r#"{"error": {"code": 401, "title": "Unauthorized", "message": "The request you have made requires authentication."}}"#;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::WWW_AUTHENTICATE, format!("Keystone uri=\"{base_url}/identity/v3\"")),
    ];
    (StatusCode::UNAUTHORIZED, headers, body).into_response()
}

/// captured: the middleware cannot ask Keystone about a token that it does not know yet.
pub(super) fn keystone_unavailable() -> Response {
    let body = r#"{"message": "The server is currently unavailable. Please try again at a later time.<br /><br />\nThe Keystone service is temporarily unavailable.\n\n", "code": "503 Service Unavailable", "title": "Service Unavailable"}"#;
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, body).into_response()
}

/// No such route. captured: its form depends on what the client accepts.
pub(super) fn no_such_resource(headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let (content_type, body) = if accepted.contains("application/json") {
        ("application/json", NOT_FOUND_JSON)
    } else if accepted.contains("text/html") {
        ("text/html; charset=UTF-8", NOT_FOUND_HTML)
    } else {
        ("text/plain; charset=UTF-8", NOT_FOUND_TEXT)
    };
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, content_type)], body).into_response()
}

const NOT_FOUND_JSON: &str = r#"{"message": "The resource could not be found.<br /><br />\n\n\n", "code": "404 Not Found", "title": "Not Found"}"#;
const NOT_FOUND_HTML: &str = "<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  \
    <h1>404 Not Found</h1>\n  The resource could not be found.<br /><br />\n\n\n\n </body>\n</html>";
const NOT_FOUND_TEXT: &str = "404 Not Found\n\nThe resource could not be found.\n\n   ";

pub(super) fn insert(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
