//! Create a backup policy: `POST /disks/disk/disk_backup_policies`, or
//! `POST /virtual_machines/virtual_machine/disk_backup_policies`.

use serde::Serialize;
use ureq::http::Method;

use super::get_disk_backup_policy::DiskBackupPolicyAnswer;
use crate::arguments::Arguments;
use crate::lookup::LookupBody;
use crate::{
    Client, Config, DiskBackupPolicy, DiskBackupPolicyArguments, Error, Lookup, Operation, Request,
    Result,
};

/// Creates a backup policy for one disk or for a whole virtual machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateDiskBackupPolicy {
    /// What to back up.
    pub target: CreateDiskBackupPolicyTarget,
    /// How often, and what to keep.
    pub properties: DiskBackupPolicyArguments,
}

/// What a new policy backs up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreateDiskBackupPolicyTarget {
    /// One disk, by id.
    Disk(Lookup),
    /// All disks of a virtual machine: id or fqdn.
    VirtualMachine(Lookup),
}

impl CreateDiskBackupPolicyTarget {
    /// The one that is given.
    ///
    /// # Errors
    /// `InvalidArgument` unless exactly one is.
    pub fn of(
        disk: Option<Lookup>,
        virtual_machine: Option<Lookup>,
    ) -> Result<CreateDiskBackupPolicyTarget> {
        match (disk, virtual_machine) {
            (Some(disk), None) => Ok(CreateDiskBackupPolicyTarget::Disk(disk)),
            (None, Some(machine)) => Ok(CreateDiskBackupPolicyTarget::VirtualMachine(machine)),
            (None, None) => Err(Error::invalid_argument(
                "disk or virtual_machine is missing: say what the policy is for",
            )),
            (Some(_), Some(_)) => Err(Error::invalid_argument(
                "disk and virtual_machine are both given: a policy is for one of them",
            )),
        }
    }
}

impl CreateDiskBackupPolicy {
    /// Reads the API's own body: `{"disk": …, "properties": {…}}`, or with `virtual_machine`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(request: &str) -> Result<CreateDiskBackupPolicy> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let disk = arguments.lookup("disk")?;
        let virtual_machine = arguments.lookup("virtual_machine")?;
        let properties = match arguments.object("properties")? {
            Some(properties) => DiskBackupPolicyArguments::read(properties)?,
            None => DiskBackupPolicyArguments::default(),
        };
        arguments.finish()?;
        let target = CreateDiskBackupPolicyTarget::of(disk, virtual_machine)?;
        Ok(CreateDiskBackupPolicy { target, properties })
    }
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    disk: Option<LookupBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    virtual_machine: Option<LookupBody<'a>>,
    properties: &'a DiskBackupPolicyArguments,
}

impl Operation for CreateDiskBackupPolicy {
    type Output = DiskBackupPolicyAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["disk_backup_policy"];

    fn request(&self, _: &Config) -> Result<Request> {
        let mut body = Body { disk: None, virtual_machine: None, properties: &self.properties };
        let path = match &self.target {
            CreateDiskBackupPolicyTarget::Disk(disk) => {
                body.disk = Some(disk.body("disk", None)?);
                "/disks/disk/disk_backup_policies"
            }
            CreateDiskBackupPolicyTarget::VirtualMachine(machine) => {
                body.virtual_machine = Some(machine.body("virtual_machine", Some("fqdn"))?);
                "/virtual_machines/virtual_machine/disk_backup_policies"
            }
        };
        Request::new(Method::POST, path).json(&body)
    }
}

impl Client {
    /// Creates a backup policy.
    ///
    /// # Errors
    /// `ValidationError`, `DiskNotFound`, `VirtualMachineNotFound`, `ObjectInTrash`,
    /// `PermissionDenied`.
    pub fn create_disk_backup_policy(
        &self,
        policy: &CreateDiskBackupPolicy,
    ) -> Result<DiskBackupPolicy> {
        self.call(policy).map(|answer| answer.disk_backup_policy)
    }
}
