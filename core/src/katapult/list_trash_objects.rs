//! List the trash of an organization: `GET /organizations/organization/trash_objects`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::arguments::{page, per_page};
use crate::{Client, Operation, OrganizationRef, Page, Result, TrashObject};

/// Reads one page of an organization's trash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListTrashObjects {
    /// Whose: id or sub_domain. The client's organization by default.
    pub organization: Option<OrganizationRef>,
    /// Which page, from 1. The service's default is 1.
    #[serde(default, deserialize_with = "page")]
    pub page: Option<u64>,
    /// How many objects a page has. 1 to 200; the service's default is 30.
    #[serde(default, deserialize_with = "per_page")]
    pub per_page: Option<u64>,
}

impl Operation for ListTrashObjects {
    type Output = Page<TrashObject>;
    const NAME: &'static str = "list_trash_objects";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/organizations/organization/trash_objects";
}

impl Client {
    /// What is in an organization's trash. Pages are fetched as they are needed.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// for trash_object in client.list_trash_objects(Default::default()) {
    ///     println!("{:?}", trash_object?.object_id);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`.
    pub fn list_trash_objects(
        &self,
        list: ListTrashObjects,
    ) -> impl Iterator<Item = Result<TrashObject>> {
        self.items(list)
    }
}
