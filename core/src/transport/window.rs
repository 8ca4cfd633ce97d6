//! Whose turn it is when a rate limit opens again.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long calls that waited for a rate limit go before new ones when it opens again.
///
/// A minute's permission may last for less than a tenth of a second: without that, the thread that
/// wakes up first takes all of it, minute after minute, until the calls of others run out of time.
/// It is more than the waits of two processes can differ, by a `Date` of whole seconds and the
/// spread of [`until_next_minute`](super::Answer::until_next_minute).
const HEAD_START: Duration = Duration::from_millis(1500);

/// The rate limit that was reached last. One number, so that no lock survives a fork.
pub(super) struct Window {
    made: Instant,
    /// When it opens again, in milliseconds after `made`; 0 if no limit was ever reached.
    opens: AtomicU64,
}

impl Window {
    pub(super) fn new() -> Window {
        Window { made: Instant::now(), opens: AtomicU64::new(0) }
    }

    /// Notes that the service refuses everything for so long.
    pub(super) fn close(&self, wait: Duration) {
        let opens = self.made.elapsed().saturating_add(wait).as_millis();
        self.opens.fetch_max(u64::try_from(opens).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// When a new call may begin, unless that is now: it joins the line before a limit that is
    /// closed, and lets the line go first before one that has just opened.
    pub(super) fn turn(&self) -> Option<Instant> {
        let opens = match self.opens.load(Ordering::Relaxed) {
            0 => return None,
            opens => self.made.checked_add(Duration::from_millis(opens))?,
        };
        let now = Instant::now();
        let turn = if now < opens { opens } else { opens + HEAD_START };
        (now < turn).then_some(turn)
    }
}

#[cfg(test)]
mod tests {
    use super::{HEAD_START, Window};
    use std::time::{Duration, Instant};

    #[test]
    fn new_calls_join_the_line_or_let_it_go_first() {
        let window = Window::new();
        assert_eq!(window.turn(), None);
        let wait = Duration::from_millis(300);
        let before = Instant::now();
        window.close(wait);
        let opens = window.turn().expect("it is closed");
        assert!(opens <= before + wait + Duration::from_millis(50));
        std::thread::sleep(wait + Duration::from_millis(10));
        assert_eq!(window.turn(), Some(opens + HEAD_START));
        std::thread::sleep(HEAD_START);
        assert_eq!(window.turn(), None);
    }
}
