//! List the disks of an organization: `GET /organizations/organization/disks`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use super::annotations;
use crate::arguments::{page, per_page};
use crate::{Annotations, Client, DiskSummary, Operation, OrganizationRef, Page, Result};

/// Reads one page of an organization's disks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListDisks {
    /// Whose disks: id or sub_domain. The client's organization by default.
    pub organization: Option<OrganizationRef>,
    /// Only disks with these annotations.
    #[serde(default, deserialize_with = "annotations::argument")]
    pub annotations: Option<Annotations>,
    /// Which page, from 1. The service's default is 1.
    #[serde(default, deserialize_with = "page")]
    pub page: Option<u64>,
    /// How many disks a page has. 1 to 200; the service's default is 30.
    #[serde(default, deserialize_with = "per_page")]
    pub per_page: Option<u64>,
}

impl Operation for ListDisks {
    type Output = Page<DiskSummary>;
    const NAME: &'static str = "list_disks";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/organizations/organization/disks";
}

impl Client {
    /// The disks of an organization. Pages are fetched as they are needed, and one is held at a
    /// time; the order is the service's. Each disk comes once, also when disks are created and deleted
    /// meanwhile: see [`Client::pages`].
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// for disk in client.list_disks(Default::default()) {
    ///     println!("{}", disk?.id);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`.
    pub fn list_disks(&self, list: ListDisks) -> impl Iterator<Item = Result<DiskSummary>> {
        self.items(list)
    }
}
