//! Something in the trash.

use compact_str::CompactString;
use serde::Deserialize;

/// Something in the trash.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct TrashObject {
    /// `trsh_` and 16 letters or digits.
    pub id: CompactString,
    /// When it will be purged, in Unix seconds.
    pub keep_until: Option<i64>,
    /// The id of what was deleted.
    pub object_id: Option<CompactString>,
    /// What was deleted: `Disk`, `VirtualMachine`, …
    pub object_type: Option<CompactString>,
}
