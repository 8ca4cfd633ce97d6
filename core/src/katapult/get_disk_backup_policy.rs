//! Get a backup policy: `GET /disk_backup_policies/disk_backup_policy`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, DiskBackupPolicy, DiskBackupPolicyRef, Operation, Response, Result};

/// Reads a backup policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetDiskBackupPolicy {
    /// The policy, by id.
    #[new(into)]
    pub disk_backup_policy: DiskBackupPolicyRef,
}

/// The response to [`GetDiskBackupPolicy`] and to every call that changes one.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskBackupPolicyResponse {
    /// The disk backup policy.
    pub disk_backup_policy: DiskBackupPolicy,
}

impl Response for DiskBackupPolicyResponse {
    const KEYS: &'static [&'static str] = &["disk_backup_policy"];
}

impl Operation for GetDiskBackupPolicy {
    type Output = DiskBackupPolicyResponse;
    const NAME: &'static str = "get_disk_backup_policy";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/disk_backup_policies/disk_backup_policy";
}

impl Client {
    /// Reads a backup policy.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let policy = client.get_disk_backup_policy("dbpol_Ot5Ne8Dk2Sw7Vh1R")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskBackupPolicyNotFound`, `ObjectInTrash`.
    pub fn get_disk_backup_policy(
        &self,
        disk_backup_policy: impl Into<DiskBackupPolicyRef>,
    ) -> Result<DiskBackupPolicy> {
        self.call(&GetDiskBackupPolicy::new(disk_backup_policy))
            .map(|answer| answer.disk_backup_policy)
    }
}
