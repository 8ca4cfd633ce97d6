//! Get what a template asks for: `GET /disk_template_versions/disk_template_version/spec`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{
    Client, DiskTemplateSpec, DiskTemplateVersion, DiskTemplateVersionRef, Operation, Response,
    Result,
};

/// Reads the fields that a version of a disk template asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetDiskTemplateVersionSpec {
    /// The version, by id.
    #[new(into)]
    pub disk_template_version: DiskTemplateVersionRef,
}

/// The response to [`GetDiskTemplateVersionSpec`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskTemplateVersionSpec {
    /// The version.
    pub disk_template_version: DiskTemplateVersion,
    /// The fields that it asks for.
    pub spec: DiskTemplateSpec,
}

impl Response for DiskTemplateVersionSpec {
    const KEYS: &'static [&'static str] = &["disk_template_version", "spec"];
}

impl Operation for GetDiskTemplateVersionSpec {
    type Output = DiskTemplateVersionSpec;
    const NAME: &'static str = "get_disk_template_version_spec";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/disk_template_versions/disk_template_version/spec";
}

impl Client {
    /// Reads the fields that a version of a disk template asks for.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let spec = client.get_disk_template_version_spec("dtplv_Ot5Ne8Dk2Sw7Vh1R")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskTemplateVersionNotFound`.
    pub fn get_disk_template_version_spec(
        &self,
        disk_template_version: impl Into<DiskTemplateVersionRef>,
    ) -> Result<DiskTemplateVersionSpec> {
        let disk_template_version = disk_template_version.into();
        self.call(&GetDiskTemplateVersionSpec { disk_template_version })
    }
}
