//! Errors from the identity service's responses. None of them says that a server or volume is missing.

use std::time::Duration;

use crate::json;
use crate::transport::{HttpResponse, Service};
use crate::{Error, Outcome, Request, Status};

/// The identity service, as it was asked for something.
pub(super) struct Keystone<'a> {
    /// As it was given.
    pub(super) auth_url: &'a str,
    pub(super) origin: &'a str,
    pub(super) request: &'a Request,
}

impl Service for Keystone<'_> {
    const LIMITS_ALL_REQUESTS: bool = false;
    const REQUEST_ID_HEADERS: &'static [&'static str] = &["x-openstack-request-id"];

    fn error_of(&self, response: &HttpResponse, _: bool) -> Error {
        match message(response) {
            Some(message) => self.by_service(response, &message),
            None => self.not_by_service(response),
        }
    }

    fn rate_limit_window(&self, _: &HttpResponse) -> Option<Duration> {
        None
    }
}

impl Keystone<'_> {
    fn by_service(&self, response: &HttpResponse, message: &str) -> Error {
        let says_token = message.to_ascii_lowercase().contains("token");
        let status = match response.status {
            400 => Status::OpenstackBadRequest,
            401 => Status::OpenstackUnauthorized,
            403 => Status::OpenstackForbidden,
            // Of a token that it does not know (captured).
            404 if says_token => Status::OpenstackUnauthorized,
            404 | 405 => return self.wrong_url(response, message),
            409 => Status::OpenstackConflict,
            _ => Status::OpenstackError,
        };
        let outcome = match response.status {
            400..500 => Outcome::Rejected,
            _ => Outcome::Unknown,
        };
        response.error(status, outcome, format!("{message} ({})", self.asked(response)))
    }

    /// Somebody else's response: a proxy's page, a redirect, another service's.
    fn not_by_service(&self, response: &HttpResponse) -> Error {
        let what = response.redirect().unwrap_or_else(|| response.excerpt());
        match response.status {
            300..400 | 404 | 405 => self.wrong_url(response, &what),
            401 if response.refuses_token => {
                self.other(response, Status::OpenstackUnauthorized, Outcome::Rejected, &what)
            }
            429 => self.other(response, Status::OpenstackError, Outcome::Rejected, &what),
            400..500 => self.other(response, Status::InvalidResponse, Outcome::Unknown, &what),
            _ => self.other(response, Status::OpenstackError, Outcome::Unknown, &what),
        }
    }

    fn other(
        &self,
        response: &HttpResponse,
        status: Status,
        outcome: Outcome,
        what: &str,
    ) -> Error {
        let text =
            format!("a response that is not Keystone's JSON ({}): {what}", self.asked(response));
        response.error(status, outcome, text)
    }

    fn wrong_url(&self, response: &HttpResponse, what: &str) -> Error {
        let text = format!(
            "auth_url {} is perhaps not the URL of the identity service (Keystone v3): {}: {what}",
            self.auth_url,
            self.asked(response)
        );
        response.error(Status::InvalidConfiguration, Outcome::NotSent, text)
    }

    fn asked(&self, response: &HttpResponse) -> String {
        let Keystone { origin, request, .. } = self;
        format!("{} {origin}{} answered {}", request.method, request.target, response.status)
    }

    /// The error for a success that is not what Keystone answers.
    pub(super) fn unusable(&self, response: &HttpResponse, problem: &str) -> Error {
        let text = format!(
            "the response is not Keystone v3's, so auth_url is perhaps not its URL: {}: {problem}",
            self.asked(response)
        );
        response.error(Status::InvalidResponse, Outcome::NotSent, text)
    }
}

/// What Keystone itself says: `{"error": {"code": 401, "message": …}}` (captured).
fn message(response: &HttpResponse) -> Option<String> {
    let body = json::detail(&response.body)?;
    let error = body.get("error")?;
    let is_own = error.get("code")?.as_u64() == Some(response.status.into());
    let message = error.get("message")?.as_str()?;
    is_own.then(|| message.to_owned())
}
