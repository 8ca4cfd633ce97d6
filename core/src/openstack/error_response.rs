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
    if answer.status == 404 && !fault.is_about_an_object() {
        let text = match fault.is_about_nothing() {
            true => wrong_url(answer, &fault.message),
            false => format!("HTTP 404 of {}: {}", answer.url, fault.message),
        };
        return answer
            .error(Status::InvalidConfiguration, Outcome::Rejected, text)
            .with_code(fault.key);
    }
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
    let text = match answer.status {
        404 => wrong_url(answer, &answer.excerpt()) + advice,
        status => format!("HTTP {status} and {what}{advice}: {}", answer.excerpt()),
    };
    match answer.status {
        // Old middleware says in plain text that it refuses a token; it does not ask Nova then.
        401 if answer.refuses_token => {
            answer.error(Status::OpenstackUnauthorized, Outcome::Rejected, text)
        }
        404 => answer.error(Status::InvalidConfiguration, Outcome::Unknown, text),
        429 => answer.error(Status::OpenstackError, Outcome::Rejected, text),
        // It is missing or forbidden at the proxy; Nova was perhaps not asked.
        400..500 => {
            answer.error(Status::InvalidResponse, Outcome::Unknown, text).perhaps_from_elsewhere()
        }
        300..400 => {
            answer.error(Status::OpenstackError, Outcome::Unknown, text).perhaps_from_elsewhere()
        }
        _ => answer.error(Status::OpenstackError, Outcome::Unknown, text),
    }
}

/// A 404 that says nothing about a server or a volume.
fn wrong_url(answer: &HttpResponse, words: &str) -> String {
    let words = words.trim();
    format!("there is nothing at {} (HTTP 404: {words}); it may be the wrong URL", answer.url)
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
/// 400 (captured). The three messages of a 404 were captured, too.
fn by_message(status: Status, message: &str) -> Status {
    let says = |words: &str| message.contains(words);
    match status {
        Status::OpenstackBadRequest | Status::OpenstackForbidden if says("root device") => {
            Status::OpenstackRootDevice
        }
        Status::OpenstackBadRequest if says("already detach") => Status::OpenstackAlreadyDetaching,
        Status::OpenstackNotFound if says("is not attached to volume") => {
            Status::OpenstackVolumeNotAttached
        }
        Status::OpenstackNotFound
            if message.starts_with("instance ") && says("could not be found") =>
        {
            Status::OpenstackServerNotFound
        }
        _ => status,
    }
}

/// Whether Nova refuses a detach because the volume is not in use. It says so of a volume that is being
/// detached, and also of one that is being attached, is reserved or is available (captured).
pub(super) fn says_not_in_use(error: &Error) -> bool {
    let message = error.description().to_ascii_lowercase();
    error.status() == Status::OpenstackBadRequest
        && message.contains("unable to detach volume")
        && message.contains("must be 'in-use'")
}

/// Whether Nova refuses because the server is busy with something that ends.
pub(super) fn says_busy(error: &Error) -> bool {
    error.status() == Status::OpenstackConflict
        && error.description().contains("while it is in task_state")
}

/// Whether a failure says nothing about the next attempt: an outage, short perhaps.
pub(super) fn is_passing(error: &Error) -> bool {
    match error.status() {
        Status::ConnectionFailed | Status::TimedOut | Status::ServiceUnavailable => true,
        Status::OpenstackError => error.http_status().is_some_and(|status| status >= 500),
        _ => false,
    }
}

/// What a service itself says went wrong.
struct Fault {
    /// `itemNotFound`; the layer before Nova has none.
    key: Option<String>,
    message: String,
}

impl Fault {
    /// Whether a 404 is about a server, a volume and so on. Keystone, the layer before Nova and other
    /// services' unknown paths have another key, or words about no object.
    fn is_about_an_object(&self) -> bool {
        self.key.as_deref() == Some("itemNotFound") && !self.is_about_nothing()
    }

    /// What all of them say of a path that they do not know (captured).
    fn is_about_nothing(&self) -> bool {
        self.message.trim_start().starts_with("The resource could not be found")
    }

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

    use super::{Fault, by_message};
    use crate::Status;

    #[test]
    fn what_nova_tells_apart_in_its_message() {
        use Status::{
            OpenstackAlreadyDetaching, OpenstackBadRequest, OpenstackForbidden, OpenstackNotFound,
            OpenstackRootDevice, OpenstackServerNotFound, OpenstackVolumeNotAttached,
        };
        const IN_USE: &str =
            "invalid volume: unable to detach volume. volume status must be 'in-use'";
        let table = [
            (OpenstackBadRequest, "cannot detach a root device volume", OpenstackRootDevice),
            (OpenstackForbidden, "can't detach root device volume", OpenstackRootDevice),
            (OpenstackBadRequest, "volume is already detached", OpenstackAlreadyDetaching),
            (OpenstackBadRequest, IN_USE, OpenstackBadRequest),
            (
                OpenstackNotFound,
                "instance s is not attached to volume v",
                OpenstackVolumeNotAttached,
            ),
            (OpenstackNotFound, "instance s could not be found.", OpenstackServerNotFound),
            (OpenstackNotFound, "volume v could not be found.", OpenstackNotFound),
            (OpenstackNotFound, "action req-1 not found", OpenstackNotFound),
        ];
        for (status, message, expected) in table {
            assert_eq!(by_message(status, message), expected, "{message}");
        }
    }

    #[test]
    fn a_404_is_about_an_object_only_in_novas_words() {
        let table = [
            (Some("itemNotFound"), "Volume v could not be found.", true),
            (Some("itemNotFound"), "Instance s is not attached to volume v", true),
            (Some("itemNotFound"), "The resource could not be found.", false),
            (Some("error"), "Could not find project: p.", false),
            (Some("computeFault"), "No.", false),
            (None, "The resource could not be found.<br /><br />", false),
        ];
        for (key, message, expected) in table {
            let fault = Fault { key: key.map(str::to_owned), message: message.to_owned() };
            assert_eq!(fault.is_about_an_object(), expected, "{key:?}: {message}");
        }
    }

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
