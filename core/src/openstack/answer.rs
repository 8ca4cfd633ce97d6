//! Answers of the compute service that are JSON.

use crate::katapult::refusal::excerpt;
use crate::transport::Answer;
use crate::{Error, Outcome, Response, Result, Status, json};

/// An answer as checked JSON.
pub(super) trait Body {
    fn json(self, keys: &'static [&'static str]) -> Result<Response>;
}

impl Body for Answer {
    fn json(self, keys: &'static [&'static str]) -> Result<Response> {
        let invalid = |problem: String| {
            Error::new(Status::InvalidResponse, Outcome::Unknown, problem)
                .with_answer(self.status, self.request_id.as_deref())
        };
        let body = String::from_utf8(self.body.clone())
            .map_err(|_| invalid("the answer is not UTF-8, so not JSON".to_owned()))?;
        if let Err(error) = json::check_object(&body, keys) {
            let start = excerpt(&body);
            return Err(invalid(format!("the answer is not Nova's ({error}): {start}")));
        }
        Ok(Response::received(self.status, body, self.request_id))
    }
}
