//! Pauses for all disks of a fleet after failures that may pass.

use std::time::{Duration, Instant};

/// How often in a row beginning may fail, which takes some minutes, and how long one pause is at most.
const MOST: u32 = 10;
const LONGEST: Duration = Duration::from_secs(30);

/// The failures since the last success.
#[derive(Debug, Default)]
pub(super) struct Setbacks {
    in_a_row: u32,
    until: Option<Instant>,
}

impl Setbacks {
    /// When the pause ends, if there is one.
    pub(super) fn pause(&self, now: Instant) -> Option<Instant> {
        self.until.filter(|until| *until > now)
    }

    pub(super) fn pause_until(&mut self, until: Instant) {
        self.until = Some(until);
    }

    pub(super) fn success(&mut self) {
        self.in_a_row = 0;
    }

    /// Notes a failure: all pause. Those that come meanwhile are of requests that were under way. Whether the
    /// service has been away for too long.
    pub(super) fn failure(&mut self, now: Instant) -> bool {
        if self.pause(now).is_some() {
            return false;
        }
        self.in_a_row += 1;
        let pause = Duration::from_secs(1 << self.in_a_row.min(5));
        self.until = Some(now + pause.min(LONGEST));
        self.in_a_row > MOST
    }
}
