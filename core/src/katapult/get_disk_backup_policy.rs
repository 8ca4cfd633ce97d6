//! Get a backup policy: `GET /disk_backup_policies/disk_backup_policy`.

use serde::Deserialize;

use crate::{Client, Config, DiskBackupPolicy, Lookup, Operation, Request, Result};

/// Reads a backup policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetDiskBackupPolicy {
    /// The policy, by id.
    pub disk_backup_policy: Lookup,
}

/// The answer to [`GetDiskBackupPolicy`] and to every call that changes one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DiskBackupPolicyAnswer {
    /// The disk backup policy.
    pub disk_backup_policy: DiskBackupPolicy,
}

impl Operation for GetDiskBackupPolicy {
    type Output = DiskBackupPolicyAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["disk_backup_policy"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.disk_backup_policy.pair("disk_backup_policy_id", None)?;
        Ok(Request::get("/disk_backup_policies/disk_backup_policy")
            .lookup("disk_backup_policy", pair))
    }
}

impl Client {
    /// Reads a backup policy.
    ///
    /// # Errors
    /// `DiskBackupPolicyNotFound`, `ObjectInTrash`.
    pub fn get_disk_backup_policy(
        &self,
        disk_backup_policy: impl Into<Lookup>,
    ) -> Result<DiskBackupPolicy> {
        self.call(&GetDiskBackupPolicy { disk_backup_policy: disk_backup_policy.into() })
            .map(|answer| answer.disk_backup_policy)
    }
}
