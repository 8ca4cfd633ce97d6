//! Update a backup policy: `PATCH /disk_backup_policies/disk_backup_policy`.

use serde::Serialize;
use ureq::http::Method;

use super::get_disk_backup_policy::DiskBackupPolicyAnswer;
use crate::arguments::Arguments;
use crate::lookup::LookupBody;
use crate::{
    Client, Config, DiskBackupPolicy, DiskBackupPolicyArguments, Error, Lookup, Operation, Request,
    Result, ScheduleArguments,
};

/// Changes a backup policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateDiskBackupPolicy {
    /// The policy, by id.
    pub disk_backup_policy: Lookup,
    /// What to change; the rest stays.
    pub properties: DiskBackupPolicyArguments,
}

impl UpdateDiskBackupPolicy {
    /// Reads the API's own body without its `disk_backup_policy`: `{"properties": {…}}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(
        disk_backup_policy: impl Into<Lookup>,
        request: &str,
    ) -> Result<UpdateDiskBackupPolicy> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let update = UpdateDiskBackupPolicy {
            disk_backup_policy: disk_backup_policy.into(),
            properties: match arguments.object("properties")? {
                Some(properties) => DiskBackupPolicyArguments::read(properties)?,
                None => DiskBackupPolicyArguments::default(),
            },
        };
        arguments.finish()?;
        Ok(update)
    }
}

#[derive(Serialize)]
struct Body<'a> {
    disk_backup_policy: LookupBody<'a>,
    properties: &'a DiskBackupPolicyArguments,
}

impl Operation for UpdateDiskBackupPolicy {
    type Output = DiskBackupPolicyAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["disk_backup_policy"];

    fn request(&self, _: &Config) -> Result<Request> {
        if self.properties == DiskBackupPolicyArguments::default() {
            return Err(Error::invalid_argument(
                "properties are missing: give retention or schedule to change",
            ));
        }
        if self.properties.schedule.as_ref() == Some(&ScheduleArguments::default()) {
            return Err(Error::invalid_argument(
                "schedule is empty: give interval, frequency, minute or time",
            ));
        }
        let body = Body {
            disk_backup_policy: self.disk_backup_policy.body("disk_backup_policy_id", None)?,
            properties: &self.properties,
        };
        Request::new(Method::PATCH, "/disk_backup_policies/disk_backup_policy").json(&body)
    }
}

impl Client {
    /// Changes a backup policy.
    ///
    /// # Errors
    /// `DiskBackupPolicyNotFound`, `ObjectInTrash`, `PermissionDenied`, `ValidationError`.
    pub fn update_disk_backup_policy(
        &self,
        update: &UpdateDiskBackupPolicy,
    ) -> Result<DiskBackupPolicy> {
        self.call(update).map(|answer| answer.disk_backup_policy)
    }
}
