//! Backup policies: one of a machine, one of a disk.

use super::{ATTACHED_DISK, DISK_POLICY, MACHINE_POLICY, RUNNING_MACHINE};
use crate::state::{BackupPolicy, Interval, Schedule, Target};

pub(super) fn backup_policies(now: u64) -> Vec<BackupPolicy> {
    let daily = BackupPolicy {
        id: MACHINE_POLICY.into(),
        retention: 7,
        total_size: 12.5,
        target: Target::VirtualMachine(RUNNING_MACHINE.into()),
        schedule: Schedule { time: 3, minute: 30, ..Schedule::default() },
        created_at: now - 3600,
        auto_move_to_trash_at: None,
    };
    let weekly = BackupPolicy {
        id: DISK_POLICY.into(),
        retention: 4,
        total_size: 0.0,
        target: Target::Disk(ATTACHED_DISK.into()),
        schedule: Schedule { interval: Interval::Weekly, ..daily.schedule },
        ..daily.clone()
    };
    vec![daily, weekly]
}
