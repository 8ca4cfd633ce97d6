//! Get a version of a disk template: `GET /disk_template_versions/disk_template_version`.

use serde::Deserialize;

use crate::{Client, Config, DiskTemplateVersion, Lookup, Operation, Request, Result};

/// Reads a version of a disk template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetDiskTemplateVersion {
    /// The version, by id.
    pub disk_template_version: Lookup,
}

/// The answer to [`GetDiskTemplateVersion`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskTemplateVersionAnswer {
    /// The disk template version.
    pub disk_template_version: DiskTemplateVersion,
}

impl Operation for GetDiskTemplateVersion {
    type Output = DiskTemplateVersionAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["disk_template_version"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.disk_template_version.pair("disk_template_version_id", None)?;
        Ok(Request::get("/disk_template_versions/disk_template_version")
            .lookup("disk_template_version", pair))
    }
}

impl Client {
    /// Reads a version of a disk template.
    ///
    /// # Errors
    /// `DiskTemplateVersionNotFound`.
    pub fn get_disk_template_version(
        &self,
        disk_template_version: impl Into<Lookup>,
    ) -> Result<DiskTemplateVersion> {
        self.call(&GetDiskTemplateVersion { disk_template_version: disk_template_version.into() })
            .map(|answer| answer.disk_template_version)
    }
}
