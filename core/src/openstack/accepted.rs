//! How Nova says that it will do something later.

use serde::de::IgnoredAny;

use crate::json::{self, Unfit};
use crate::transport::HttpResponse;
use crate::{ApiResponse, Outcome, Result, Status};

/// What Nova accepted to do later. 202 without a page is what it says (document, captured); some clouds
/// answer 200 or 204. A page is somebody else's, a captive portal's for instance, and nothing was done.
pub(super) fn accepted(answer: HttpResponse) -> Result<ApiResponse> {
    if matches!(answer.status, 200 | 202 | 204)
        && (answer.body.trim_ascii().is_empty() || is_json(&answer)?)
    {
        let body = serde_json::json!({ "request_id": answer.request_id }).to_string();
        return Ok(ApiResponse::of(body));
    }
    let text = format!(
        "HTTP {} is not how Nova accepts a detach; check whether it happened before you repeat it: {}",
        answer.status,
        answer.excerpt()
    );
    Err(answer.error(Status::InvalidResponse, Outcome::Unknown, text))
}

fn is_json(answer: &HttpResponse) -> Result<bool> {
    let Ok(text) = std::str::from_utf8(&answer.body) else { return Ok(false) };
    match json::decode::<IgnoredAny>(text, &|| answer.reading_limit.check()) {
        Ok(_) => Ok(true),
        Err(Unfit::Shape(_)) => Ok(false),
        Err(Unfit::Limit(error)) => {
            Err(error.with_answer(answer.status, answer.request_id.as_deref()))
        }
    }
}
