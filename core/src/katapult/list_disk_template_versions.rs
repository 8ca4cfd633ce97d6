//! List the versions of a disk template: `GET /disk_templates/disk_template/versions`.

use serde::Deserialize;

use super::pagination::{ListOperation, Pagination};
use crate::arguments::Arguments;
use crate::{
    Client, Config, DiskTemplate, DiskTemplateVersion, Lookup, Operation, Request, Result,
};

/// Reads one page of a disk template's versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListDiskTemplateVersions {
    /// The template: id or permalink.
    pub disk_template: Lookup,
    /// Which page, from 1. The service's default is 1.
    pub page: Option<u64>,
    /// How many versions a page has. The service's default is 30.
    pub per_page: Option<u64>,
}

impl ListDiskTemplateVersions {
    /// Reads `{"disk_template": …, "page": 1, "per_page": 30}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<ListDiskTemplateVersions> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let disk_template = arguments.lookup("disk_template")?;
        let list = ListDiskTemplateVersions {
            disk_template: arguments.required("disk_template", disk_template)?,
            page: arguments.whole_number("page")?,
            per_page: arguments.whole_number("per_page")?,
        };
        arguments.finish()?;
        Ok(list)
    }
}

/// The answer to [`ListDiskTemplateVersions`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskTemplateVersionPage {
    /// The template (document: id, name and permalink).
    pub disk_template: DiskTemplate,
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// The versions.
    pub disk_template_versions: Vec<DiskTemplateVersion>,
}

impl Operation for ListDiskTemplateVersions {
    type Output = DiskTemplateVersionPage;

    const ANSWER_KEYS: &'static [&'static str] =
        &["disk_template", "pagination", "disk_template_versions"];

    fn request(&self, _: &Config) -> Result<Request> {
        Request::get("/disk_templates/disk_template/versions")
            .lookup("disk_template", self.disk_template.pair("disk_template", Some("permalink"))?)
            .page(self.page, self.per_page)
    }
}

impl ListOperation for ListDiskTemplateVersions {
    type Item = DiskTemplateVersion;

    const ITEMS_KEY: &'static str = "disk_template_versions";

    fn first_page(&self) -> u64 {
        self.page.unwrap_or(1)
    }

    fn at_page(&self, page: u64) -> ListDiskTemplateVersions {
        ListDiskTemplateVersions { page: Some(page), ..self.clone() }
    }
}

impl Client {
    /// The versions of a disk template. Pages are fetched as they are needed.
    ///
    /// # Errors
    /// Of each page: `DiskTemplateNotFound`.
    pub fn list_disk_template_versions(
        &self,
        disk_template: impl Into<Lookup>,
    ) -> impl Iterator<Item = Result<DiskTemplateVersion>> {
        let disk_template = disk_template.into();
        self.items(ListDiskTemplateVersions { disk_template, page: None, per_page: None })
    }
}
