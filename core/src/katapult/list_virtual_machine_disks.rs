//! List the disks of a virtual machine: `GET /virtual_machines/virtual_machine/disks`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::arguments::{page, per_page};
use crate::{Client, Operation, Page, Result, VirtualMachineDisk, VirtualMachineRef};

/// Reads one page of a virtual machine's disks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct ListVirtualMachineDisks {
    /// The virtual machine: id or fqdn.
    #[new(into)]
    pub virtual_machine: VirtualMachineRef,
    /// Which page, from 1. The service's default is 1.
    #[new(default)]
    #[serde(default, deserialize_with = "page")]
    pub page: Option<u64>,
    /// How many disks a page has. 1 to 200; the service's default is 30.
    #[new(default)]
    #[serde(default, deserialize_with = "per_page")]
    pub per_page: Option<u64>,
}

impl Operation for ListVirtualMachineDisks {
    type Output = Page<VirtualMachineDisk>;
    const NAME: &'static str = "list_virtual_machine_disks";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/virtual_machines/virtual_machine/disks";
}

impl Client {
    /// The disks of a virtual machine, with how they are attached. Pages are fetched as they are
    /// needed.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// for relation in client.list_virtual_machine_disks("web-1.acme.example") {
    ///     println!("{:?}", relation?.state);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// Of each page: `VirtualMachineNotFound`, `ObjectInTrash`.
    pub fn list_virtual_machine_disks(
        &self,
        virtual_machine: impl Into<VirtualMachineRef>,
    ) -> impl Iterator<Item = Result<VirtualMachineDisk>> {
        self.items(ListVirtualMachineDisks::new(virtual_machine))
    }
}
