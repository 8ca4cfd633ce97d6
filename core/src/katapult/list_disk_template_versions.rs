//! List the versions of a disk template: `GET /disk_templates/disk_template/versions`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::arguments::{page, per_page};
use crate::{Client, DiskTemplateRef, DiskTemplateVersion, Operation, Page, Result};

/// Reads one page of a disk template's versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct ListDiskTemplateVersions {
    /// The template: id or permalink.
    #[new(into)]
    pub disk_template: DiskTemplateRef,
    /// Which page, from 1. The service's default is 1.
    #[new(default)]
    #[serde(default, deserialize_with = "page")]
    pub page: Option<u64>,
    /// How many versions a page has. 1 to 200; the service's default is 30.
    #[new(default)]
    #[serde(default, deserialize_with = "per_page")]
    pub per_page: Option<u64>,
}

impl Operation for ListDiskTemplateVersions {
    type Output = Page<DiskTemplateVersion>;
    const NAME: &'static str = "list_disk_template_versions";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/disk_templates/disk_template/versions";
}

impl Client {
    /// The versions of a disk template. Pages are fetched as they are needed.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// for version in client.list_disk_template_versions("templates/ubuntu-24-04") {
    ///     println!("{:?}", version?.number);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// Of each page: `DiskTemplateNotFound`.
    pub fn list_disk_template_versions(
        &self,
        disk_template: impl Into<DiskTemplateRef>,
    ) -> impl Iterator<Item = Result<DiskTemplateVersion>> {
        self.items(ListDiskTemplateVersions::new(disk_template))
    }
}
