//! Update a backup policy: `PATCH /disk_backup_policies/disk_backup_policy`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{
    Client, DiskBackupPolicy, DiskBackupPolicyArguments, DiskBackupPolicyRef,
    DiskBackupPolicyResponse, Error, Operation, Result, ScheduleArguments,
};

/// Changes a backup policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct UpdateDiskBackupPolicy {
    /// The policy, by id.
    #[new(into)]
    pub disk_backup_policy: DiskBackupPolicyRef,
    /// What to change; the rest stays.
    #[serde(default)]
    #[new(default)]
    pub properties: DiskBackupPolicyArguments,
}

impl Operation for UpdateDiskBackupPolicy {
    type Output = DiskBackupPolicyResponse;
    const NAME: &'static str = "update_disk_backup_policy";
    const METHOD: Method = Method::PATCH;
    const PATH: &'static str = "/disk_backup_policies/disk_backup_policy";

    fn check(&self) -> Result<()> {
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
        Ok(())
    }
}

impl Client {
    /// Changes a backup policy.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let mut update = katapult_disk::UpdateDiskBackupPolicy::new("dbpol_Ot5Ne8Dk2Sw7Vh1R");
    /// update.properties.retention = Some(14);
    /// let policy = client.update_disk_backup_policy(&update)?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
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
