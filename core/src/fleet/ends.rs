//! What is said of a fleet that ends before all its disks are as wished.

use serde_json::{Value, json};

use super::counts::Deed;
use super::work::Pending;
use crate::{Error, FleetCounts, FleetResult, Outcome, Status};

/// In the detail of the error that ends a fleet.
const MOST_NAMED: usize = 1000;

/// The error of a disk that the service was at work on when the fleet ended.
pub(super) fn unfinished(name: &'static str, deed: Deed, pending: &Pending) -> Error {
    let what = match deed {
        Deed::Created | Deed::Seen => "is not known to be built",
        Deed::Resized => "is not known to have the size",
        Deed::Deleted => "is not known to be gone",
    };
    let text = format!(
        "disk {} {what}, since the fleet has ended before; the service goes on",
        pending.id
    );
    let task = pending.task.as_ref().map(|task| json!({ "id": task.as_str() }));
    let detail = json!({ "disk": { "id": pending.id.as_str(), "name": pending.name.as_deref() }, "task": task });
    Error::interrupted(Outcome::Unknown, text)
        .with_detail(Some(detail))
        .in_operation(name, Some(pending.id.to_string()))
}

/// The error of a fleet whose time is up.
pub(super) fn timed_out(seconds: f64, counts: &FleetCounts) -> Error {
    let text = format!(
        "the fleet has not ended within {seconds} s: {} pending, {} not started",
        counts.pending, counts.not_started
    );
    Error::new(Status::TimedOut, Outcome::NotSent, text)
}

/// The detail of the error that ends a fleet.
pub(super) fn detail(counts: &FleetCounts, unfinished: &[FleetResult]) -> Value {
    let named: Vec<Value> = unfinished.iter().take(MOST_NAMED).map(FleetResult::brief).collect();
    json!({ "counts": counts, "unfinished": named })
}
