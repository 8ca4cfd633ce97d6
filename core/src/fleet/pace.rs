//! When to look at disks that the service is at work on.

use std::time::Duration;

/// Between looks at the least and at most; in between a quarter of the time that has passed.
pub(super) const SHORTEST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// In seconds: what a look's requests are spread over, each; and up to how many.
const PACE: f64 = 0.6;
const MOST_SPREAD: usize = 100;

/// When to look first while a pilot has not told yet how long the service takes, and how much longer than
/// that a batch waits for what is still being begun.
pub(super) const GUESS: Duration = Duration::from_secs(10);

/// When a disk takes unusually long, at the least.
const LATE: Duration = Duration::from_secs(30);

/// What is known of how long the service takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Takes {
    Known(Duration),
    /// A pilot will tell. A scout looks at times, in case that the pilot takes unusually long.
    Awaited {
        is_scout: bool,
    },
    /// Nothing will tell.
    Unknown,
}

/// What is known outside of the batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// How long the service takes.
    pub(super) takes: Takes,
    /// Whether more disks may come into the batch.
    pub(super) is_open: bool,
    /// Whether another look may begin now.
    pub(super) may_look: bool,
    /// How many requests a look takes.
    pub(super) look_cost: usize,
}

impl Pace {
    /// How long after its beginning a disk is looked for first; `None` is not before that is known.
    pub(super) fn first(&self) -> Option<Duration> {
        match self.takes {
            Takes::Known(takes) => Some(takes),
            Takes::Awaited { is_scout } => is_scout.then_some(GUESS),
            Takes::Unknown => Some(SHORTEST_PAUSE),
        }
    }

    /// Between two looks at what has been under way for so long; each takes so many requests.
    pub(super) fn pause(&self, since: Duration, cost: usize) -> Duration {
        let since = if let Takes::Awaited { .. } = self.takes { since } else { since / 4 };
        let spread = Duration::from_secs_f64(PACE * cost.min(MOST_SPREAD) as f64);
        since.clamp(SHORTEST_PAUSE, LONGEST_PAUSE).max(spread)
    }

    /// When a disk takes unusually long.
    pub(super) fn late(&self) -> Duration {
        match self.takes {
            Takes::Known(takes) => LATE.max(takes * 2),
            Takes::Awaited { .. } => Duration::MAX,
            Takes::Unknown => LATE,
        }
    }
}
