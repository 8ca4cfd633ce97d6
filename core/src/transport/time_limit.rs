//! Which timeout governs a call, and when it and its attempts must end.

use std::time::{Duration, Instant};

use super::deadline_after;
use crate::{Error, Outcome, Status};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The timeout that governs a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Until {
    /// The client's: it is the limit of everything, beginning now.
    ClientTimeout,
    /// The client's, for a call of several requests that has begun.
    Call { timeout: Option<Duration>, deadline: Option<Instant> },
    /// That of a wait or workflow that has begun. The client's timeout limits each attempt.
    Wait { timeout: Option<Duration>, deadline: Option<Instant> },
}

/// The limits of one call, which has begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeLimit {
    /// Of the call with its retries, and with its waits for the rate limit.
    pub(crate) deadline: Option<Instant>,
    /// Of each attempt, if it has a limit of its own.
    attempt: Option<Duration>,
    /// What `deadline` was made of, for messages.
    timeout: Option<Duration>,
    whose: &'static str,
}

impl Until {
    pub(crate) fn begin(self, client_timeout: Option<Duration>) -> TimeLimit {
        match self {
            Until::ClientTimeout => TimeLimit {
                deadline: deadline_after(client_timeout),
                attempt: None,
                timeout: client_timeout,
                whose: "the client's",
            },
            Until::Call { timeout, deadline } => {
                TimeLimit { deadline, attempt: None, timeout, whose: "the client's" }
            }
            Until::Wait { timeout, deadline } => {
                TimeLimit { deadline, attempt: client_timeout, timeout, whose: "the wait's" }
            }
        }
    }
}

impl TimeLimit {
    /// When an attempt that begins now must end.
    pub(super) fn of_attempt(&self) -> Option<Instant> {
        let of_its_own = self.attempt.and_then(|attempt| deadline_after(Some(attempt)));
        [self.deadline, of_its_own].into_iter().flatten().min()
    }

    /// Whether there is time for an attempt that begins at `next`.
    pub(super) fn permits(&self, next: Instant) -> bool {
        self.deadline.is_none_or(|deadline| next < deadline)
    }

    /// What to say of a rate limit that lasts for `wait`, too long for this call.
    fn too_short_for(&self, wait: Duration) -> String {
        let lasts = match wait > DAY {
            true => "more than a day".to_owned(),
            false => format!("{} s longer", wait.as_secs_f64().ceil()),
        };
        let timeout = self.timeout.unwrap_or_default().as_secs_f64();
        let whose = self.whose;
        format!("the limit lasts {lasts}, and {whose} timeout of {timeout} s ends before")
    }

    /// The service's own rejection, which is final because the rate limit lasts for `wait`.
    pub(super) fn explain(&self, error: Error, wait: Duration) -> Error {
        error.with_hint(self.timeout.map(|_| self.too_short_for(wait)))
    }

    /// The error of a call that sends nothing because the rate limit lasts for `wait`.
    pub(super) fn rate_limited(&self, wait: Duration) -> Error {
        let text = format!("the rate limit is reached: {}", self.too_short_for(wait));
        Error::new(Status::RateLimitReached, Outcome::NotSent, text)
    }
}

#[cfg(test)]
mod tests {
    use super::Until;
    use crate::Status;
    use std::time::{Duration, Instant};

    #[test]
    fn which_timeout_limits_what() {
        let second = Duration::from_secs(1);
        let now = Instant::now();
        let client = Until::ClientTimeout;
        let wait = |seconds: Option<u32>| Until::Wait {
            timeout: seconds.map(|seconds| second * seconds),
            deadline: seconds.map(|seconds| now + second * seconds),
        };
        let table = [
            // governing timeout, client's timeout, limit of the call, limit of an attempt
            (client, Some(30), Some(30), Some(30)),
            (client, None, None, None),
            (wait(Some(600)), Some(30), Some(600), Some(30)),
            (wait(Some(600)), None, Some(600), Some(600)),
            (wait(Some(5)), Some(30), Some(5), Some(5)),
            (wait(None), Some(30), None, Some(30)),
            (wait(None), None, None, None),
        ];
        for (until, timeout, whole, attempt) in table {
            let limit = until.begin(timeout.map(|timeout| second * timeout));
            let seconds = |deadline: Option<Instant>| {
                deadline.map(|deadline| (deadline - now).as_secs_f64().round() as u32)
            };
            assert_eq!(seconds(limit.deadline), whole, "{until:?}, {timeout:?}");
            assert_eq!(seconds(limit.of_attempt()), attempt, "{until:?}, {timeout:?}");
            assert!(limit.permits(now));
            assert_eq!(limit.permits(now + second * 1000), whole.is_none());
        }
    }

    #[test]
    fn the_error_says_how_long_the_limit_lasts_and_which_timeout_is_too_short() {
        let limit = Until::ClientTimeout.begin(Some(Duration::from_millis(2500)));
        let error = limit.rate_limited(Duration::from_millis(41_200));
        assert_eq!(error.status(), Status::RateLimitReached);
        assert_eq!(
            error.to_string(),
            "rate_limit_reached: the rate limit is reached: the limit lasts 42 s longer, and the \
             client's timeout of 2.5 s ends before"
        );
        let wait = Until::Wait { timeout: Some(Duration::from_secs(5)), deadline: None };
        let words = |wait_of| wait.begin(None).rate_limited(wait_of).description().to_owned();
        let seven = words(Duration::from_secs(7));
        assert!(seven.contains("lasts 7 s longer, and the wait's timeout of 5 s"), "{seven}");
        let longest = words(Duration::MAX);
        assert!(longest.contains("lasts more than a day, and"), "{longest}");
    }
}
