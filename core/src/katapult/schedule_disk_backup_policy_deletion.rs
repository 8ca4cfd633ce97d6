//! Schedule the deletion of a backup policy:
//! `DELETE /disk_backup_policies/disk_backup_policy/schedule`.

use serde::Serialize;
use ureq::http::Method;

use super::get_disk_backup_policy::DiskBackupPolicyAnswer;
use crate::arguments::Arguments;
use crate::lookup::LookupBody;
use crate::{Client, Config, DiskBackupPolicy, Lookup, Operation, Request, Result};

/// Has a backup policy put into the trash at a time to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleDiskBackupPolicyDeletion {
    /// The policy, by id.
    pub disk_backup_policy: Lookup,
    /// When, in Unix seconds: at least 5 minutes ahead (document).
    pub timestamp: u64,
}

impl ScheduleDiskBackupPolicyDeletion {
    /// Reads the API's own body without its `disk_backup_policy`: `{"timestamp": 1767225600}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(
        disk_backup_policy: impl Into<Lookup>,
        request: &str,
    ) -> Result<ScheduleDiskBackupPolicyDeletion> {
        let mut arguments = Arguments::parse("request_json", request)?;
        let timestamp = arguments.whole_number("timestamp")?;
        let timestamp = arguments.required("timestamp", timestamp)?;
        arguments.finish()?;
        let disk_backup_policy = disk_backup_policy.into();
        Ok(ScheduleDiskBackupPolicyDeletion { disk_backup_policy, timestamp })
    }
}

#[derive(Serialize)]
struct Body<'a> {
    disk_backup_policy: LookupBody<'a>,
    timestamp: u64,
}

impl Operation for ScheduleDiskBackupPolicyDeletion {
    type Output = DiskBackupPolicyAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["disk_backup_policy"];

    fn request(&self, _: &Config) -> Result<Request> {
        let body = Body {
            disk_backup_policy: self.disk_backup_policy.body("disk_backup_policy_id", None)?,
            timestamp: self.timestamp,
        };
        Request::new(Method::DELETE, "/disk_backup_policies/disk_backup_policy/schedule")
            .json(&body)
    }
}

impl Client {
    /// Has a backup policy put into the trash at `timestamp` (Unix seconds, at least 5 minutes
    /// ahead), which the answer shows as `auto_move_to_trash_at`.
    ///
    /// # Errors
    /// `InvalidTimestamp`, `DiskBackupPolicyNotFound`, `ObjectInTrash`, `PermissionDenied`.
    pub fn schedule_disk_backup_policy_deletion(
        &self,
        disk_backup_policy: impl Into<Lookup>,
        timestamp: u64,
    ) -> Result<DiskBackupPolicy> {
        let disk_backup_policy = disk_backup_policy.into();
        self.call(&ScheduleDiskBackupPolicyDeletion { disk_backup_policy, timestamp })
            .map(|answer| answer.disk_backup_policy)
    }
}
