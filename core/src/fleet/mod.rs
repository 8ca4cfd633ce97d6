//! Fleets: many disks in one call, at the pace that the service permits.
//!
//! ```text
//! the caller's thread            Fleet (one lock, never held during a request)      its threads
//!   step: asks for specs,  ───>    Plan: what is to be done next, and when    ───>    perform a Job
//!   gives results          <───    (no I/O: tested with a clock of its own)   <───    by a FleetWork
//! ```
//!
//! * [`FleetWork`] says what is done with each disk: [`CreateDisks`], [`EnsureDiskSizes`],
//!   [`EnsureDisksDeleted`], [`WaitDisks`].
//! * `Plan` decides what comes next: begin with another disk, poll the one task that tells how long all take
//!   (`Pilot`), look at a batch by a list when that time has passed (`Batch`), read stragglers one by one
//!   (`Watched` holds these).
//! * [`Fleet`] is the plan with its threads. `transport/governor.rs` lets their requests pass at the
//!   service's pace.

mod batch;
mod building;
mod counts;
mod create_disks;
mod ends;
mod ensure_disk_sizes;
mod ensure_disks_deleted;
mod existing;
mod failures;
mod given;
mod job;
mod judgement;
mod listed;
mod options;
mod pace;
mod pilot;
mod plan;
mod result;
mod results;
mod run;
mod running;
mod setbacks;
mod wait_disks;
mod watched;
mod work;

pub use counts::FleetCounts;
pub use create_disks::CreateDisks;
pub use ensure_disk_sizes::{DiskSize, EnsureDiskSizes};
pub use ensure_disks_deleted::EnsureDisksDeleted;
pub use failures::FleetFailures;
pub use options::{FleetOptions, FleetProgress};
pub use result::FleetResult;
pub use running::{Fleet, FleetStep};
pub use wait_disks::{AwaitedDisk, WaitDisks};
pub use work::FleetWork;
