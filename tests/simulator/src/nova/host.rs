//! The host on which all servers are.

use sha2::{Digest, Sha224};

/// A hash, so that projects do not learn whose servers are on the same host.
pub(super) fn host_id(project_id: &str) -> String {
    let hash = Sha224::digest(format!("{project_id}sim-host"));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
