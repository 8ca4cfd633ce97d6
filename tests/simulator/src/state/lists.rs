//! How the list of disks deceives.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::State;

#[derive(Default)]
pub(crate) struct Lists {
    /// How long a new disk is missing.
    pub(crate) lag: Duration,
    /// How many pages come before the first disk.
    pub(crate) empty_pages: usize,
    listed_from: HashMap<String, Instant>,
}

impl State {
    /// A disk was made; it may be listed only later.
    pub(crate) fn list_later(&mut self, disk_id: &str) {
        if !self.lists.lag.is_zero() {
            let from = self.clock.now() + self.lists.lag;
            self.lists.listed_from.insert(disk_id.to_owned(), from);
        }
    }

    /// The ids of the disks that a list does not show yet.
    pub(crate) fn unlisted(&self) -> Vec<String> {
        let now = self.clock.now();
        let unlisted = self.lists.listed_from.iter().filter(|(_, from)| **from > now);
        unlisted.map(|(id, _)| id.clone()).collect()
    }
}
