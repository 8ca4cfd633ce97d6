//! The response to an operation, as the service sent it.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::about;
use crate::call::Call;
use crate::excerpt::{excerpt, is_json};
use crate::json::{self, Unfit};
use crate::secrets::Secrets;
use crate::transport::{HttpResponse, ReadingLimit, UsedConnection};
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
    secrets: Secrets,
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
    /// A response that has to be a JSON object with all `keys`, about what `call` asked for.
    pub(crate) fn of_answer(
        answer: HttpResponse,
        keys: &'static [&'static str],
        call: &Call,
    ) -> Result<ApiResponse> {
        let connection = answer.connection.clone();
        let response = ApiResponse::of_text(answer)?;
        let is_clear = |name: &str, value: &str| about::is_clear(call, name, value);
        match json::check_members(&response.body, keys, is_clear, &|| response.look()) {
            Ok(true) => Ok(response),
            Ok(false) => response.about(call, &connection),
            Err(unfit) => Err(response.unfit(unfit)),
        }
    }

    /// This response, unless it is about another object.
    pub(crate) fn about(self, call: &Call, connection: &UsedConnection) -> Result<ApiResponse> {
        match about::contradiction(call, &self.body) {
            None => Ok(self),
            Some(text) => {
                connection.distrust();
                Err(Error::about_another(text)
                    .with_answer(self.status, self.request_id.as_deref())
                    .without(&self.secrets))
            }
        }
    }

    /// A response that may be any JSON, or empty.
    pub(crate) fn of_own_request(answer: HttpResponse) -> Result<ApiResponse> {
        let mut response = ApiResponse::of_text(answer)?;
        if response.body.trim_ascii().is_empty() {
            response.body.clear();
            return Ok(response);
        }
        match json::check_any(&response.body, &|| response.look()) {
            Ok(()) => Ok(response),
            Err(unfit) => Err(response.unfit(unfit)),
        }
    }

    pub(crate) fn of_text(answer: HttpResponse) -> Result<ApiResponse> {
        let HttpResponse { status, request_id, body, secrets, reading_limit, .. } = answer;
        let body = String::from_utf8(body);
        let (body, is_text) = body.map_or_else(|_| (String::new(), false), |body| (body, true));
        let response = ApiResponse { status, body, request_id, secrets, reading_limit };
        if is_text {
            Ok(response)
        } else {
            Err(response.invalid("the response is not UTF-8, so not JSON").perhaps_from_elsewhere())
        }
    }

    pub(crate) fn checked(self, keys: &'static [&'static str]) -> Result<ApiResponse> {
        match json::check_object(&self.body, keys, &|| self.look()) {
            Ok(()) => Ok(self),
            Err(unfit) => Err(self.unfit(unfit)),
        }
    }

    fn unfit(&self, unfit: Unfit) -> Error {
        match unfit {
            Unfit::Shape(error) => self.not_the_apis(&error),
            Unfit::Limit(error) => self.at_a_limit(error),
        }
    }

    fn not_the_apis(&self, error: &serde_json::Error) -> Error {
        // A page says what went wrong; JSON may hold what is secret, so it is for the detail.
        let start = match is_json(&self.body) {
            true => String::new(),
            false => format!(": {}", excerpt(self.body.as_bytes(), &self.secrets)),
        };
        let problem = json::problem(error);
        self.invalid(&format!("the response is not the JSON of this API ({problem}){start}"))
            .perhaps_from_elsewhere()
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
        ApiResponse {
            status: 200,
            body,
            request_id: None,
            reading_limit: ReadingLimit::default(),
            secrets: Secrets::default(),
        }
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
        self.invalid(&format!("the response has another shape than the API documents: {problem}"))
    }

    /// This response as an error.
    pub(crate) fn invalid(&self, problem: &str) -> Error {
        Error::new(Status::InvalidResponse, Outcome::Unknown, problem)
            .with_answer(self.status, self.request_id.as_deref())
            // What was done is in there, such as the id of a disk that now exists.
            .with_detail(json::detail(self.body.as_bytes()))
            .without(&self.secrets)
    }
}
