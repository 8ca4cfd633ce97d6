//! Workflows: several requests that lead to a state, in the order that keeps disks safe.
//!
//! An operation is one request. What begins with `ensure_` or has an idempotency key reads first,
//! decides, acts, waits, and reads what has come of it. The rules are those that the vendor's own
//! Terraform provider follows. An operation that waits for its task runs as one of them, too, but it
//! reads nothing first.

mod attachment;
mod call_and_wait;
mod create_disk_once;
mod disk_view;
mod ensure_disk_attached;
mod ensure_disk_deleted;
mod ensure_disk_detached;
mod ensure_disk_size;
mod ensure_disk_unassigned;
mod steps;

use std::time::Duration;

use serde::de::DeserializeOwned;

pub use call_and_wait::{CallAndWait, TaskOperation};
pub use create_disk_once::{CreateDiskOnce, CreatedDisk};
pub use ensure_disk_attached::EnsureDiskAttached;
pub use ensure_disk_deleted::{DiskDeletion, EnsureDiskDeleted};
pub use ensure_disk_detached::EnsureDiskDetached;
pub use ensure_disk_size::EnsureDiskSize;
pub use ensure_disk_unassigned::EnsureDiskUnassigned;
pub use steps::Steps;

use crate::{ApiResponse, Client, Result, Task, WaitOptions};

/// Several requests that lead to a state: an instance is one run of them.
pub trait Workflow {
    /// What the result decodes to.
    type Output: DeserializeOwned;

    /// Takes the steps. The result has the form of an answer of the API.
    ///
    /// # Errors
    /// [`Status::Refused`](crate::Status::Refused) when acting would not be safe, and the errors of
    /// the operations that it consists of. Once something was changed, every error says
    /// [`Outcome::Unknown`](crate::Outcome::Unknown) and what was done.
    fn run(&self, steps: &mut Steps<'_>) -> Result<ApiResponse>;
}

impl Client {
    /// Runs a workflow.
    ///
    /// # Errors
    /// As [`Workflow::run`].
    pub fn run<W: Workflow>(&self, workflow: &W, options: WaitOptions<'_>) -> Result<W::Output> {
        let mut progress = options.progress;
        let mut seen = |_: &ApiResponse, task: &Task| match &mut progress {
            Some(progress) => progress(task),
            None => Ok(()),
        };
        self.run_response(workflow, options.timeout, &mut seen)?.decode()
    }

    /// [`Client::run`] for callers that want the result as JSON, in the form of an answer of the
    /// API.
    ///
    /// # Errors
    /// As [`Workflow::run`].
    pub fn run_response<W: Workflow>(
        &self,
        workflow: &W,
        timeout: Option<Duration>,
        progress: &mut dyn FnMut(&ApiResponse, &Task) -> Result<()>,
    ) -> Result<ApiResponse> {
        let mut steps = Steps::new(self, timeout, progress);
        workflow.run(&mut steps).map_err(|error| steps.explain(error))
    }
}
