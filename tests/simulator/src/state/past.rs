//! What disks were a while ago, for lists that are late.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use super::Disk;

/// What of a disk is late in a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Looks {
    pub(crate) state: String,
    pub(crate) size_in_gb: i64,
}

/// What disks looked like before they changed, and until when.
#[derive(Default)]
pub(super) struct Past {
    /// How long it is kept; with zero there is none.
    lag: Duration,
    by_id: HashMap<String, VecDeque<(Instant, Looks)>>,
    /// When the changes happen that are made now.
    now: Option<Instant>,
}

impl Past {
    pub(super) fn keep(&mut self, lag: Duration) {
        *self = Self { lag, now: self.now, ..Self::default() };
    }

    pub(super) fn set_now(&mut self, now: Instant) {
        self.now = Some(now);
    }

    /// Called before each change, or what may be one.
    pub(super) fn note(&mut self, disk: &Disk) {
        let Some(now) = self.now.filter(|_| !self.lag.is_zero()) else { return };
        let looks = Looks { state: disk.state.clone(), size_in_gb: disk.size_in_gb };
        let past = self.by_id.entry(disk.id.clone()).or_default();
        // What ended before the lag is not shown any more.
        while past.front().is_some_and(|(until, _)| *until + self.lag <= now) {
            past.pop_front();
        }
        match past.back_mut().filter(|(_, last)| *last == looks) {
            Some((until, _)) => *until = now,
            None => past.push_back((now, looks)),
        }
    }

    pub(super) fn forget(&mut self, id: &str) {
        self.by_id.remove(id);
    }

    /// None if it looked as it does now.
    pub(super) fn of(&self, id: &str) -> Option<&Looks> {
        let now = self.now?;
        let mut past = self.by_id.get(id)?.iter();
        past.find(|(until, _)| *until + self.lag > now).map(|(_, looks)| looks)
    }
}
