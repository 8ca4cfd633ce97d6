//! Schedule the deletion of a backup policy:
//! `DELETE /disk_backup_policies/disk_backup_policy/schedule`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{
    Client, DiskBackupPolicy, DiskBackupPolicyRef, DiskBackupPolicyResponse, Error, Operation,
    Result,
};

/// Has a backup policy put into the trash at a time to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct ScheduleDiskBackupPolicyDeletion {
    /// The policy, by id.
    #[new(into)]
    pub disk_backup_policy: DiskBackupPolicyRef,
    /// When, in Unix seconds: at least 5 minutes ahead (document).
    pub timestamp: u64,
}

impl Operation for ScheduleDiskBackupPolicyDeletion {
    type Output = DiskBackupPolicyResponse;
    const NAME: &'static str = "schedule_disk_backup_policy_deletion";
    const METHOD: Method = Method::DELETE;
    const PATH: &'static str = "/disk_backup_policies/disk_backup_policy/schedule";

    fn check(&self) -> Result<()> {
        if self.timestamp > LAST_SECOND {
            return Err(Error::invalid_argument(format!(
                "timestamp must be in seconds since 1970 and before the year 10000, not {}",
                self.timestamp
            )));
        }
        Ok(())
    }
}

/// The end of the year 9999. What is later is milliseconds by mistake.
const LAST_SECOND: u64 = 253_402_300_799;

impl Client {
    /// Has a backup policy put into the trash at `timestamp` (Unix seconds, at least 5 minutes
    /// ahead), which the response shows as `auto_move_to_trash_at`.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// client.schedule_disk_backup_policy_deletion("dbpol_Ot5Ne8Dk2Sw7Vh1R", 1_900_000_000)?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidTimestamp`, `DiskBackupPolicyNotFound`, `ObjectInTrash`, `PermissionDenied`.
    pub fn schedule_disk_backup_policy_deletion(
        &self,
        disk_backup_policy: impl Into<DiskBackupPolicyRef>,
        timestamp: u64,
    ) -> Result<DiskBackupPolicy> {
        self.call(&ScheduleDiskBackupPolicyDeletion::new(disk_backup_policy, timestamp))
            .map(|answer| answer.disk_backup_policy)
    }
}
