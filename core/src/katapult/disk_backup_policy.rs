//! Backup policies: how often a disk or virtual machine is backed up, and for how long that is kept.
//!
//! No recording shows one; all of this is from the document, and all but ids is `Option`.

use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{DiskSummary, VirtualMachineSummary};

/// A backup policy.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskBackupPolicy {
    /// The policy's id.
    pub id: CompactString,
    /// How many backups are kept.
    pub retention: Option<u64>,
    /// The size of all its backups; the document names no unit.
    pub total_size: Option<f64>,
    /// What is backed up.
    pub target: Option<DiskBackupPolicyTarget>,
    /// When it is backed up.
    pub schedule: Option<Schedule>,
    /// When the policy will be put into the trash, in Unix seconds. Not in lists.
    pub auto_move_to_trash_at: Option<i64>,
}

/// What a policy backs up.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskBackupPolicyTarget {
    /// A disk or a virtual machine.
    pub target: Option<DiskBackupPolicyTargetObject>,
}

/// A disk or a virtual machine. The API does not say which; their fields tell.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum DiskBackupPolicyTargetObject {
    Disk(Box<DiskSummary>),
    VirtualMachine(Box<VirtualMachineSummary>),
    /// Neither, as far as this version can tell.
    Other(Value),
}

impl<'de> Deserialize<'de> for DiskBackupPolicyTargetObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let has = |keys: [&str; 2]| keys.iter().any(|key| value.get(key).is_some());
        let target = if has(["wwn", "size_in_gb"]) {
            serde_json::from_value(value.clone()).map(DiskBackupPolicyTargetObject::Disk)
        } else if has(["fqdn", "hostname"]) {
            serde_json::from_value(value.clone()).map(DiskBackupPolicyTargetObject::VirtualMachine)
        } else {
            return Ok(DiskBackupPolicyTargetObject::Other(value));
        };
        Ok(target.unwrap_or(DiskBackupPolicyTargetObject::Other(value)))
    }
}

/// When backups are made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Schedule {
    /// The unit of time between two backups.
    pub interval: Option<ScheduleInterval>,
    /// When the next backup is made, in Unix seconds.
    pub next_invocation_at: Option<i64>,
    /// How many intervals lie between two backups. Not in lists, as is what follows.
    pub frequency: Option<u64>,
    /// The minute of the hour.
    pub minute: Option<u64>,
    /// When in the interval; the document names no unit.
    pub time: Option<u64>,
}

/// The unit of time between two backups.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Deserialize,
    Serialize,
    strum::AsRefStr,
    strum::Display,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum ScheduleInterval {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    /// A value that this version does not know.
    #[serde(untagged)]
    #[strum(transparent)]
    Other(String),
}

impl ScheduleInterval {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::{DiskBackupPolicyTarget, DiskBackupPolicyTargetObject};

    #[test]
    fn the_fields_of_a_target_tell_what_it_is() {
        let target = |text: &str| {
            let target: DiskBackupPolicyTarget = serde_json::from_str(text).unwrap();
            target.target.unwrap()
        };
        let disk = target(r#"{"target": {"id": "a", "name": "data", "size_in_gb": 20}}"#);
        assert!(matches!(disk, DiskBackupPolicyTargetObject::Disk(disk) if disk.id == "a"));
        let machine = target(r#"{"target": {"id": "b", "name": "web", "fqdn": "web.example"}}"#);
        assert!(
            matches!(machine, DiskBackupPolicyTargetObject::VirtualMachine(vm) if vm.id == "b")
        );
        let other = target(r#"{"target": {"id": "c", "size_in_gb": "?"}}"#);
        assert!(matches!(other, DiskBackupPolicyTargetObject::Other(_)));
    }
}
