//! What came back, reduced to what the rest of the crate needs.

use std::io::Read;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ureq::Body;
use ureq::http::{HeaderMap, Response};

use crate::Secret;

/// An HTTP answer with its whole body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) rate_limit: Option<RateLimit>,
    /// What `Retry-After` asks for.
    pub(crate) retry_after: Option<Duration>,
    /// The server's clock.
    pub(crate) date: Option<SystemTime>,
    /// The token that OpenStack's identity service hands out in a header.
    pub(crate) subject_token: Option<Secret>,
    pub(crate) body: Vec<u8>,
}

/// The service's count of requests, as its newest answer told it.
///
/// Katapult counts all requests of a token together, per minute of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests permitted per minute.
    pub permitted: u32,
    /// Requests left in the minute of that answer.
    pub remaining: u32,
}

pub(super) enum BodyError {
    TooLarge,
    Broken(ureq::Error),
}

impl Answer {
    pub(super) fn read(
        response: Response<Body>,
        limit: u64,
        request_id_headers: &[&str],
    ) -> Result<Answer, BodyError> {
        let (parts, mut body) = response.into_parts();
        let headers = &parts.headers;
        let date = text(headers, "date").and_then(|date| httpdate::parse_http_date(date).ok());
        // A promise of the server's, so only a hint for the first allocation.
        let expected = body.content_length().unwrap_or(0).min(1 << 20);
        let mut bytes = Vec::with_capacity(expected as usize);
        body.as_reader()
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| BodyError::Broken(error.into()))?;
        if bytes.len() as u64 > limit {
            return Err(BodyError::TooLarge);
        }
        Ok(Answer {
            status: parts.status.as_u16(),
            request_id: request_id_headers
                .iter()
                .find_map(|name| text(headers, name))
                .map(str::to_owned),
            rate_limit: rate_limit(headers),
            retry_after: text(headers, "retry-after")
                .and_then(|value| retry_after(value, date.unwrap_or_else(SystemTime::now))),
            date,
            subject_token: text(headers, "x-subject-token").map(Secret::from),
            body: bytes,
        })
    }

    pub(crate) fn is_success(&self) -> bool {
        matches!(self.status, 200..300)
    }

    /// How long until the minute of the server's clock is over, and with it the rate limit
    /// (recorded: a new minute may count the old one's requests for up to a second).
    pub(crate) fn until_next_minute(&self) -> Duration {
        let now = self.date.unwrap_or_else(SystemTime::now);
        let second = now.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() % 60);
        // Spread out, so that the threads and processes of one token do not come back together.
        Duration::from_millis((61 - second) * 1000 + fastrand::u64(0..250))
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn rate_limit(headers: &HeaderMap) -> Option<RateLimit> {
    Some(RateLimit {
        permitted: text(headers, "x-ratelimit-permitted")?.parse().ok()?,
        remaining: text(headers, "x-ratelimit-remaining")?.parse().ok()?,
    })
}

/// Seconds, or an HTTP date by the server's clock; what cannot be read is as if it were not there.
fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::retry_after;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_770);
        let table = [
            ("1", Some(1)),
            (" 120 ", Some(120)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(7)),
            ("Sun, 06 Nov 1994 08:49:00 GMT", Some(0)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("99999999999999999999999", None),
        ];
        for (value, seconds) in table {
            assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
        }
    }
}
