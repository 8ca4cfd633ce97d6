//! List the I/O profiles that an organization may use: `GET /organizations/organization/disk_io_profiles`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::arguments::{page, per_page};
use crate::{Client, DiskIoProfile, Operation, OrganizationRef, Page, Result};

/// Reads one page of an organization's I/O profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListDiskIoProfiles {
    /// Whose: id or sub_domain. The client's organization by default.
    pub organization: Option<OrganizationRef>,
    /// Which page, from 1. The service's default is 1.
    #[serde(default, deserialize_with = "page")]
    pub page: Option<u64>,
    /// How many I/O profiles a page has. 1 to 200; the service's default is 30.
    #[serde(default, deserialize_with = "per_page")]
    pub per_page: Option<u64>,
}

impl Operation for ListDiskIoProfiles {
    type Output = Page<DiskIoProfile>;
    const NAME: &'static str = "list_disk_io_profiles";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/organizations/organization/disk_io_profiles";
}

impl Client {
    /// The I/O profiles that an organization may use. Pages are fetched as they are needed.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// for profile in client.list_disk_io_profiles(Default::default()) {
    ///     println!("{:?}", profile?.permalink);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`.
    pub fn list_disk_io_profiles(
        &self,
        list: ListDiskIoProfiles,
    ) -> impl Iterator<Item = Result<DiskIoProfile>> {
        self.items(list)
    }
}
