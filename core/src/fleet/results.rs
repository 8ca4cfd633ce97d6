//! What has come of the disks of a fleet, until the caller takes it.

use std::collections::VecDeque;

use super::counts::Deed;
use crate::{FleetCounts, FleetResult, Outcome};

/// The results that wait to be taken, and the counts of all.
#[derive(Debug)]
pub(super) struct Results {
    deed: Deed,
    waiting: VecDeque<FleetResult>,
    counts: FleetCounts,
    is_any_unknown: bool,
}

impl Results {
    pub(super) fn new(deed: Deed) -> Results {
        Results {
            deed,
            waiting: VecDeque::new(),
            counts: FleetCounts::default(),
            is_any_unknown: false,
        }
    }

    pub(super) fn push(&mut self, result: FleetResult) {
        self.count(&result);
        self.waiting.push_back(result);
    }

    /// Counts a result that is handed out in another way.
    pub(super) fn count(&mut self, result: &FleetResult) {
        self.counts.count(result, self.deed);
        self.is_any_unknown |= is_unknown(result);
    }

    pub(super) fn take(&mut self) -> Option<FleetResult> {
        self.waiting.pop_front()
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// What came too late to be taken, of what nobody may forget.
    pub(super) fn drain_unknown(&mut self) -> impl Iterator<Item = FleetResult> {
        self.waiting.drain(..).filter(is_unknown)
    }

    /// Whether the outcome of any is unknown, also of one whose failure is known.
    pub(super) fn is_any_unknown(&self) -> bool {
        self.is_any_unknown
    }

    pub(super) fn counts(&self) -> FleetCounts {
        self.counts
    }
}

fn is_unknown(result: &FleetResult) -> bool {
    result.response.as_ref().is_err_and(|error| error.outcome() == Outcome::Unknown)
}
