//! How a fleet is run.

use std::time::Duration;

use crate::arguments::shown;
use crate::{Bounds, Error, FleetCounts, Result};

/// How a fleet is run.
pub struct FleetOptions<'a> {
    /// Of `create_disks` only: the fleet's name, a text of yours that no other fleet has. The same call with
    /// the same name creates only what is missing. By default a new name is made up.
    pub fleet: Option<String>,
    /// The part of the permitted rate that the token's requests may reach, above 0 and at most 1. What other
    /// clients of the token use counts, too. 0.95 by default, which leaves a twentieth to them.
    pub share: f64,
    /// How many requests are under way at once at most, 1 to 64; 16 by default. One thread more reads.
    pub threads: usize,
    /// When to give up; `None` is never. An hour by default.
    pub timeout: Option<Duration>,
    /// Called on the caller's thread about once a second while the counts change.
    pub progress: Option<&'a mut FleetProgress<'a>>,
}

/// Sees how far a fleet has come; an error ends it.
pub type FleetProgress<'a> = dyn FnMut(&FleetCounts) -> Result<()> + 'a;

impl Default for FleetOptions<'_> {
    fn default() -> Self {
        let timeout = Some(Duration::from_secs(3600));
        FleetOptions { fleet: None, share: 0.95, threads: 16, timeout, progress: None }
    }
}

impl FleetOptions<'_> {
    /// For fleets whose disks are there already.
    pub(super) fn refuse_name(&self) -> Result<()> {
        match self.fleet {
            None => Ok(()),
            Some(_) => Err(Error::invalid_argument("fleet is for create_disks: leave it out")),
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        if !(self.share > 0.0 && self.share <= 1.0) {
            return Err(Error::invalid_argument(format!(
                "share must be above 0 and at most 1, the part of the permitted rate, not {}",
                shown(self.share)
            )));
        }
        Bounds::THREADS.check("threads", Some(self.threads as u64))
    }
}
