//! Delete a backup policy: `DELETE /disk_backup_policies/disk_backup_policy`.

use ureq::http::Method;

use super::get_disk_backup_policy::DiskBackupPolicyAnswer;
use crate::lookup::LookupOf;
use crate::{Client, Config, DiskBackupPolicy, Lookup, Operation, Request, Result};

/// Puts a backup policy into the trash, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteDiskBackupPolicy {
    /// The policy, by id.
    pub disk_backup_policy: Lookup,
}

impl Operation for DeleteDiskBackupPolicy {
    type Output = DiskBackupPolicyAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["disk_backup_policy"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.disk_backup_policy.pair("disk_backup_policy_id", None)?;
        Request::new(Method::DELETE, "/disk_backup_policies/disk_backup_policy")
            .json(&LookupOf::new("disk_backup_policy", pair))
    }
}

impl Client {
    /// Puts a backup policy into the trash. The answer has its id and nothing else (document); its
    /// trash object is found by `Lookup::by("object_id", …)`.
    ///
    /// # Errors
    /// `DiskBackupPolicyNotFound`, `ObjectInTrash`, `PermissionDenied`.
    pub fn delete_disk_backup_policy(
        &self,
        disk_backup_policy: impl Into<Lookup>,
    ) -> Result<DiskBackupPolicy> {
        self.call(&DeleteDiskBackupPolicy { disk_backup_policy: disk_backup_policy.into() })
            .map(|answer| answer.disk_backup_policy)
    }
}
