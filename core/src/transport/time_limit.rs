//! Which timeout governs a call, and when it and its attempts must end.

use std::time::{Duration, Instant};

use super::deadline::Ends;
use super::deadline_after;
use super::interrupt::Beginning;
use crate::{Error, Outcome, Result, Status};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a call may take that does not wait: by the client's timeout, or by one of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallTimeout {
    pub(crate) limit: Option<Duration>,
    whose: &'static str,
}

/// The timeout that governs a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Until {
    /// The call's: it is the limit of everything, beginning now.
    CallTimeout,
    /// The same, for a call of several requests that has begun.
    Call { deadline: Option<Instant> },
    /// That of a wait or workflow that has begun. The call's timeout limits each attempt.
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
    pub(crate) began: Beginning,
}

impl CallTimeout {
    pub(crate) fn of_client(limit: Option<Duration>) -> CallTimeout {
        CallTimeout { limit, whose: "the client's" }
    }

    /// # Errors
    /// `InvalidArgument` for no time at all.
    pub(crate) fn of_call(limit: Option<Duration>) -> Result<CallTimeout> {
        more_than_zero("timeout", limit)?;
        Ok(CallTimeout { limit, whose: "the call's" })
    }

    /// The limits of a call that begins now, or has begun.
    pub(crate) fn begin(self, until: Until, began: Beginning) -> TimeLimit {
        let CallTimeout { limit, whose } = self;
        let of_call =
            |deadline| TimeLimit { deadline, attempt: None, timeout: limit, whose, began };
        match until {
            Until::CallTimeout => of_call(deadline_after(limit)),
            Until::Call { deadline } => of_call(deadline),
            Until::Wait { timeout, deadline } => {
                TimeLimit { deadline, attempt: limit, timeout, whose: "the wait's", began }
            }
        }
    }
}

/// Refuses a limit of no time.
pub(super) fn more_than_zero(name: &str, limit: Option<Duration>) -> Result<()> {
    match limit {
        Some(Duration::ZERO) => {
            Err(Error::invalid_argument(format!("{name} must be more than 0 seconds")))
        }
        _ => Ok(()),
    }
}

impl TimeLimit {
    /// When an attempt that begins now must end.
    pub(super) fn of_attempt(&self) -> Ends {
        let of_its_own = self.attempt.and_then(|attempt| deadline_after(Some(attempt)));
        let at = [self.deadline, of_its_own].into_iter().flatten().min();
        Ends { at, began: self.began }
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
    use super::{CallTimeout, Until};
    use crate::Status;
    use std::time::{Duration, Instant};

    #[test]
    fn which_timeout_limits_what() {
        let second = Duration::from_secs(1);
        let now = Instant::now();
        let client = Until::CallTimeout;
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
            let timeout = timeout.map(|timeout| second * timeout);
            let limit = CallTimeout::of_client(timeout).begin(until, Default::default());
            let seconds = |deadline: Option<Instant>| {
                deadline.map(|deadline| (deadline - now).as_secs_f64().round() as u32)
            };
            assert_eq!(seconds(limit.deadline), whole, "{until:?}, {timeout:?}");
            assert_eq!(seconds(limit.of_attempt().at), attempt, "{until:?}, {timeout:?}");
            assert!(limit.permits(now));
            assert_eq!(limit.permits(now + second * 1000), whole.is_none());
        }
    }

    #[test]
    fn the_error_says_how_long_the_limit_lasts_and_which_timeout_is_too_short() {
        let length = Some(Duration::from_millis(2500));
        let limit = CallTimeout::of_client(length).begin(Until::CallTimeout, Default::default());
        let error = limit.rate_limited(Duration::from_millis(41_200));
        assert_eq!(error.status(), Status::RateLimitReached);
        assert_eq!(
            error.to_string(),
            "rate_limit_reached: the rate limit is reached: the limit lasts 42 s longer, and the \
             client's timeout of 2.5 s ends before"
        );
        let own =
            CallTimeout::of_call(length).unwrap().begin(Until::CallTimeout, Default::default());
        let own = own.rate_limited(Duration::from_millis(41_200)).to_string();
        assert!(own.ends_with("and the call's timeout of 2.5 s ends before"), "{own}");
        assert!(CallTimeout::of_call(Some(Duration::ZERO)).is_err());
        let wait = Until::Wait { timeout: Some(Duration::from_secs(5)), deadline: None };
        let wait = CallTimeout::of_client(None).begin(wait, Default::default());
        let words = |wait_of| wait.rate_limited(wait_of).description().to_owned();
        let seven = words(Duration::from_secs(7));
        assert!(seven.contains("lasts 7 s longer, and the wait's timeout of 5 s"), "{seven}");
        let longest = words(Duration::MAX);
        assert!(longest.contains("lasts more than a day, and"), "{longest}");
    }
}
