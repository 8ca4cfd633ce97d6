//! List the disks of a virtual machine: `GET /virtual_machines/virtual_machine/disks`.

use serde::Deserialize;

use super::pagination::{ListOperation, Pagination};
use crate::arguments::Arguments;
use crate::{Client, Config, Lookup, Operation, Request, Result, VirtualMachineDisk};

/// Reads one page of a virtual machine's disks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListVirtualMachineDisks {
    /// The virtual machine: id or fqdn.
    pub virtual_machine: Lookup,
    /// Which page, from 1. The service's default is 1.
    pub page: Option<u64>,
    /// How many disks a page has. The service's default is 30.
    pub per_page: Option<u64>,
}

impl ListVirtualMachineDisks {
    /// Reads `{"virtual_machine": …, "page": 1, "per_page": 30}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<ListVirtualMachineDisks> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let virtual_machine = arguments.lookup("virtual_machine")?;
        let list = ListVirtualMachineDisks {
            virtual_machine: arguments.required("virtual_machine", virtual_machine)?,
            page: arguments.whole_number("page")?,
            per_page: arguments.whole_number("per_page")?,
        };
        arguments.finish()?;
        Ok(list)
    }
}

/// The answer to [`ListVirtualMachineDisks`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct VirtualMachineDiskPage {
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// The relations, each with its disk.
    pub disks: Vec<VirtualMachineDisk>,
}

impl Operation for ListVirtualMachineDisks {
    type Output = VirtualMachineDiskPage;

    const ANSWER_KEYS: &'static [&'static str] = &["pagination", "disks"];

    fn request(&self, _: &Config) -> Result<Request> {
        Request::get("/virtual_machines/virtual_machine/disks")
            .lookup("virtual_machine", self.virtual_machine.pair("virtual_machine", Some("fqdn"))?)
            .page(self.page, self.per_page)
    }
}

impl ListOperation for ListVirtualMachineDisks {
    type Item = VirtualMachineDisk;

    const ITEMS_KEY: &'static str = "disks";

    fn first_page(&self) -> u64 {
        self.page.unwrap_or(1)
    }

    fn at_page(&self, page: u64) -> ListVirtualMachineDisks {
        ListVirtualMachineDisks { page: Some(page), ..self.clone() }
    }
}

impl Client {
    /// The disks of a virtual machine, with how they are attached. Pages are fetched as they are
    /// needed.
    ///
    /// # Errors
    /// Of each page: `VirtualMachineNotFound`, `ObjectInTrash`.
    pub fn list_virtual_machine_disks(
        &self,
        virtual_machine: impl Into<Lookup>,
    ) -> impl Iterator<Item = Result<VirtualMachineDisk>> {
        let virtual_machine = virtual_machine.into();
        self.items(ListVirtualMachineDisks { virtual_machine, page: None, per_page: None })
    }
}
