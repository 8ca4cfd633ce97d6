//! The operations on one backup policy.

use katapult_disk::{
    Client, CreateDiskBackupPolicy, CreateDiskBackupPolicyTarget, DeleteDiskBackupPolicy,
    DiskBackupPolicyArguments, GetDiskBackupPolicy, Result, ScheduleDiskBackupPolicyDeletion,
    UpdateDiskBackupPolicy,
};
use serde_json::Value;

use crate::answers::part;
use crate::arguments::Arguments;

const POLICY: &str = "disk_backup_policy";

pub(crate) fn call(
    client: &Client,
    operation: &str,
    arguments: &Arguments,
) -> Result<Option<Value>> {
    let policy = || arguments.lookup("disk_backup_policy_id");
    let value = match operation {
        "get_disk_backup_policy" => {
            part(client, &GetDiskBackupPolicy { disk_backup_policy: policy()? }, POLICY)
        }
        "create_disk_backup_policy" => {
            let disk = arguments.optional_lookup("disk")?;
            let virtual_machine = arguments.optional_lookup("virtual_machine")?;
            let target = CreateDiskBackupPolicyTarget::of(disk, virtual_machine)?;
            let properties = properties(arguments)?;
            part(client, &CreateDiskBackupPolicy { target, properties }, POLICY)
        }
        "update_disk_backup_policy" => {
            let disk_backup_policy = policy()?;
            let properties = properties(arguments)?;
            part(client, &UpdateDiskBackupPolicy { disk_backup_policy, properties }, POLICY)
        }
        "delete_disk_backup_policy" => {
            part(client, &DeleteDiskBackupPolicy { disk_backup_policy: policy()? }, POLICY)
        }
        "schedule_disk_backup_policy_deletion" => {
            let disk_backup_policy = policy()?;
            let timestamp = arguments.whole_number("timestamp")?;
            part(
                client,
                &ScheduleDiskBackupPolicyDeletion { disk_backup_policy, timestamp },
                POLICY,
            )
        }
        _ => return Ok(None),
    };
    value.map(Some)
}

fn properties(arguments: &Arguments) -> Result<DiskBackupPolicyArguments> {
    Ok(DiskBackupPolicyArguments {
        retention: arguments.optional_whole_number("retention")?,
        schedule: arguments.schedule()?,
    })
}
