//! What came back, reduced to what the rest of the crate needs.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::Secret;

/// An HTTP answer with its whole body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) rate_limit: Option<RateLimit>,
    /// What `Retry-After` asks for.
    pub(crate) retry_after: Option<Duration>,
    /// The server's clock; only of a refusal.
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

impl Answer {
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
