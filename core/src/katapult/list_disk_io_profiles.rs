//! List the I/O profiles that an organization may use: `GET /organizations/organization/disk_io_profiles`.

use serde::Deserialize;

use super::pagination::{ListOperation, Pagination};
use crate::arguments::Arguments;
use crate::{Client, Config, DiskIoProfile, Lookup, Operation, Request, Result};

/// Reads one page of an organization's I/O profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListDiskIoProfiles {
    /// Whose: id or sub_domain. The client's organization by default.
    pub organization: Option<Lookup>,
    /// Which page, from 1. The service's default is 1.
    pub page: Option<u64>,
    /// How many I/O profiles a page has. The service's default is 30; 200 was honoured (recorded).
    pub per_page: Option<u64>,
}

impl ListDiskIoProfiles {
    /// Reads `{"organization": …, "page": 1, "per_page": 200}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<ListDiskIoProfiles> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let list = ListDiskIoProfiles {
            organization: arguments.lookup("organization")?,
            page: arguments.whole_number("page")?,
            per_page: arguments.whole_number("per_page")?,
        };
        arguments.finish()?;
        Ok(list)
    }
}

/// The answer to [`ListDiskIoProfiles`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskIoProfilePage {
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// The I/O profiles.
    pub disk_io_profiles: Vec<DiskIoProfile>,
}

impl Operation for ListDiskIoProfiles {
    type Output = DiskIoProfilePage;

    const ANSWER_KEYS: &'static [&'static str] = &["pagination", "disk_io_profiles"];

    fn request(&self, config: &Config) -> Result<Request> {
        Request::get("/organizations/organization/disk_io_profiles")
            .lookup("organization", config.organization_pair(&self.organization)?)
            .page(self.page, self.per_page)
    }
}

impl ListOperation for ListDiskIoProfiles {
    type Item = DiskIoProfile;

    const ITEMS_KEY: &'static str = "disk_io_profiles";

    fn first_page(&self) -> u64 {
        self.page.unwrap_or(1)
    }

    fn at_page(&self, page: u64) -> ListDiskIoProfiles {
        ListDiskIoProfiles { page: Some(page), ..self.clone() }
    }
}

impl Client {
    /// The I/O profiles that an organization may use. Pages are fetched as they are needed.
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`.
    pub fn list_disk_io_profiles(
        &self,
        list: ListDiskIoProfiles,
    ) -> impl Iterator<Item = Result<DiskIoProfile>> {
        self.items(list)
    }
}
