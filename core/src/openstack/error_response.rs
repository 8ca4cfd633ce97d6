//! Errors from Nova's and Keystone's error responses, in all forms that were captured.

use serde_json::Value;

use crate::json;
use crate::transport::HttpResponse;
use crate::{Error, Outcome, Status};

/// The error for a response that is not a success.
pub(super) fn of(answer: &HttpResponse, is_read: bool) -> Error {
    let body = json::detail(&answer.body);
    match body.as_ref().and_then(|body| Fault::of(body, answer.status)) {
        Some(fault) => by_service(answer, fault),
        None => not_by_service(answer, is_read),
    }
}

fn by_service(answer: &HttpResponse, fault: Fault) -> Error {
    let status = by_message(of_status(answer.status), &fault.message.to_ascii_lowercase());
    // After a 5xx it is unknown how much was done before it failed.
    let outcome = match answer.status {
        400..500 => Outcome::Rejected,
        _ => Outcome::Unknown,
    };
    answer.error(status, outcome, fault.message).with_code(fault.key)
}

/// The response is not the service's: a proxy's page, a redirect, an empty body. A 429 means rejection from
/// anybody; after anything else a write may have been performed.
fn not_by_service(answer: &HttpResponse, is_read: bool) -> Error {
    let redirect = answer.redirect();
    let what = redirect.as_deref().unwrap_or("a response that is not the service's JSON");
    let is_rejection = answer.status == 429 || answer.refuses_token;
    let advice = match is_read || is_rejection {
        true => "",
        false => "; check whether it happened before you repeat it",
    };
    let text = format!("HTTP {} and {what}{advice}: {}", answer.status, answer.excerpt());
    match answer.status {
        // Old middleware says in plain text that it refuses a token; it does not ask Nova then.
        401 if answer.refuses_token => {
            answer.error(Status::OpenstackUnauthorized, Outcome::Rejected, text)
        }
        429 => answer.error(Status::OpenstackError, Outcome::Rejected, text),
        // It is missing or forbidden at the proxy; Nova was perhaps not asked.
        400..500 => answer.error(Status::InvalidResponse, Outcome::Unknown, text),
        _ => answer.error(Status::OpenstackError, Outcome::Unknown, text),
    }
}

fn of_status(http_status: u16) -> Status {
    match http_status {
        400 => Status::OpenstackBadRequest,
        401 => Status::OpenstackUnauthorized,
        403 => Status::OpenstackForbidden,
        404 => Status::OpenstackNotFound,
        409 => Status::OpenstackConflict,
        _ => Status::OpenstackError,
    }
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

/// What a service itself says went wrong.
struct Fault {
    /// `itemNotFound`; the layer before Nova has none.
    key: Option<String>,
    message: String,
}

impl Fault {
    /// `{"itemNotFound": {"code": 404, "message": …}}`, or of the layer before Nova
    /// `{"message": …, "code": "404 Not Found", "title": …}`. `None` for anything else: other gateways
    /// have a `message` too, but do not repeat the response's status as its code.
    fn of(body: &Value, http_status: u16) -> Option<Fault> {
        let members = body.as_object()?;
        if let Some((key, inner)) = members.iter().next().filter(|_| members.len() == 1) {
            let is_own = inner.get("code")?.as_u64() == Some(http_status.into());
            let message = inner.get("message")?.as_str()?.to_owned();
            return is_own.then(|| Fault { key: Some(key.clone()), message });
        }
        let code = members.get("code")?.as_str()?;
        let number = code.split(' ').next()?.parse::<u16>().ok()?;
        let is_own = number == http_status && members.get("title")?.is_string();
        let message = members.get("message")?.as_str()?.to_owned();
        is_own.then_some(Fault { key: None, message })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Fault;

    #[test]
    fn only_the_services_own_forms_are_theirs() {
        let table = [
            (json!({"itemNotFound": {"code": 404, "message": "m"}}), Some(Some("itemNotFound"))),
            (
                json!({"error": {"code": 404, "message": "m", "title": "Not Found"}}),
                Some(Some("error")),
            ),
            (json!({"message": "m", "code": "404 Not Found", "title": "Not Found"}), Some(None)),
            (json!({"itemNotFound": {"code": 400, "message": "m"}}), None),
            (json!({"itemNotFound": {"message": "m"}}), None),
            (json!({"error": {"message": "m"}}), None),
            (json!({"error": "m"}), None),
            (json!({"message": "m"}), None),
            (json!({"message": "m", "code": 404, "title": "Not Found"}), None),
            (json!({"message": "m", "code": "404 Not Found"}), None),
            (json!({"message": "m", "code": "Not Found", "title": "Not Found"}), None),
            (json!([{"code": 404, "message": "m"}]), None),
            (json!({}), None),
        ];
        for (body, expected) in table {
            let fault = Fault::of(&body, 404);
            assert_eq!(fault.as_ref().map(|fault| fault.key.as_deref()), expected, "{body}");
            assert!(fault.is_none_or(|fault| fault.message == "m"));
        }
    }
}
