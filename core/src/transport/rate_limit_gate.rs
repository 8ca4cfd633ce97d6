//! Holds calls back while a rate limit is exhausted.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long calls that waited for a rate limit go before new ones when it opens again.
///
/// A minute's permission may last for less than a tenth of a second: without that, the thread that
/// wakes up first takes all of it, minute after minute, until the calls of others run out of time.
/// It is more than the waits of two processes can differ, by a `Date` of whole seconds and the
/// spread of [`until_next_minute`](super::HttpResponse::until_next_minute).
const HEAD_START: Duration = Duration::from_millis(1500);

/// The rate limit that was reached last. One number, so that no lock survives a fork.
pub(super) struct RateLimitGate {
    made: Instant,
    /// When it opens again, in milliseconds after `made`; 0 if no limit was ever reached.
    opens: AtomicU64,
}

impl RateLimitGate {
    pub(super) fn new() -> RateLimitGate {
        RateLimitGate { made: Instant::now(), opens: AtomicU64::new(0) }
    }

    /// Notes that the service refuses everything for so long.
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
    fn new_calls_join_the_line_or_let_it_go_first() {
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
