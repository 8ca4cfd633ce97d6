//! Workflows: several requests that lead to a state, in the order that keeps disks safe.
//!
//! An operation is one request. What begins with `ensure_` or has an idempotency key reads first,
//! decides, acts, waits, and reads what has come of it. The rules are those that the vendor's own
//! Terraform provider follows. An operation that waits for its task runs as one of them, too, but it
//! reads nothing first.

mod attachment;
mod boot_watch;
mod call_and_wait;
mod change;
mod create_disk_once;
mod disk_view;
mod ensure_disk_attached;
mod ensure_disk_deleted;
mod ensure_disk_detached;
mod ensure_disk_size;
mod ensure_disk_unassigned;
mod idempotency;
mod reach;
mod steps;
#[cfg(test)]
mod tests;

use serde::de::DeserializeOwned;

pub use call_and_wait::CallAndWait;
pub use create_disk_once::{CreateDiskOnce, CreatedDisk};
pub use ensure_disk_attached::EnsureDiskAttached;
pub(crate) use ensure_disk_deleted::BegunDeletion;
pub use ensure_disk_deleted::{DiskDeletion, EnsureDiskDeleted};
pub use ensure_disk_detached::EnsureDiskDetached;
pub use ensure_disk_size::EnsureDiskSize;
pub use ensure_disk_unassigned::EnsureDiskUnassigned;
pub(crate) use reach::EFFECT;
pub use steps::Steps;

use crate::{ApiResponse, Client, Result, WaitOptions};

/// Several requests that lead to a state: an instance is one run of them. Only this crate can
/// implement it, since [`Steps`] is made here.
pub trait Workflow {
    /// What the result decodes to.
    type Output: DeserializeOwned;

    /// Its name in Rust and Python, such as `ensure_disk_attached`.
    const NAME: &'static str;

    /// What the caller gave as the id of the object that it is about.
    fn object_id(&self) -> Option<String>;

    /// Takes the steps. The result has the form of a response of the API.
    ///
    /// # Errors
    /// [`Status::Refused`](crate::Status::Refused) when acting would not be safe, and the errors of
    /// the operations that it consists of. Once something was changed, every error says
    /// [`Outcome::Unknown`](crate::Outcome::Unknown) and what was done.
    fn run(&self, steps: &mut Steps<'_, '_>) -> Result<ApiResponse>;
}

impl Client {
    /// Runs a workflow.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let workflow = katapult_disk::EnsureDiskDetached::new("disk_Ot5Ne8Dk2Sw7Vh1R");
    /// let disk = client.run(&workflow, Default::default())?.into_disk();
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Workflow::run`].
    pub fn run<W: Workflow>(&self, workflow: &W, options: WaitOptions<'_>) -> Result<W::Output> {
        self.run_with_response(workflow, options).map(|(output, _)| output)
    }

    /// [`Client::run`] for callers that want the result as JSON, too.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let workflow = katapult_disk::EnsureDiskDetached::new("disk_Ot5Ne8Dk2Sw7Vh1R");
    /// let (disk, response) = client.run_with_response(&workflow, Default::default())?;
    /// println!("{}", response.body());
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Workflow::run`].
    pub fn run_with_response<W: Workflow>(
        &self,
        workflow: &W,
        options: WaitOptions<'_>,
    ) -> Result<(W::Output, ApiResponse)> {
        let response = self.run_response(workflow, options)?;
        let output = response.decode_in_time();
        let output = output.map_err(|error| error.in_operation(W::NAME, workflow.object_id()))?;
        Ok((output, response))
    }

    /// [`Client::run`] for callers that want the result as JSON, in the form of a response of the
    /// API.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let workflow = katapult_disk::EnsureDiskDetached::new("disk_Ot5Ne8Dk2Sw7Vh1R");
    /// let response = client.run_response(&workflow, Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Workflow::run`].
    pub fn run_response<W: Workflow>(
        &self,
        workflow: &W,
        mut options: WaitOptions<'_>,
    ) -> Result<ApiResponse> {
        let object = workflow.object_id().map_or_else(String::new, |id| format!(" {id}"));
        let client = &self.as_one_call();
        let mut steps = Steps::new(client, format!("{}{object}", W::NAME), &mut options);
        workflow.run(&mut steps).map_err(|error| {
            let object_id = workflow.object_id().or_else(|| steps.started_disk());
            // Names in readings may hold anything.
            steps.explain(error.in_operation(W::NAME, object_id)).without(self.secrets())
        })
    }
}
