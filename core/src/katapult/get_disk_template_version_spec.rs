//! Get what a template asks for: `GET /disk_template_versions/disk_template_version/spec`.

use serde::Deserialize;

use crate::{
    Client, Config, DiskTemplateSpec, DiskTemplateVersion, Lookup, Operation, Request, Result,
};

/// Reads the fields that a version of a disk template asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetDiskTemplateVersionSpec {
    /// The version, by id.
    pub disk_template_version: Lookup,
}

/// The answer to [`GetDiskTemplateVersionSpec`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskTemplateVersionSpec {
    /// The version.
    pub disk_template_version: DiskTemplateVersion,
    /// The fields that it asks for.
    pub spec: DiskTemplateSpec,
}

impl Operation for GetDiskTemplateVersionSpec {
    type Output = DiskTemplateVersionSpec;

    const ANSWER_KEYS: &'static [&'static str] = &["disk_template_version", "spec"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.disk_template_version.pair("disk_template_version_id", None)?;
        Ok(Request::get("/disk_template_versions/disk_template_version/spec")
            .lookup("disk_template_version", pair))
    }
}

impl Client {
    /// Reads the fields that a version of a disk template asks for.
    ///
    /// # Errors
    /// `DiskTemplateVersionNotFound`.
    pub fn get_disk_template_version_spec(
        &self,
        disk_template_version: impl Into<Lookup>,
    ) -> Result<DiskTemplateVersionSpec> {
        let disk_template_version = disk_template_version.into();
        self.call(&GetDiskTemplateVersionSpec { disk_template_version })
    }
}
