//! Get a disk template: `GET /disk_templates/disk_template`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, DiskTemplate, DiskTemplateRef, Operation, Response, Result};

/// Reads a disk template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetDiskTemplate {
    /// The template: id or permalink.
    #[new(into)]
    pub disk_template: DiskTemplateRef,
}

/// The response to [`GetDiskTemplate`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskTemplateResponse {
    /// The disk template.
    pub disk_template: DiskTemplate,
}

impl Response for DiskTemplateResponse {
    const KEYS: &'static [&'static str] = &["disk_template"];
}

impl Operation for GetDiskTemplate {
    type Output = DiskTemplateResponse;
    const NAME: &'static str = "get_disk_template";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/disk_templates/disk_template";
}

impl Client {
    /// Reads a disk template.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let template = client.get_disk_template("templates/ubuntu-24-04")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskTemplateNotFound`.
    pub fn get_disk_template(
        &self,
        disk_template: impl Into<DiskTemplateRef>,
    ) -> Result<DiskTemplate> {
        self.call(&GetDiskTemplate::new(disk_template)).map(|answer| answer.disk_template)
    }
}
