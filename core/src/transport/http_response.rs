//! An HTTP response, reduced to what the rest of the crate needs.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ureq::http::response::Parts as Head;
use ureq::http::{HeaderName, header};

use super::keep_alive::KeepAlive;
use super::minute::minute;
use super::reading_limit::ReadingLimit;
use crate::excerpt::excerpt;
use crate::secrets::Secrets;
use crate::{Error, Outcome, Secret, Status};

/// The longest time until a new minute, and a second more: the new minute may count the old one's
/// requests for up to a second (recorded).
pub(crate) const LONGEST_WINDOW: Duration = Duration::from_secs(61);

/// In characters: the limit of a URL in a message.
const LONGEST_SHOWN: usize = 200;
/// In bytes. The services' own have at most 40; what is longer is no id.
const LONGEST_REQUEST_ID: usize = 200;
const PERMITTED: HeaderName = HeaderName::from_static("x-ratelimit-permitted");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");

/// An HTTP response with its whole body.
#[derive(Debug)]
pub(crate) struct HttpResponse {
    pub(crate) status: u16,
    /// What was asked; only in an error response.
    pub(crate) url: String,
    pub(crate) request_id: Option<String>,
    pub(crate) rate_limit: Option<RateLimit>,
    /// The wait that `Retry-After` asks for.
    pub(crate) retry_after: Option<Duration>,
    /// The server's clock; in an error response, in a 201, which may be a token, and where it was asked for.
    pub(crate) date: Option<SystemTime>,
    /// Whether the middleware of OpenStack's services has refused the token.
    pub(crate) refuses_token: bool,
    /// The target of a redirect. Redirects are not followed.
    pub(crate) location: Option<String>,
    /// The token that OpenStack's identity service returns in a header.
    pub(crate) subject_token: Option<Secret>,
    pub(crate) body: Vec<u8>,
    /// For what is done with the body.
    pub(crate) reading_limit: ReadingLimit,
    /// What no message about it may repeat.
    pub(crate) secrets: Secrets,
    pub(crate) connection: UsedConnection,
}

/// The connection that a response came on, which is idle by then or in use again.
#[derive(Clone, Debug, Default)]
pub(crate) struct UsedConnection(pub(super) Option<Arc<KeepAlive>>);

impl UsedConnection {
    /// Makes it the last response that came on it.
    pub(crate) fn distrust(&self) {
        self.0.iter().for_each(|kept| kept.distrust());
    }
}

/// The service's count of requests, as its latest response reported it.
///
/// Katapult counts all requests of a token together, per minute of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests permitted per minute.
    pub permitted: u32,
    /// Requests left in that response's minute.
    pub remaining: u32,
}

impl HttpResponse {
    /// Reads a response's head; the body is still empty. The first of `request_id_headers` that is
    /// present gives the request's id. `wants_date` asks for the server's clock in any response.
    pub(super) fn of(head: &Head, request_id_headers: &[&str], wants_date: bool) -> HttpResponse {
        let status = head.status.as_u16();
        // Few responses can need the server's clock.
        let needs_date = wants_date || status >= 400 || status == 201;
        let date = if needs_date { text(head, &header::DATE) } else { None };
        let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
        let retry_after = text(head, &header::RETRY_AFTER)
            .and_then(|value| retry_after(value, date.unwrap_or_else(SystemTime::now)));
        HttpResponse {
            status,
            url: String::new(),
            request_id: request_id_headers
                .iter()
                .filter_map(|name| head.headers.get(*name)?.to_str().ok())
                .find(|id| !id.is_empty())
                .filter(|id| id.len() <= LONGEST_REQUEST_ID)
                .map(str::to_owned),
            rate_limit: number(head, &PERMITTED)
                .zip(number(head, &REMAINING))
                .map(|(permitted, remaining)| RateLimit { permitted, remaining }),
            retry_after,
            date,
            refuses_token: status == 401
                && text(head, &header::WWW_AUTHENTICATE)
                    .is_some_and(|challenge| challenge.starts_with("Keystone ")),
            location: text(head, &header::LOCATION).map(str::to_owned),
            subject_token: None,
            body: Vec::new(),
            reading_limit: ReadingLimit::default(),
            secrets: Secrets::default(),
            connection: UsedConnection::default(),
        }
    }

    /// What the client holds that nobody may read, kept out of all that this response's texts go into.
    pub(super) fn keep_secret(&mut self, secrets: &Secrets) {
        self.secrets = secrets.and(self.subject_token.as_ref());
        let hidden = self.request_id.as_deref().and_then(|id| self.secrets.hide_in_id(id));
        self.request_id = hidden.or(self.request_id.take());
    }

    pub(crate) fn is_success(&self) -> bool {
        matches!(self.status, 200..300)
    }

    /// The error that this response is.
    pub(crate) fn error(&self, status: Status, outcome: Outcome, text: impl Into<String>) -> Error {
        Error::new(status, outcome, text)
            .with_answer(self.status, self.request_id.as_deref())
            .without(&self.secrets)
    }

    /// The error that this response is if it is about another object than the one that was asked for.
    pub(crate) fn about_another(&self, text: String) -> Error {
        self.connection.distrust();
        Error::about_another(text)
            .with_answer(self.status, self.request_id.as_deref())
            .without(&self.secrets)
    }

    /// The beginning of the body, for a message.
    pub(crate) fn excerpt(&self) -> String {
        excerpt(&self.body, &self.secrets)
    }

