//! Errors from Nova's error responses, in all forms that were captured.

use serde_json::Value;

use crate::excerpt::excerpt;
use crate::json;
use crate::transport::HttpResponse;
use crate::{Error, Outcome, Status};

/// The error for a response that is not a success.
pub(super) fn of(answer: &HttpResponse) -> Error {
    let status = match answer.status {
        400 => Status::OpenstackBadRequest,
        401 => Status::OpenstackUnauthorized,
        403 => Status::OpenstackForbidden,
        404 => Status::OpenstackNotFound,
        409 => Status::OpenstackConflict,
        _ => Status::OpenstackError,
    };
    // After a 5xx it is unknown how much was done before it failed.
    let outcome = match answer.status {
        400..500 => Outcome::Rejected,
        _ => Outcome::Unknown,
    };
    let body = json::detail(&answer.body);
    let (code, message) = body.as_ref().map_or((None, None), fault);
    let status = match message.as_deref() {
        Some(message) => by_message(status, &message.to_ascii_lowercase()),
        None => status,
    };
    let message = message.unwrap_or_else(|| {
        let what =
            answer.redirect().map_or_else(String::new, |redirect| format!(" and {redirect}"));
        format!("HTTP {}{what}: {}", answer.status, excerpt(&answer.body))
    });
    Error::new(status, outcome, message)
        .with_code(code)
        .with_answer(answer.status, answer.request_id.as_deref())
}

/// Distinguishes errors that Nova tells apart only in its message.
///
/// Older clouds answer 403 for the root device (document), newer ones
/// 400 (captured).
fn by_message(status: Status, message: &str) -> Status {
    let says = |words: &str| message.contains(words);
    match status {
        Status::OpenstackBadRequest | Status::OpenstackForbidden if says("root device") => {
            Status::OpenstackRootDevice
        }
        Status::OpenstackBadRequest
            if says("already detach")
                || (says("unable to detach volume") && says("must be 'in-use'")) =>
        {
            Status::OpenstackAlreadyDetaching
        }
        _ => status,
    }
}

/// Fault key and message of `{"itemNotFound": {"message": …}}`; without a key,
/// `{"message": …, "code": "404 Not Found", "title": …}` comes from the layer before Nova.
fn fault(body: &Value) -> (Option<String>, Option<String>) {
    let text = |value: &Value| value.get("message").and_then(Value::as_str).map(str::to_owned);
    let Some(members) = body.as_object() else {
        return (None, None);
    };
    match members.iter().next() {
        Some((key, inner)) if members.len() == 1 && inner.is_object() => {
            (Some(key.clone()), text(inner))
        }
        _ => (None, text(body)),
    }
}
