//! List the virtual machines of an organization: `GET /organizations/organization/virtual_machines`.

use serde::Deserialize;

use super::annotations::Annotations;
use super::pagination::{ListOperation, Pagination};
use crate::arguments::Arguments;
use crate::{Client, Config, Lookup, Operation, Request, Result, VirtualMachineSummary};

/// Reads one page of an organization's virtual machines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListVirtualMachines {
    /// Whose: id or sub_domain. The client's organization by default.
    pub organization: Option<Lookup>,
    /// Only virtual machines with these annotations.
    pub annotations: Option<Annotations>,
    /// Which page, from 1. The service's default is 1.
    pub page: Option<u64>,
    /// How many virtual machines a page has. The service's default is 30; 100 was honoured (recorded).
    pub per_page: Option<u64>,
}

impl ListVirtualMachines {
    /// Reads `{"organization": …, "annotations": […], "page": 1, "per_page": 100}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<ListVirtualMachines> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let list = ListVirtualMachines {
            organization: arguments.lookup("organization")?,
            annotations: arguments.annotations("annotations")?,
            page: arguments.whole_number("page")?,
            per_page: arguments.whole_number("per_page")?,
        };
        arguments.finish()?;
        Ok(list)
    }
}

/// The answer to [`ListVirtualMachines`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct VirtualMachinePage {
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// The virtual machines.
    pub virtual_machines: Vec<VirtualMachineSummary>,
}

impl Operation for ListVirtualMachines {
    type Output = VirtualMachinePage;

    const ANSWER_KEYS: &'static [&'static str] = &["pagination", "virtual_machines"];

    fn request(&self, config: &Config) -> Result<Request> {
        Request::get("/organizations/organization/virtual_machines")
            .lookup("organization", config.organization_pair(&self.organization)?)
            .annotations(self.annotations.as_ref())?
            .page(self.page, self.per_page)
    }
}

impl ListOperation for ListVirtualMachines {
    type Item = VirtualMachineSummary;

    const ITEMS_KEY: &'static str = "virtual_machines";

    fn first_page(&self) -> u64 {
        self.page.unwrap_or(1)
    }

    fn at_page(&self, page: u64) -> ListVirtualMachines {
        ListVirtualMachines { page: Some(page), ..self.clone() }
    }
}

impl Client {
    /// The virtual machines of an organization. Pages are fetched as they are needed.
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`.
    pub fn list_virtual_machines(
        &self,
        list: ListVirtualMachines,
    ) -> impl Iterator<Item = Result<VirtualMachineSummary>> {
        self.items(list)
    }
}
