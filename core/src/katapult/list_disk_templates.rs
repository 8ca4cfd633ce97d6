//! List disk templates: `GET /organizations/organization/disk_templates`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::arguments::{is_false, page, per_page};
use crate::{Client, DiskTemplate, OperatingSystemRef, Operation, OrganizationRef, Page, Result};

/// Reads one page of an organization's disk templates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListDiskTemplates {
    /// Whose: id or sub_domain. The client's organization by default.
    pub organization: Option<OrganizationRef>,
    /// Only templates of this operating system, by id.
    pub operating_system: Option<OperatingSystemRef>,
    /// Whether the templates that every organization may use are among them; an organization
    /// without templates of its own has an empty list otherwise (recorded).
    #[serde(default, skip_serializing_if = "is_false")]
    pub include_universal: bool,
    /// Which page, from 1. The service's default is 1.
    #[serde(default, deserialize_with = "page")]
    pub page: Option<u64>,
    /// How many templates a page has. 1 to 200; the service's default is 30.
    #[serde(default, deserialize_with = "per_page")]
    pub per_page: Option<u64>,
}

impl Operation for ListDiskTemplates {
    type Output = Page<DiskTemplate>;
    const NAME: &'static str = "list_disk_templates";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/organizations/organization/disk_templates";
}

impl Client {
    /// An organization's disk templates. Pages are fetched as they are needed.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let mut list = katapult_disk::ListDiskTemplates::default();
    /// list.include_universal = true;
    /// for template in client.list_disk_templates(list) {
    ///     println!("{:?}", template?.permalink);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`,
    /// `OperatingSystemNotFound`.
    pub fn list_disk_templates(
        &self,
        list: ListDiskTemplates,
    ) -> impl Iterator<Item = Result<DiskTemplate>> {
        self.items(list)
    }
}