    /// Describes a redirect, for a message.
    pub(crate) fn redirect(&self) -> Option<String> {
        let shown = |url: &String| self.secrets.shown(&without_user(url), LONGEST_SHOWN);
        let target = self.location.as_ref().map(shown);
        match (self.status, target) {
            (300..400, Some(target)) => {
                Some(format!("a redirect to {target}, which is not followed"))
            }
            (300..400, None) => Some("a redirect, which is not followed".to_owned()),
            _ => None,
        }
    }

    /// The time until the server's clock has begun a new minute, which resets the rate limit.
    pub(crate) fn until_next_minute(&self) -> Duration {
        let now = self.date.unwrap_or_else(SystemTime::now);
        let second = now.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() % minute());
        Duration::from_secs(minute() + 1 - second)
    }
}

/// A URL without its user, password and query, which may be secret.
fn without_user(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let host = url.find("//").map_or(0, |slashes| slashes + 2);
    let path = url[host..].find('/').map_or(url.len(), |slash| host + slash);
    let host_alone = url[host..path].rsplit('@').next().unwrap_or_default();
    [&url[..host], host_alone, &url[path..]].concat()
}

/// A header's value; `None` if it is absent or not printable ASCII.
fn text<'a>(head: &'a Head, name: &HeaderName) -> Option<&'a str> {
    head.headers.get(name)?.to_str().ok()
}

fn number(head: &Head, name: &HeaderName) -> Option<u32> {
    text(head, name)?.parse().ok()
}

/// Reads seconds (rounded up) or an HTTP date (by the server's clock); `None` if it is neither.
fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    let is_number = value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.'));
    if let Some(seconds) = value.parse::<f64>().ok().filter(|_| is_number) {
        // A wait that overflows exceeds every deadline.
        return Some(Duration::try_from_secs_f64(seconds.ceil()).unwrap_or(Duration::MAX));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::{HttpResponse, retry_after};
    use std::time::{Duration, UNIX_EPOCH};
    use ureq::http::Response;

    fn response(status: u16, headers: &[(&str, &str)]) -> HttpResponse {
        let mut builder = Response::builder().status(status);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        HttpResponse::of(&builder.body(()).unwrap().into_parts().0, &["x-first", "x-second"], false)
    }

    #[test]
    fn the_first_header_with_a_request_id_is_used() {
        let id = |headers| response(200, headers).request_id;
        assert_eq!(id(&[("X-Second", "b"), ("X-First", "a"), ("X-Second", "c")]).unwrap(), "a");
        assert_eq!(id(&[("X-Second", "b"), ("X-First", "")]).unwrap(), "b");
        assert_eq!(id(&[("X-Third", "c")]), None);
    }

    #[test]
    fn a_rate_limit_has_two_numbers() {
        let headers = [("X-RateLimit-Permitted", "100"), ("X-RateLimit-Remaining", "7")];
        let limit = response(200, &headers).rate_limit.unwrap();
        assert_eq!((limit.permitted, limit.remaining), (100, 7));
        assert_eq!(response(200, &headers[..1]).rate_limit, None);
        assert_eq!(response(200, &[headers[0], ("X-RateLimit-Remaining", "-1")]).rate_limit, None);
    }

    #[test]
    fn only_an_error_and_a_token_have_the_servers_clock() {
        let headers = [("Date", "Sun, 06 Nov 1994 08:49:37 GMT")];
        assert!(response(429, &headers).date.is_some());
        assert!(response(201, &headers).date.is_some());
        assert!(response(200, &headers).date.is_none());
    }

    #[test]
    fn the_middleware_that_refuses_a_token_is_known_by_its_challenge() {
        let refuses =
            |status, challenge| response(status, &[("WWW-Authenticate", challenge)]).refuses_token;
        assert!(refuses(401, "Keystone uri='http://keystone.example:5000'"));
        assert!(!refuses(401, "Basic realm=\"proxy\""));
        assert!(!refuses(403, "Keystone uri='http://keystone.example:5000'"));
        assert!(!response(401, &[]).refuses_token);
    }

    #[test]
    fn a_redirect_is_named_without_what_may_be_secret() {
        let table = [
            ("https://me:pw@other.example/a/b?token=x#y", "https://other.example/a/b"),
            ("https://other.example?token=x", "https://other.example"),
            ("//me@other.example/a", "//other.example/a"),
            ("/core/v2/a@b", "/core/v2/a@b"),
            ("login", "login"),
        ];
        for (location, shown) in table {
            let text = response(307, &[("Location", location)]).redirect().unwrap();
            assert_eq!(text, format!("a redirect to {shown}, which is not followed"));
        }
        assert_eq!(response(304, &[]).redirect().unwrap(), "a redirect, which is not followed");
        assert_eq!(response(201, &[("Location", "/disks/new")]).redirect(), None);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_770);
        let table = [
            ("1", Some(1)),
            (" 120 ", Some(120)),
            ("1.5", Some(2)),
            ("0.001", Some(1)),
            ("0", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(7)),
            ("Sun, 06 Nov 1994 08:49:00 GMT", Some(0)),
            ("-1", None),
            ("1e3", None),
            ("inf", None),
            (".", None),
            ("1.5.2", None),
            ("soon", None),
        ];
        for (value, seconds) in table {
            assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
        }
        for value in ["18446744073709551615", "99999999999999999999999"] {
            assert_eq!(retry_after(value, now), Some(Duration::MAX));
        }
    }
}
