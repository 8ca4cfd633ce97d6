//! List the disks of an organization: `GET /organizations/organization/disks`.

use serde::Deserialize;

use super::annotations::Annotations;
use super::pagination::{ListOperation, Pagination};
use crate::arguments::Arguments;
use crate::{Client, Config, DiskSummary, Lookup, Operation, Request, Result};

/// Reads one page of an organization's disks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListDisks {
    /// Whose disks: id or sub_domain. The client's organization by default.
    pub organization: Option<Lookup>,
    /// Only disks with these annotations.
    pub annotations: Option<Annotations>,
    /// Which page, from 1. The service's default is 1.
    pub page: Option<u64>,
    /// How many disks a page has. The service's default is 30; 200 was honoured (recorded).
    pub per_page: Option<u64>,
}

impl ListDisks {
    /// Reads `{"organization": …, "annotations": […], "page": 1, "per_page": 200}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<ListDisks> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let list = ListDisks {
            organization: arguments.lookup("organization")?,
            annotations: arguments.annotations("annotations")?,
            page: arguments.whole_number("page")?,
            per_page: arguments.whole_number("per_page")?,
        };
        arguments.finish()?;
        Ok(list)
    }
}

/// The answer to [`ListDisks`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskPage {
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// The disks. (The API's key is singular.)
    pub disk: Vec<DiskSummary>,
}

impl Operation for ListDisks {
    type Output = DiskPage;

    const ANSWER_KEYS: &'static [&'static str] = &["pagination", "disk"];

    fn request(&self, config: &Config) -> Result<Request> {
        Request::get("/organizations/organization/disks")
            .lookup("organization", config.organization_pair(&self.organization)?)
            .annotations(self.annotations.as_ref())?
            .page(self.page, self.per_page)
    }
}

impl ListOperation for ListDisks {
    type Item = DiskSummary;

    const ITEMS_KEY: &'static str = "disk";

    fn first_page(&self) -> u64 {
        self.page.unwrap_or(1)
    }

    fn at_page(&self, page: u64) -> ListDisks {
        ListDisks { page: Some(page), ..self.clone() }
    }
}

impl Client {
    /// The disks of an organization. Pages are fetched as they are needed, and one is held at a
    /// time; the order is the service's.
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`.
    pub fn list_disks(&self, list: ListDisks) -> impl Iterator<Item = Result<DiskSummary>> {
        self.items(list)
    }
}
