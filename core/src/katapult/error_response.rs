//! Errors from error responses.

use serde::Deserialize;
use serde_json::Value;

use crate::json;
use crate::transport::HttpResponse;
use crate::{Error, Outcome, Status};

#[derive(Deserialize)]
struct ApiError {
    code: String,
    description: Option<String>,
    detail: Option<Value>,
}

/// In reality the object is wrapped (460 of 460 recorded), in the documents it is bare.
#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Wrapped { error: ApiError },
    Bare(ApiError),
}

/// The error for a response that is not a success.
pub(crate) fn of(answer: &HttpResponse, is_read: bool) -> Error {
    let body = json::detail(&answer.body);
    match body.as_ref().map(Body::deserialize) {
        Some(Ok(Body::Wrapped { error } | Body::Bare(error))) => by_api(answer, error),
        _ => not_by_api(answer, is_read),
    }
}

fn by_api(answer: &HttpResponse, error: ApiError) -> Error {
    let status = Status::from_api_code(&error.code);
    let outcome = match (answer.status, status) {
        (400..500, _) | (503, Status::ServiceUnavailable) => Outcome::Rejected,
        _ => Outcome::Unknown,
    };
    let description = error.description.as_ref().unwrap_or(&error.code);
    answer.error(status, outcome, description).with_code(Some(error.code)).with_detail(error.detail)
}

/// The response is not the API's: a proxy's page, a redirect, an empty body. A 429 means rejection from
/// anybody; after anything else a write may have been performed.
fn not_by_api(answer: &HttpResponse, is_read: bool) -> Error {
    let start = answer.excerpt();
    if answer.status == 429 {
        let text = format!("too many requests: {start}");
        return answer.error(Status::RateLimitReached, Outcome::Rejected, text);
    }
    let redirect = answer.redirect();
    let what = redirect.as_deref().unwrap_or("a response that is not the API's JSON");
    let advice = if is_read { "" } else { "; check whether it happened before you repeat it" };
    let text = format!("HTTP {} and {what}{advice}: {start}", answer.status);
    let error = answer.error(Status::InvalidResponse, Outcome::Unknown, text);
    // After a 5xx it is rather the service's own gateway.
    if answer.status < 500 { error.perhaps_from_elsewhere() } else { error }
}
