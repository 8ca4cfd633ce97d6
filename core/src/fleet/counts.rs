//! How far a fleet has come.

use serde::Serialize;

use crate::{FleetResult, Outcome, Status};

/// How far a fleet has come, in disks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FleetCounts {
    /// Created by this call, and built.
    pub created: usize,
    /// Brought to another size by this call.
    pub resized: usize,
    /// Put into the trash, or destroyed, by this call.
    pub deleted: usize,
    /// As wished already, without this call.
    pub existed: usize,
    /// Rejected, or accepted and failed.
    pub failed: usize,
    /// Something was sent, and what has come of it is not known.
    pub unknown: usize,
    /// Nothing was sent for them.
    pub not_started: usize,
    /// Under way; none when the call has ended.
    pub pending: usize,
}

/// What a call does to disks, as they are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Created,
    Resized,
    Deleted,
    /// Nothing: it waits.
    Seen,
}

impl FleetCounts {
    /// Counts a result of a fleet that does this.
    pub(super) fn count(&mut self, result: &FleetResult, deed: Deed) {
        let count = match &result.response {
            Ok(_) if result.existed => &mut self.existed,
            Ok(_) => match deed {
                Deed::Created => &mut self.created,
                Deed::Resized => &mut self.resized,
                Deed::Deleted => &mut self.deleted,
                Deed::Seen => &mut self.existed,
            },
            Err(error) => {
                let is_known = matches!(error.status(), Status::TaskFailed | Status::NoEffect);
                match error.outcome() {
                    Outcome::Unknown if !is_known => &mut self.unknown,
                    _ => &mut self.failed,
                }
            }
        };
        *count += 1;
    }

    /// All disks.
    pub(super) fn total(&self) -> usize {
        let known = self.created + self.resized + self.deleted + self.existed;
        known + self.failed + self.unknown + self.not_started + self.pending
    }

    /// Whether this call has changed anything, or may have.
    pub(super) fn has_changed_something(&self) -> bool {
        self.created + self.resized + self.deleted + self.unknown > 0
    }

    /// Whether every disk is as wished.
    pub fn is_complete(&self) -> bool {
        self.failed + self.unknown + self.not_started + self.pending == 0
    }
}
