//! The response to an operation, as the service sent it.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::excerpt::excerpt;
use crate::json::{self, Unfit};
use crate::transport::{HttpResponse, ReadingLimit};
use crate::{Error, Outcome, Result, Status};

/// The response of an operation, as the API sent it. `Debug` leaves out the body, which may hold what
/// is secret.
#[derive(Clone)]
pub struct ApiResponse {
    status: u16,
    body: String,
    request_id: Option<String>,
    /// Of the call that it is the response of.
    reading_limit: ReadingLimit,
}

impl fmt::Debug for ApiResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiResponse")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl ApiResponse {
    /// A response that has to be a JSON object with all `keys`.
    pub(crate) fn of_answer(
        answer: HttpResponse,
        keys: &'static [&'static str],
    ) -> Result<ApiResponse> {
        ApiResponse::of_text(answer)?.checked(keys)
    }

    pub(crate) fn of_text(answer: HttpResponse) -> Result<ApiResponse> {
        let HttpResponse { status, request_id, body, reading_limit, .. } = answer;
        match String::from_utf8(body) {
            Ok(body) => Ok(ApiResponse { status, body, request_id, reading_limit }),
            Err(_) => Err(invalid("the response is not UTF-8, so not JSON".to_owned())
                .with_answer(status, request_id.as_deref())),
        }
    }

    pub(crate) fn checked(self, keys: &'static [&'static str]) -> Result<ApiResponse> {
        let error = match json::check_object(&self.body, keys, &|| self.look()) {
            Ok(()) => return Ok(self),
            Err(Unfit::Limit(error)) => return Err(self.at_a_limit(error)),
            Err(Unfit::Shape(error)) => error,
        };
        // A page says what went wrong; JSON may hold what is secret, so it is for the detail.
        let start = match self.body.trim_start().starts_with(['{', '[', '"']) {
            true => String::new(),
            false => format!(": {}", excerpt(self.body.as_bytes())),
        };
        let problem = json::problem(&error);
        Err(invalid(format!("the response is not the JSON of this API ({problem}){start}"))
            .with_answer(self.status, self.request_id.as_deref())
            .with_detail(json::detail(self.body.as_bytes())))
    }

    /// The body, byte for byte.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The body, byte for byte.
    pub fn into_body(self) -> String {
        self.body
    }

    /// The service's id of the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// A response that a workflow makes up.
    pub(crate) fn of(body: String) -> ApiResponse {
        ApiResponse { status: 200, body, request_id: None, reading_limit: ReadingLimit::default() }
    }

    /// This response with a body made of parts of several.
    pub(crate) fn with_body(self, body: String) -> ApiResponse {
        ApiResponse { body, ..self }
    }

    pub(crate) fn replace_body(&mut self, body: String) {
        self.body = body;
    }

    /// Decodes the body.
    ///
    /// # Errors
    /// [`Status::InvalidResponse`] if it has another shape.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.body).map_err(|error| self.misshapen(&json::problem(&error)))
    }

    /// [`ApiResponse::decode`] within the time limit of the call, if it takes long.
    pub(crate) fn decode_in_time<T: DeserializeOwned>(&self) -> Result<T> {
        self.decode_part(&self.body, String::new)
    }

    /// Decodes a part of the body within the time limit of the call; `place` names it in an error.
    pub(crate) fn decode_part<T: DeserializeOwned>(
        &self,
        part: &str,
        place: impl Fn() -> String,
    ) -> Result<T> {
        json::decode(part, &|| self.look()).map_err(|unfit| match unfit {
            Unfit::Shape(error) => self.misshapen(&(place() + &json::problem(&error))),
            Unfit::Limit(error) => self.at_a_limit(error),
        })
    }

    /// Fails when the call's time is up, or when it was interrupted.
    pub(crate) fn look(&self) -> Result<()> {
        self.reading_limit.check()
    }

    pub(crate) fn at_a_limit(&self, error: Error) -> Error {
        error.with_answer(self.status, self.request_id.as_deref())
    }

    pub(crate) fn misshapen(&self, problem: &str) -> Error {
        invalid(format!("the response has another shape than the API documents: {problem}"))
            .with_answer(self.status, self.request_id.as_deref())
            // What was done is in there, such as the id of a disk that now exists.
            .with_detail(json::detail(self.body.as_bytes()))
    }
}

fn invalid(problem: String) -> Error {
    Error::new(Status::InvalidResponse, Outcome::Unknown, problem)
}
