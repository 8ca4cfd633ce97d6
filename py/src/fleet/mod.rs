//! Fleets: many disks in one call. The core runs them; here their results are iterated over.
//!
//! * `run.rs`: `FleetRun`, what Python sees; `driver.rs`: what it does, on the thread that iterates.
//! * `work.rs`: the core's fleets behind one trait; `specs.rs`: what is done with which disk.
//! * `result.rs`, `counts.rs`: what comes of it; `waited.rs`: the wait that gives a list.

mod counts;
mod driver;
mod result;
mod run;
mod specs;
mod waited;
mod work;

pub(crate) use counts::FleetCounts;
pub(crate) use result::FleetResult;
pub(crate) use run::FleetRun;
pub(crate) use specs::{disks, new_disks, sizes};
pub(crate) use waited::wait;
pub(crate) use work::Request;
