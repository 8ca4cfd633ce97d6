//! Get a disk template: `GET /disk_templates/disk_template`.

use serde::Deserialize;

use crate::{Client, Config, DiskTemplate, Lookup, Operation, Request, Result};

/// Reads a disk template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetDiskTemplate {
    /// The template: id or permalink.
    pub disk_template: Lookup,
}

/// The answer to [`GetDiskTemplate`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskTemplateAnswer {
    /// The disk template.
    pub disk_template: DiskTemplate,
}

impl Operation for GetDiskTemplate {
    type Output = DiskTemplateAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["disk_template"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.disk_template.pair("disk_template", Some("permalink"))?;
        Ok(Request::get("/disk_templates/disk_template").lookup("disk_template", pair))
    }
}

impl Client {
    /// Reads a disk template.
    ///
    /// # Errors
    /// `DiskTemplateNotFound`.
    pub fn get_disk_template(&self, disk_template: impl Into<Lookup>) -> Result<DiskTemplate> {
        self.call(&GetDiskTemplate { disk_template: disk_template.into() })
            .map(|answer| answer.disk_template)
    }
}
