//! The one loop that waits: for a task, for a volume to be gone, for a disk to be as it should.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::transport::{Until, deadline_after};
use crate::{Error, Result};

/// The time limit of a wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Instant>,
    /// Whether there is a wait. Otherwise each request is a plain call.
    is_wait: bool,
}

impl Patience {
    /// Beginning now.
    pub(crate) fn of(timeout: Option<Duration>) -> Patience {
        Patience { timeout, deadline: deadline_after(timeout), is_wait: true }
    }

    /// Beginning now, of what does not wait: `timeout` is the call's, of each request and of all.
    pub(crate) fn of_a_call(timeout: Option<Duration>) -> Patience {
        Patience { is_wait: false, ..Patience::of(timeout) }
    }

    /// What governs each request. With a timeout of zero there is still one poll, which has the call's
    /// timeout.
    pub(crate) fn request_deadline(&self) -> Until {
        match self.timeout {
            Some(Duration::ZERO) => Until::CallTimeout,
            _ if !self.is_wait => Until::CallTimeout,
            timeout => Until::Wait { timeout, deadline: self.deadline },
        }
    }

    /// The time that is left; `None` without a limit.
    pub(crate) fn left(&self) -> Option<Duration> {
        self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    pub(crate) fn is_over(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// For messages.
    pub(crate) fn seconds(&self) -> f64 {
        self.timeout.unwrap_or_default().as_secs_f64()
    }
}

/// Something to wait for.
pub(crate) trait Watch {
    /// What the wait ends with.
    type End;

    /// Reads it once. `number` counts the polls from 1.
    fn poll(&mut self, number: u32) -> Result<ControlFlow<Self::End>>;

    /// How long to wait after this poll.
    fn pause(&self, number: u32, elapsed: Duration) -> Duration;

    /// The error when the time is up.
    fn timed_out(&self) -> Error;

    /// Sleeps, unless something ends that.
    fn sleep_until(&self, until: Instant) -> Result<()>;
}

/// Polls until the wait ends, or the time is up.
pub(crate) fn until_end<W: Watch>(watch: &mut W, patience: Patience) -> Result<W::End> {
    let started = Instant::now();
    let mut number = 0;
    loop {
        number += 1;
        if let ControlFlow::Break(end) = watch.poll(number)? {
            return Ok(end);
        }
        match next_poll(watch.pause(number, started.elapsed()), patience.deadline) {
            Some(next) => watch.sleep_until(next)?,
            None => {
                watch.sleep_until(patience.deadline.unwrap_or_else(Instant::now))?;
                return Err(watch.timed_out());
            }
        }
    }
}

/// How long before the deadline the last poll is made.
const LAST_POLL: Duration = Duration::from_millis(250);

/// The time of the next poll: after `pause`, or just before `deadline` for a last one, since the change
/// may have come meanwhile. `None` if there is no time for another poll.
pub(crate) fn next_poll(pause: Duration, deadline: Option<Instant>) -> Option<Instant> {
    let now = Instant::now();
    let next = now + pause;
    match deadline {
        Some(deadline) if next >= deadline => {
            deadline.checked_sub(LAST_POLL).filter(|last| *last >= now + LAST_POLL)
        }
        _ => Some(next),
    }
}

#[cfg(test)]
mod tests {
    use super::{Patience, next_poll};
    use crate::transport::Until;
    use std::time::{Duration, Instant};

    #[test]
    fn which_timeout_governs_the_requests_of_a_wait() {
        let is_the_waits = |patience: Patience| match patience.request_deadline() {
            Until::CallTimeout | Until::Call { .. } => false,
            Until::Wait { timeout, deadline } => {
                assert_eq!((timeout, deadline), (patience.timeout, patience.deadline));
                true
            }
        };
        let table = [
            // timeout, whether it governs the requests of a wait
            (Some(5), true),
            (Some(0), false),
            (None, true),
        ];
        for (timeout, governs) in table {
            let timeout = timeout.map(Duration::from_secs);
            assert_eq!(is_the_waits(Patience::of(timeout)), governs, "{timeout:?}");
            assert!(!is_the_waits(Patience::of_a_call(timeout)), "{timeout:?}");
        }
    }

    #[test]
    fn the_last_poll_is_just_before_the_deadline() {
        let second = Duration::from_secs(1);
        let now = Instant::now();
        assert!(next_poll(second, None).unwrap() >= now + second);
        assert!(next_poll(second, Some(now + 5 * second)).unwrap() < now + 2 * second);
        let last = next_poll(2 * second, Some(now + second)).unwrap();
        assert_eq!(last, now + Duration::from_millis(750));
        assert_eq!(next_poll(second, Some(now + Duration::from_millis(400))), None);
        assert_eq!(next_poll(second, Some(now)), None);
    }
}
