//! List backup policies: `GET /organizations/organization/disk_backup_policies`,
//! `GET /virtual_machines/virtual_machine/disk_backup_policies` or
//! `GET /disks/disk/disk_backup_policies`.

use serde::Deserialize;

use super::pagination::{ListOperation, Pagination};
use crate::arguments::Arguments;
use crate::{Client, Config, DiskBackupPolicy, Error, Lookup, Operation, Request, Result};

/// Reads one page of backup policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListDiskBackupPolicies {
    /// Whose policies.
    pub owner: DiskBackupPolicyOwner,
    /// Which page, from 1. The service's default is 1.
    pub page: Option<u64>,
    /// How many policies a page has. The service's default is 30.
    pub per_page: Option<u64>,
}

/// Whose backup policies to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiskBackupPolicyOwner {
    /// All of an organization: id or sub_domain. The client's organization by default.
    Organization(Option<Lookup>),
    /// Those of a virtual machine.
    VirtualMachine {
        /// The virtual machine: id or fqdn.
        virtual_machine: Lookup,
        /// Whether those of its single disks are among them.
        include_disks: bool,
    },
    /// Those of one disk, by id.
    Disk(Lookup),
}

impl DiskBackupPolicyOwner {
    /// The owner that is given; the client's organization if none is.
    ///
    /// # Errors
    /// `InvalidArgument` if more than one is given, or `include_disks` without a virtual machine.
    pub fn of(
        organization: Option<Lookup>,
        virtual_machine: Option<Lookup>,
        disk: Option<Lookup>,
        include_disks: Option<bool>,
    ) -> Result<DiskBackupPolicyOwner> {
        if include_disks == Some(true) && virtual_machine.is_none() {
            return Err(Error::invalid_argument(
                "include_disks can only be given with virtual_machine",
            ));
        }
        match (organization, virtual_machine, disk) {
            (organization, None, None) => Ok(DiskBackupPolicyOwner::Organization(organization)),
            (None, Some(virtual_machine), None) => {
                let include_disks = include_disks.unwrap_or(false);
                Ok(DiskBackupPolicyOwner::VirtualMachine { virtual_machine, include_disks })
            }
            (None, None, Some(disk)) => Ok(DiskBackupPolicyOwner::Disk(disk)),
            _ => Err(Error::invalid_argument(
                "organization, virtual_machine and disk exclude each other: give one of them",
            )),
        }
    }
}

impl ListDiskBackupPolicies {
    /// Reads `{"organization": …, "page": 1, "per_page": 30}`; instead of the organization it may
    /// have a `virtual_machine` (with `include_disks`) or a `disk`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<ListDiskBackupPolicies> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let list = ListDiskBackupPolicies {
            owner: DiskBackupPolicyOwner::of(
                arguments.lookup("organization")?,
                arguments.lookup("virtual_machine")?,
                arguments.lookup("disk")?,
                arguments.flag("include_disks")?,
            )?,
            page: arguments.whole_number("page")?,
            per_page: arguments.whole_number("per_page")?,
        };
        arguments.finish()?;
        Ok(list)
    }
}

/// The answer to [`ListDiskBackupPolicies`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskBackupPolicyPage {
    /// Where the page stands in the list.
    pub pagination: Pagination,
    /// The policies.
    pub disk_backup_policies: Vec<DiskBackupPolicy>,
}

impl Operation for ListDiskBackupPolicies {
    type Output = DiskBackupPolicyPage;

    const ANSWER_KEYS: &'static [&'static str] = &["pagination", "disk_backup_policies"];

    fn request(&self, config: &Config) -> Result<Request> {
        let request = match &self.owner {
            DiskBackupPolicyOwner::Organization(organization) => {
                Request::get("/organizations/organization/disk_backup_policies")
                    .lookup("organization", config.organization_pair(organization)?)
            }
            DiskBackupPolicyOwner::VirtualMachine { virtual_machine, include_disks } => {
                let pair = virtual_machine.pair("virtual_machine", Some("fqdn"))?;
                let request =
                    Request::get("/virtual_machines/virtual_machine/disk_backup_policies")
                        .lookup("virtual_machine", pair);
                if *include_disks { request.query("include_disks", "true") } else { request }
            }
            DiskBackupPolicyOwner::Disk(disk) => Request::get("/disks/disk/disk_backup_policies")
                .lookup("disk", disk.pair("disk", None)?),
        };
        request.page(self.page, self.per_page)
    }
}

impl ListOperation for ListDiskBackupPolicies {
    type Item = DiskBackupPolicy;

    const ITEMS_KEY: &'static str = "disk_backup_policies";

    fn first_page(&self) -> u64 {
        self.page.unwrap_or(1)
    }

    fn at_page(&self, page: u64) -> ListDiskBackupPolicies {
        ListDiskBackupPolicies { page: Some(page), ..self.clone() }
    }
}

impl Client {
    /// The backup policies of an organization, a virtual machine or a disk. Pages are fetched as
    /// they are needed.
    ///
    /// # Errors
    /// Of each page: `OrganizationNotFound`, `OrganizationSuspended`, `OrganizationNotActivated`,
    /// `VirtualMachineNotFound`, `DiskNotFound`, `ObjectInTrash`, `PermissionDenied`.
    pub fn list_disk_backup_policies(
        &self,
        owner: DiskBackupPolicyOwner,
    ) -> impl Iterator<Item = Result<DiskBackupPolicy>> {
        self.items(ListDiskBackupPolicies { owner, page: None, per_page: None })
    }
}
