//! Answers that say no.

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

/// The error of an answer that is no success.
pub(crate) fn of(answer: &HttpResponse, is_read: bool) -> Error {
    let body = json::detail(&answer.body);
    let error = match body.as_ref().map(Body::deserialize) {
        Some(Ok(Body::Wrapped { error } | Body::Bare(error))) => by_api(answer.status, error),
        _ => not_by_api(answer, is_read),
    };
    error.with_answer(answer.status, answer.request_id.as_deref())
}

fn by_api(http_status: u16, error: ApiError) -> Error {
    let status = Status::from_api_code(&error.code);
    let outcome = match (http_status, status) {
        (400..500, _) | (503, Status::ServiceUnavailable) => Outcome::Rejected,
        _ => Outcome::Unknown,
    };
    let description = error.description.unwrap_or_else(|| error.code.clone());
    Error::new(status, outcome, description).with_code(Some(error.code)).with_detail(error.detail)
}

/// Not from the application: a proxy's page, a redirect, nothing at all. What a 429 means is
/// certain all the same; of anything else a write cannot know who answered, and when.
fn not_by_api(answer: &HttpResponse, is_read: bool) -> Error {
    let start = excerpt(&answer.body);
    if answer.status == 429 {
        let text = format!("too many requests: {start}");
        return Error::new(Status::RateLimitReached, Outcome::Rejected, text);
    }
    let redirect = answer.redirect();
    let what = redirect.as_deref().unwrap_or("an answer that is not the API's JSON");
    let advice = if is_read { "" } else { "; look whether it happened before you repeat it" };
    let text = format!("HTTP {} and {what}{advice}: {start}", answer.status);
    Error::new(Status::InvalidResponse, Outcome::Unknown, text)
}

/// The beginning of a page of any kind, on one line. Of JSON nothing but its `message`: a gateway may
/// repeat the request there, with the token.
pub(crate) fn excerpt(whole: &[u8]) -> String {
    // Of more, 200 characters would be the same, but for a page of blanks.
    let page = String::from_utf8_lossy(&whole[..whole.len().min(4096)]);
    if page.trim_start().starts_with(['{', '[', '"']) {
        let body = json::detail(whole);
        let message = body.as_ref().and_then(|body| body.get("message")?.as_str());
        return message.map_or_else(|| "(JSON of another kind)".to_owned(), one_line);
    }
    one_line(&page)
}

fn one_line(page: &str) -> String {
    let words: Vec<&str> = page.split_whitespace().collect();
    let line = words.join(" ");
    if line.is_empty() {
        return "(empty)".to_owned();
    }
    let start: String =
        line.chars().filter(|character| !character.is_control()).take(200).collect();
    if start.len() < line.len() { start + "…" } else { start }
}
