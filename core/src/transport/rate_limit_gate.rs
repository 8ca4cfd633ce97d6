//! Holds calls back while a rate limit is exhausted.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long new calls wait after the limit was reset, so that calls already waiting go first.
///
/// A minute's requests may be used up in less than a tenth of a second. Without this, the thread that
/// wakes up first could take all of them, minute after minute, until the other calls time out. The
/// value exceeds the difference between the waits of two processes: up to a second, as `Date` has
/// whole seconds, and the jitter of [`until_next_minute`](super::HttpResponse::until_next_minute).
const HEAD_START: Duration = Duration::from_millis(1500);

/// Remembers when the exhausted rate limit is reset. An atomic, so that no lock survives a fork.
pub(super) struct RateLimitGate {
    made: Instant,
    /// When the limit is reset, in milliseconds after `made`; 0 if it was never exhausted.
    opens: AtomicU64,
}

impl RateLimitGate {
    pub(super) fn new() -> RateLimitGate {
        RateLimitGate { made: Instant::now(), opens: AtomicU64::new(0) }
    }

    /// Notes that the service rejects all requests for the time `wait`.
    pub(super) fn close(&self, wait: Duration) {
        let opens = self.made.elapsed().saturating_add(wait).as_millis();
        self.opens.fetch_max(u64::try_from(opens).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The time until which a new call must wait, if any. While the gate is closed that is its opening;
    /// just after it has opened, calls already waiting go first.
    pub(super) fn wait_until(&self) -> Option<Instant> {
        let opens = match self.opens.load(Ordering::Relaxed) {
            0 => return None,
            opens => self.made.checked_add(Duration::from_millis(opens))?,
        };
        let now = Instant::now();
        let start = if now < opens { opens } else { opens + HEAD_START };
        (now < start).then_some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::{HEAD_START, RateLimitGate};
    use std::time::{Duration, Instant};

    #[test]
    fn new_calls_wait_for_the_reset_and_then_for_those_before_them() {
        let gate = RateLimitGate::new();
        assert_eq!(gate.wait_until(), None);
        let wait = Duration::from_millis(300);
        let before = Instant::now();
        gate.close(wait);
        let opens = gate.wait_until().expect("it is closed");
        assert!(opens <= before + wait + Duration::from_millis(50));
        std::thread::sleep(wait + Duration::from_millis(10));
        assert_eq!(gate.wait_until(), Some(opens + HEAD_START));
        std::thread::sleep(HEAD_START);
        assert_eq!(gate.wait_until(), None);
    }
}
