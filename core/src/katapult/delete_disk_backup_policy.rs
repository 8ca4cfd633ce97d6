//! Delete a backup policy: `DELETE /disk_backup_policies/disk_backup_policy`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{
    Client, DiskBackupPolicy, DiskBackupPolicyRef, DiskBackupPolicyResponse, Operation, Result,
};

/// Puts a backup policy into the trash, at once and without a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct DeleteDiskBackupPolicy {
    /// The policy, by id.
    #[new(into)]
    pub disk_backup_policy: DiskBackupPolicyRef,
}

impl Operation for DeleteDiskBackupPolicy {
    type Output = DiskBackupPolicyResponse;
    const NAME: &'static str = "delete_disk_backup_policy";
    const METHOD: Method = Method::DELETE;
    const PATH: &'static str = "/disk_backup_policies/disk_backup_policy";
}

impl Client {
    /// Puts a backup policy into the trash. The response has its id and nothing else (document); its
    /// trash object is found by `TrashObjectRef::by("object_id", …)`.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// client.delete_disk_backup_policy("dbpol_Ot5Ne8Dk2Sw7Vh1R")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DiskBackupPolicyNotFound`, `ObjectInTrash`, `PermissionDenied`.
    pub fn delete_disk_backup_policy(
        &self,
        disk_backup_policy: impl Into<DiskBackupPolicyRef>,
    ) -> Result<DiskBackupPolicy> {
        self.call(&DeleteDiskBackupPolicy::new(disk_backup_policy))
            .map(|answer| answer.disk_backup_policy)
    }
}
