//! How long a connection may stay in the pool.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::platform::{now, slept};

/// A NAT or firewall may silently drop a connection that is idle for longer.
pub(super) const LONGEST_IDLE: Duration = Duration::from_secs(15);
/// Connections are replaced after this time, so that a change in DNS is noticed.
const LONGEST_LIFE: Duration = Duration::from_secs(5 * 60);
/// Subtracted from the server's own limit, since it may close while a request is on its way.
const MARGIN: Duration = Duration::from_secs(1);
/// Shorter sleeps cannot be told from the delay between reading two clocks.
const SHORTEST_SLEEP: Duration = Duration::from_millis(500);

/// The age of a connection, its idle time, and the limit of that.
///
/// The call that reads a response's head sets the limit; the connection may be in the pool by then.
#[derive(Debug)]
pub(super) struct KeepAlive {
    made: Duration,
    idle_since: AtomicU64,
    /// How long the machine had slept when the connection became idle.
    slept: AtomicU64,
    longest_idle: AtomicU64,
    is_distrusted: AtomicBool,
}

impl KeepAlive {
    pub(super) fn new() -> KeepAlive {
        let zero = || AtomicU64::new(0);
        KeepAlive {
            made: now(),
            idle_since: zero(),
            slept: zero(),
            longest_idle: zero(),
            is_distrusted: AtomicBool::new(false),
        }
    }

    /// Zero means that it is not pooled.
    pub(super) fn set_longest_idle(&self, limit: Duration) {
        self.longest_idle.store(milliseconds(limit), Ordering::Relaxed);
    }

    /// Ends its use: what came on it was not what was asked for. Another call may have it already.
    pub(super) fn distrust(&self) {
        self.is_distrusted.store(true, Ordering::Relaxed);
    }

    /// Whether to pool a connection that becomes idle now.
    pub(super) fn begin_idle(&self) -> bool {
        self.idle_since.store(milliseconds(now()), Ordering::Relaxed);
        self.slept.store(milliseconds(slept()), Ordering::Relaxed);
        self.longest_idle.load(Ordering::Relaxed) > 0 && !self.is_distrusted()
    }

    /// Whether an idle connection may be used now.
    pub(super) fn may_be_used(&self) -> bool {
        !self.is_distrusted() && self.may_be_used_at(now(), slept())
    }

    fn is_distrusted(&self) -> bool {
        self.is_distrusted.load(Ordering::Relaxed)
    }

    fn may_be_used_at(&self, now: Duration, slept: Duration) -> bool {
        let since = |moment: Duration, earlier: &AtomicU64| {
            milliseconds(moment).saturating_sub(earlier.load(Ordering::Relaxed))
        };
        since(now, &self.idle_since) < self.longest_idle.load(Ordering::Relaxed)
            && since(slept, &self.slept) < milliseconds(SHORTEST_SLEEP)
            && now.saturating_sub(self.made) < LONGEST_LIFE
    }
}

/// The idle limit: [`LONGEST_IDLE`], or less for a header such as `Keep-Alive: timeout=5, max=100`.
pub(super) fn longest_idle(keep_alive: Option<&str>) -> Duration {
    let parameters = keep_alive.unwrap_or_default().split(',');
    let timeout = parameters
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("timeout"))
        .and_then(|(_, seconds)| seconds.trim().trim_matches('"').parse().ok())
        .map(Duration::from_secs);
    match timeout {
        Some(timeout) => LONGEST_IDLE.min(timeout.saturating_sub(MARGIN)),
        None => LONGEST_IDLE,
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{KeepAlive, LONGEST_IDLE, LONGEST_LIFE, longest_idle, now, slept};
    use std::time::Duration;

    #[test]
    fn the_servers_own_limit_is_used_with_a_margin() {
        let table = [
            (None, LONGEST_IDLE),
            (Some("timeout=5, max=100"), Duration::from_secs(4)),
            (Some("max=100,TIMEOUT = 3"), Duration::from_secs(2)),
            (Some("timeout=\"5\""), Duration::from_secs(4)),
            (Some("timeout=1"), Duration::ZERO),
            (Some("timeout=0"), Duration::ZERO),
            (Some("timeout=3600"), LONGEST_IDLE),
            (Some("timeout=soon"), LONGEST_IDLE),
            (Some("timeout"), LONGEST_IDLE),
        ];
        for (value, limit) in table {
            assert_eq!(longest_idle(value), limit, "{value:?}");
        }
    }

    #[test]
    fn a_connection_is_used_while_it_is_neither_idle_nor_old_for_too_long() {
        let keep_alive = KeepAlive::new();
        assert!(!keep_alive.begin_idle(), "nothing said that it may be kept");
        keep_alive.set_longest_idle(LONGEST_IDLE);
        assert!(keep_alive.begin_idle());
        let second = Duration::from_secs(1);
        assert!(keep_alive.may_be_used());
        assert!(keep_alive.may_be_used_at(now() + LONGEST_IDLE - second, slept()));
        assert!(!keep_alive.may_be_used_at(now() + LONGEST_IDLE + second, slept()));
        assert!(!keep_alive.may_be_used_at(now(), slept() + second), "the machine has slept");

        keep_alive.set_longest_idle(LONGEST_LIFE * 2);
        assert!(keep_alive.may_be_used_at(now() + LONGEST_LIFE - second, slept()));
        assert!(!keep_alive.may_be_used_at(now() + LONGEST_LIFE + second, slept()), "it is old");

        keep_alive.distrust();
        keep_alive.set_longest_idle(LONGEST_IDLE);
        assert!(!keep_alive.begin_idle() && !keep_alive.may_be_used(), "it is out of step");
    }
}
