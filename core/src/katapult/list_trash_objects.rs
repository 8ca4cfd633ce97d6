//! List the trash of an organization: `GET /organizations/organization/trash_objects`.

use serde::Deserialize;

use super::pagination::{ListOperation, Pagination};
use crate::arguments::Arguments;
use crate::{Client, Config, Lookup, Operation, Request, Result, TrashObject};

/// Reads one page of an organization's trash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListTrashObjects {
    /// Whose: id or sub_domain. The client's organization by default.
    pub organization: Option<Lookup>,
    /// Which page, from 1. The service's default is 1.
    pub page: Option<u64>,
    /// How many objects a page has. The service's default is 30.
    pub per_page: Option<u64>,
}

impl ListTrashObjects {
    /// Reads `{"organization": …, "page": 1, "per_page": 200}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<ListTrashObjects> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let list = ListTrashObjects {
            organization: arguments.lookup("organization")?,
            page: arguments.whole_number("page")?,
            per_page: arguments.whole_number("per_page")?,
        };
        arguments.finish()?;
        Ok(list)
    }
}

/// The answer to [`ListTrashObjects`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TrashObjectPage {
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// What is in the trash.
    pub trash_objects: Vec<TrashObject>,
}

impl Operation for ListTrashObjects {
    type Output = TrashObjectPage;

    const ANSWER_KEYS: &'static [&'static str] = &["pagination", "trash_objects"];

    fn request(&self, config: &Config) -> Result<Request> {
        Request::get("/organizations/organization/trash_objects")
            .lookup("organization", config.organization_pair(&self.organization)?)
            .page(self.page, self.per_page)
    }
}

impl ListOperation for ListTrashObjects {
    type Item = TrashObject;

    const ITEMS_KEY: &'static str = "trash_objects";

    fn first_page(&self) -> u64 {
        self.page.unwrap_or(1)
    }

    fn at_page(&self, page: u64) -> ListTrashObjects {
        ListTrashObjects { page: Some(page), ..self.clone() }
    }
}

impl Client {
    /// What is in an organization's trash. Pages are fetched as they are needed.
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`.
    pub fn list_trash_objects(
        &self,
        list: ListTrashObjects,
    ) -> impl Iterator<Item = Result<TrashObject>> {
        self.items(list)
    }
}
