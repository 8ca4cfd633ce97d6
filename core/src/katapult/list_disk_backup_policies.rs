//! List backup policies: `GET /organizations/organization/disk_backup_policies`,
//! `GET /virtual_machines/virtual_machine/disk_backup_policies` or
//! `GET /disks/disk/disk_backup_policies`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::arguments::{is_false, page, per_page};
use crate::{
    Client, DiskBackupPolicy, DiskRef, Error, Operation, OrganizationRef, Page, Result,
    VirtualMachineRef,
};

/// Reads one page of backup policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListDiskBackupPolicies {
    /// All of an organization: id or sub_domain. The client's organization, unless `virtual_machine`
    /// or `disk` is given.
    pub organization: Option<OrganizationRef>,
    /// Those of a virtual machine: id or fqdn.
    pub virtual_machine: Option<VirtualMachineRef>,
    /// Those of one disk, by id.
    pub disk: Option<DiskRef>,
    /// Whether those of a virtual machine's single disks are among its own.
    #[serde(default, skip_serializing_if = "is_false")]
    pub include_disks: bool,
    /// Which page, from 1. The service's default is 1.
    #[serde(default, deserialize_with = "page")]
    pub page: Option<u64>,
    /// How many policies a page has. 1 to 200; the service's default is 30.
    #[serde(default, deserialize_with = "per_page")]
    pub per_page: Option<u64>,
}

impl Operation for ListDiskBackupPolicies {
    type Output = Page<DiskBackupPolicy>;
    const NAME: &'static str = "list_disk_backup_policies";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/organizations/organization/disk_backup_policies";

    fn path(&self) -> &'static str {
        match (&self.virtual_machine, &self.disk) {
            (Some(_), _) => "/virtual_machines/virtual_machine/disk_backup_policies",
            (None, Some(_)) => "/disks/disk/disk_backup_policies",
            (None, None) => Self::PATH,
        }
    }

    fn check(&self) -> Result<()> {
        if self.include_disks && self.virtual_machine.is_none() {
            return Err(Error::invalid_argument(
                "include_disks can only be given with virtual_machine",
            ));
        }
        let given =
            [self.organization.is_some(), self.virtual_machine.is_some(), self.disk.is_some()];
        if given.into_iter().filter(|given| *given).count() > 1 {
            return Err(Error::invalid_argument(
                "organization, virtual_machine and disk exclude each other: give one of them",
            ));
        }
        self.disk.as_ref().map_or(Ok(()), |disk| disk.pair_as("disk").map(|_| ()))
    }
}

impl Client {
    /// The backup policies of an organization, a virtual machine or a disk. Pages are fetched as
    /// they are needed.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let mut list = katapult_disk::ListDiskBackupPolicies::default();
    /// list.virtual_machine = Some("web-1.acme.example".into());
    /// for policy in client.list_disk_backup_policies(list) {
    ///     println!("{}", policy?.id);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`,
    /// `VirtualMachineNotFound`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`.
    pub fn list_disk_backup_policies(
        &self,
        list: ListDiskBackupPolicies,
    ) -> impl Iterator<Item = Result<DiskBackupPolicy>> {
        self.items(list)
    }
}
