//! The one task that is polled: how long it takes tells when the others are due.

use std::time::{Duration, Instant};

/// Task times are whole seconds.
const ROUNDING: Duration = Duration::from_millis(500);

/// Tells how long the service takes.
#[derive(Debug, Default)]
pub(super) struct Pilot {
    takes: Option<Duration>,
    polled: Option<Polled>,
}

#[derive(Debug)]
struct Polled {
    id: String,
    since: Instant,
    next: Instant,
    /// Whether a thread is polling it now.
    is_busy: bool,
}

impl Pilot {
    /// How long a disk takes, once that is known.
    pub(super) fn takes(&self) -> Option<Duration> {
        self.takes
    }

    /// Whether a disk is needed to poll its task.
    pub(super) fn is_wanted(&self) -> bool {
        self.takes.is_none() && self.polled.is_none()
    }

    /// Chooses the disk whose task is polled.
    pub(super) fn choose(&mut self, id: &str, since: Instant) {
        let next = since + Duration::from_secs(1);
        self.polled = Some(Polled { id: id.to_owned(), since, next, is_busy: false });
    }

    /// When the next poll is due, and of which disk.
    pub(super) fn due(&self) -> Option<(Instant, &str)> {
        let polled = self.polled.as_ref().filter(|polled| !polled.is_busy)?;
        Some((polled.next, &polled.id))
    }

    pub(super) fn begin_poll(&mut self) {
        self.polled.iter_mut().for_each(|polled| polled.is_busy = true);
    }

    /// The task goes on.
    pub(super) fn goes_on(&mut self, now: Instant) {
        let Some(polled) = &mut self.polled else { return };
        let seconds = match (now - polled.since).as_secs() {
            0..30 => 2,
            30..120 => 5,
            _ => 10,
        };
        polled.next = now + Duration::from_secs(seconds);
        polled.is_busy = false;
    }

    /// The task has completed; it took this long by the service's clock, if that says so.
    pub(super) fn completed(&mut self, took: Option<Duration>, now: Instant) {
        if let Some(polled) = self.polled.take() {
            self.takes = Some(took.unwrap_or(now - polled.since) + ROUNDING);
        }
    }

    /// Another disk has to be polled: this one's task tells nothing.
    pub(super) fn give_up(&mut self) {
        self.polled = None;
    }

    /// A disk is known to be done after this time, at most.
    pub(super) fn seen_done(&mut self, id: &str, within: Duration) {
        if self.takes.is_none() {
            self.takes = Some(within);
        }
        if self.polled.as_ref().is_some_and(|polled| polled.id == id) {
            self.polled = None;
        }
    }

    /// A whole batch takes longer than was thought.
    pub(super) fn seen_late(&mut self, after: Duration) {
        if let Some(takes) = &mut self.takes {
            *takes = after.max(*takes);
        }
    }
}
