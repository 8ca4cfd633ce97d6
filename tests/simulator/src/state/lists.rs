//! How the list of disks deceives.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use super::State;

#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) deceit: Deceit,
    listed_from: HashMap<String, Instant>,
}

#[derive(Default)]
pub(crate) struct Deceit {
    /// How long a new disk is missing.
    pub(crate) lag: Duration,
    /// How old the states and sizes are.
    pub(crate) state_lag: Duration,
    /// How many pages come before the first disk.
    pub(crate) empty_pages: usize,
    /// All disks are listed, whatever annotations are asked for.
    pub(crate) ignore_annotations: bool,
}

impl State {
    /// In place of the deceit before.
    pub(crate) fn deceive(&mut self, deceit: Deceit) {
        self.disks.list_late(deceit.state_lag);
        self.lists.deceit = deceit;
    }

    /// A disk was made; it may be listed only later.
    pub(crate) fn list_later(&mut self, disk_id: &str) {
        if !self.lists.deceit.lag.is_zero() {
            let from = self.clock.now() + self.lists.deceit.lag;
            self.lists.listed_from.insert(disk_id.to_owned(), from);
        }
    }

    /// The ids of the disks that a list does not show yet.
    pub(crate) fn unlisted(&mut self) -> HashSet<String> {
        let now = self.clock.now();
        self.lists.listed_from.retain(|_, from| *from > now);
        self.lists.listed_from.keys().cloned().collect()
    }
}
