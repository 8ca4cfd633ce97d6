//! Empty the trash: `POST /organizations/organization/trash_objects/purge_all`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, Operation, OrganizationRef, Result, StartedTask, Task};

/// Destroys everything in an organization's trash; a task does it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PurgeAllTrash {
    /// Whose trash: id or sub_domain. The client's organization by default.
    pub organization: Option<OrganizationRef>,
}

impl Operation for PurgeAllTrash {
    type Output = StartedTask;
    const NAME: &'static str = "purge_all_trash";
    const METHOD: Method = Method::POST;
    const PATH: &'static str = "/organizations/organization/trash_objects/purge_all";
}

impl Client {
    /// Destroys everything in an organization's trash; nothing of it can be brought back.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let task = client.purge_all_trash(&Default::default())?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`,
    /// `PermissionDenied`, `TaskQueueingError`.
    pub fn purge_all_trash(&self, purge: &PurgeAllTrash) -> Result<Task> {
        self.call(purge).map(|answer| answer.task)
    }
}
