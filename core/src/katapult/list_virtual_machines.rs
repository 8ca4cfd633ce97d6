//! List the virtual machines of an organization: `GET /organizations/organization/virtual_machines`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use super::annotations;
use crate::arguments::{page, per_page};
use crate::{Annotations, Client, Operation, OrganizationRef, Page, Result, VirtualMachineSummary};

/// Reads one page of an organization's virtual machines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListVirtualMachines {
    /// Whose: id or sub_domain. The client's organization by default.
    pub organization: Option<OrganizationRef>,
    /// Only virtual machines with these annotations.
    #[serde(default, deserialize_with = "annotations::argument")]
    pub annotations: Option<Annotations>,
    /// Which page, from 1. The service's default is 1.
    #[serde(default, deserialize_with = "page")]
    pub page: Option<u64>,
    /// How many virtual machines a page has. 1 to 200; the service's default is 30.
    #[serde(default, deserialize_with = "per_page")]
    pub per_page: Option<u64>,
}

impl Operation for ListVirtualMachines {
    type Output = Page<VirtualMachineSummary>;
    const NAME: &'static str = "list_virtual_machines";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/organizations/organization/virtual_machines";
}

impl Client {
    /// The virtual machines of an organization. Pages are fetched as they are needed.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// for virtual_machine in client.list_virtual_machines(Default::default()) {
    ///     println!("{:?}", virtual_machine?.fqdn);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
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
