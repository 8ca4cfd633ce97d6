//! Empty the trash: `POST /organizations/organization/trash_objects/purge_all`.

use ureq::http::Method;

use crate::arguments::Arguments;
use crate::lookup::LookupOf;
use crate::{Client, Config, Lookup, Operation, Request, Result, Task, TaskAnswer};

/// Destroys everything in an organization's trash; a task does it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PurgeAllTrash {
    /// Whose trash: id or sub_domain. The client's organization by default.
    pub organization: Option<Lookup>,
}

impl PurgeAllTrash {
    /// Reads the API's own body: `{"organization": …}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<PurgeAllTrash> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let purge = PurgeAllTrash { organization: arguments.lookup("organization")? };
        arguments.finish()?;
        Ok(purge)
    }
}

impl Operation for PurgeAllTrash {
    type Output = TaskAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["task"];

    fn request(&self, config: &Config) -> Result<Request> {
        let pair = config.organization_pair(&self.organization)?;
        Request::new(Method::POST, "/organizations/organization/trash_objects/purge_all")
            .json(&LookupOf::new("organization", pair))
    }
}

impl Client {
    /// Destroys everything in an organization's trash; nothing of it can be brought back.
    ///
    /// # Errors
    /// `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`,
    /// `PermissionDenied`, `TaskQueueingError`.
    pub fn purge_all_trash(&self, purge: &PurgeAllTrash) -> Result<Task> {
        self.call(purge).map(|answer| answer.task)
    }
}
