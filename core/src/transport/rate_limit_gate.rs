//! Holds calls back while a rate limit is exhausted.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::http_response::LONGEST_WINDOW;

/// How long new calls wait after the limit was reset, so that calls already waiting go first.
///
/// A minute's requests may be used up in less than a tenth of a second. Without this, the thread that
/// wakes up first could take all of them, minute after minute, until the other calls time out. The
/// value exceeds the difference between the waits of two processes: up to a second, as `Date` has
/// whole seconds, and the jitter.
const HEAD_START: Duration = Duration::from_millis(1500);

const LONGEST_JITTER: Duration = Duration::from_millis(250);

/// When requests are permitted again. Has no lock, so that none is held when the process forks.
pub(super) struct RateLimitGate {
    made: Instant,
    /// In milliseconds after `made`; 0 if it was never closed.
    opens: AtomicU64,
}

impl RateLimitGate {
    pub(super) fn new() -> RateLimitGate {
        RateLimitGate { made: Instant::now(), opens: AtomicU64::new(0) }
    }

    /// Notes that the service rejects all requests for the time `wait`. That is believed for a minute,
    /// then another request may ask: a wrong `Retry-After` must not silence a client for hours.
    pub(super) fn close(&self, wait: Duration) {
        if wait.is_zero() {
            return;
        }
        let opens = self.made.elapsed().saturating_add(wait.min(LONGEST_WINDOW)).as_millis();
        self.opens.fetch_max(u64::try_from(opens).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The time until which nothing may be sent, if it is yet to come.
    pub(super) fn closed_until(&self) -> Option<Instant> {
        self.opens().filter(|opens| Instant::now() < *opens)
    }

    /// The time until which new calls let those go first that have waited, if it is yet to come.
    pub(super) fn head_start_until(&self) -> Option<Instant> {
        self.opens().map(|opens| opens + HEAD_START).filter(|end| Instant::now() < *end)
    }

    fn opens(&self) -> Option<Instant> {
        match self.opens.load(Ordering::Relaxed) {
            0 => None,
            opens => self.made.checked_add(Duration::from_millis(opens)),
        }
    }
}

/// The end of a wait for the rate limit, made a little later, so that the threads and processes of one
/// token do not all send at once.
pub(super) fn with_jitter(end: Instant) -> Instant {
    let wait = end.saturating_duration_since(Instant::now());
    let longest = LONGEST_JITTER.min(wait / 4).as_micros() as u64;
    end.checked_add(Duration::from_micros(fastrand::u64(0..=longest))).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::{HEAD_START, LONGEST_JITTER, LONGEST_WINDOW, RateLimitGate, with_jitter};
    use crate::HttpOptions;
    use std::time::{Duration, Instant};

    #[test]
    fn new_calls_wait_for_the_reset_and_then_for_those_before_them() {
        let gate = RateLimitGate::new();
        gate.close(Duration::ZERO);
        assert_eq!((gate.closed_until(), gate.head_start_until()), (None, None));
        let wait = Duration::from_millis(300);
        let before = Instant::now();
        gate.close(wait);
        let opens = gate.closed_until().expect("it is closed");
        assert!(opens <= before + wait + Duration::from_millis(50));
        std::thread::sleep(wait + Duration::from_millis(10));
        assert_eq!(gate.closed_until(), None);
        assert_eq!(gate.head_start_until(), Some(opens + HEAD_START));
        std::thread::sleep(HEAD_START);
        assert_eq!(gate.head_start_until(), None);
    }

    #[test]
    fn it_is_closed_for_a_minute_at_most() {
        let gate = RateLimitGate::new();
        gate.close(Duration::MAX);
        assert!(gate.closed_until().expect("it is closed") <= Instant::now() + LONGEST_WINDOW);
    }

    #[test]
    fn jitter_is_a_quarter_of_the_wait_or_of_a_second_at_most() {
        for (wait, longest) in [(0, 0), (1000, 250), (60_000, 250)] {
            let end = Instant::now() + Duration::from_millis(wait);
            let with = (0..1000).map(|_| with_jitter(end));
            let most = with.inspect(|with| assert!(*with >= end)).max().unwrap() - end;
            assert!(most <= Duration::from_millis(longest), "{wait}: {most:?}");
            assert!(most >= Duration::from_millis(longest / 2), "{wait}: {most:?}");
        }
    }

    #[test]
    fn a_call_with_the_default_timeout_outlasts_a_closed_minute() {
        let longest = LONGEST_WINDOW + LONGEST_JITTER + HEAD_START;
        let left = HttpOptions::default().timeout.unwrap() - longest;
        assert!(left >= Duration::from_secs(25), "{left:?} left");
    }
}
