//! List disk templates: `GET /organizations/organization/disk_templates`.

use serde::Deserialize;

use super::pagination::{ListOperation, Pagination};
use crate::arguments::Arguments;
use crate::{Client, Config, DiskTemplate, Lookup, Operation, Request, Result};

/// Reads one page of an organization's disk templates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListDiskTemplates {
    /// Whose: id or sub_domain. The client's organization by default.
    pub organization: Option<Lookup>,
    /// Only templates of this operating system, by id.
    pub operating_system: Option<Lookup>,
    /// Whether the templates that every organization may use are among them; an organization
    /// without templates of its own has an empty list otherwise (recorded).
    pub include_universal: bool,
    /// Which page, from 1. The service's default is 1.
    pub page: Option<u64>,
    /// How many templates a page has. The service's default is 30.
    pub per_page: Option<u64>,
}

impl ListDiskTemplates {
    /// Reads `{"organization": …, "operating_system": …, "include_universal": true, "page": 1, …}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<ListDiskTemplates> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let list = ListDiskTemplates {
            organization: arguments.lookup("organization")?,
            operating_system: arguments.lookup("operating_system")?,
            include_universal: arguments.flag("include_universal")?.unwrap_or(false),
            page: arguments.whole_number("page")?,
            per_page: arguments.whole_number("per_page")?,
        };
        arguments.finish()?;
        Ok(list)
    }
}

/// The answer to [`ListDiskTemplates`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskTemplatePage {
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// The templates.
    pub disk_templates: Vec<DiskTemplate>,
}

impl Operation for ListDiskTemplates {
    type Output = DiskTemplatePage;

    const ANSWER_KEYS: &'static [&'static str] = &["pagination", "disk_templates"];

    fn request(&self, config: &Config) -> Result<Request> {
        let mut request = Request::get("/organizations/organization/disk_templates")
            .lookup("organization", config.organization_pair(&self.organization)?);
        if let Some(operating_system) = &self.operating_system {
            let pair = operating_system.pair("operating_system", None)?;
            request = request.lookup("operating_system", pair);
        }
        if self.include_universal {
            request = request.query("include_universal", "true");
        }
        request.page(self.page, self.per_page)
    }
}

impl ListOperation for ListDiskTemplates {
    type Item = DiskTemplate;

    const ITEMS_KEY: &'static str = "disk_templates";

    fn first_page(&self) -> u64 {
        self.page.unwrap_or(1)
    }

    fn at_page(&self, page: u64) -> ListDiskTemplates {
        ListDiskTemplates { page: Some(page), ..self.clone() }
    }
}

impl Client {
    /// An organization's disk templates. Pages are fetched as they are needed.
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
