//! Get a version of a disk template: `GET /disk_template_versions/disk_template_version`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, DiskTemplateVersion, DiskTemplateVersionRef, Operation, Response, Result};

/// Reads a version of a disk template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetDiskTemplateVersion {
    /// The version, by id.
    #[new(into)]
    pub disk_template_version: DiskTemplateVersionRef,
}

/// The response to [`GetDiskTemplateVersion`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskTemplateVersionResponse {
    /// The disk template version.
    pub disk_template_version: DiskTemplateVersion,
}

impl Response for DiskTemplateVersionResponse {
    const KEYS: &'static [&'static str] = &["disk_template_version"];
}

impl Operation for GetDiskTemplateVersion {
    type Output = DiskTemplateVersionResponse;
    const NAME: &'static str = "get_disk_template_version";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/disk_template_versions/disk_template_version";
}

impl Client {
    /// Reads a version of a disk template.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let version = client.get_disk_template_version("dtplv_Ot5Ne8Dk2Sw7Vh1R")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskTemplateVersionNotFound`.
    pub fn get_disk_template_version(
        &self,
        disk_template_version: impl Into<DiskTemplateVersionRef>,
    ) -> Result<DiskTemplateVersion> {
        self.call(&GetDiskTemplateVersion::new(disk_template_version))
            .map(|answer| answer.disk_template_version)
    }
}
