//! What was given to a fleet, so that nothing is done twice.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use compact_str::CompactString;

/// The names or the ids of a fleet's disks so far.
#[derive(Debug, Default)]
pub(super) struct Given(Mutex<HashSet<CompactString>>);

impl Given {
    /// Notes one; whether it is the first of its kind.
    pub(super) fn note(&self, name_or_id: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name_or_id.into())
    }
}
