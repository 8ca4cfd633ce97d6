//! Which items of a list have come.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::id_hashes::IdHashes;

/// Ids, each with the number of the round in which it was seen last.
#[derive(Clone, Debug, Default)]
pub struct Seen(HashMap<CompactString, u32, IdHashes>);

impl Seen {
    /// Notes that `id` was seen in `round`; returns the round in which it was seen before.
    pub fn note(&mut self, id: &str, round: u32) -> Option<u32> {
        self.0.insert(CompactString::from(id), round)
    }
}
