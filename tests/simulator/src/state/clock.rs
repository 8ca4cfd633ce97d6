//! The simulator's clock: the real one, until a test moves or stops it.

use std::time::{Duration, Instant};

use super::unix_now;

const FARTHEST_AHEAD: Duration = Duration::from_secs(1_000 * 365 * 24 * 60 * 60);

pub(crate) struct Clock {
    started: Instant,
    started_at: Duration,
    /// How far it was moved on.
    ahead: Duration,
    /// How long it stood, before the present stop.
    stood: Duration,
    stopped: Option<Instant>,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self {
            started: Instant::now(),
            started_at: unix_now(),
            ahead: Duration::ZERO,
            stood: Duration::ZERO,
            stopped: None,
        }
    }

    pub(crate) fn now(&self) -> Instant {
        self.stopped.unwrap_or_else(Instant::now) - self.stood + self.ahead
    }

    /// Time since the Unix epoch.
    pub(crate) fn unix(&self) -> Duration {
        self.started_at + self.now().saturating_duration_since(self.started)
    }

    pub(crate) fn seconds(&self) -> u64 {
        self.unix().as_secs()
    }

    pub(crate) fn ahead(&self) -> Duration {
        self.ahead
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    /// # Errors
    /// It would be too far ahead: dates are written with four digits for the year.
    pub(crate) fn advance(&mut self, by: Duration) -> Result<(), &'static str> {
        let ahead = self.ahead.saturating_add(by);
        if ahead > FARTHEST_AHEAD {
            return Err("the clock is at most 1,000 years ahead; a reset brings it back");
        }
        self.ahead = ahead;
        Ok(())
    }

    pub(crate) fn stop(&mut self) {
        self.stopped.get_or_insert_with(Instant::now);
    }

    /// It goes on where it stopped.
    pub(crate) fn run(&mut self) {
        if let Some(stopped) = self.stopped.take() {
            self.stood += stopped.elapsed();
        }
    }
}
