//! Backup policies of disks and machines. No recording knows any of them.

use serde::{Deserialize, Serialize};

use super::State;

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BackupPolicy {
    pub(crate) id: String,
    #[serde(default = "one")]
    pub(crate) retention: u32,
    #[serde(default)]
    pub(crate) total_size: f64,
    pub(crate) target: Target,
    #[serde(default)]
    pub(crate) schedule: Schedule,
    #[serde(default)]
    pub(crate) created_at: u64,
    #[serde(default)]
    pub(crate) auto_move_to_trash_at: Option<u64>,
}

/// What is backed up.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    Disk(String),
    VirtualMachine(String),
}

impl Target {
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Disk(id) | Self::VirtualMachine(id) => id,
        }
    }
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Interval {
    Hourly,
    #[default]
    Daily,
    Weekly,
    Monthly,
}

/// Once in `frequency` intervals. The document does not tell what `time` counts; here it is the
/// hour of the day.
#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Schedule {
    pub(crate) interval: Interval,
    pub(crate) frequency: u32,
    pub(crate) minute: u32,
    pub(crate) time: u32,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { interval: Interval::default(), frequency: one(), minute: 0, time: 0 }
    }
}

fn one() -> u32 {
    1
}

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

impl Schedule {
    /// A month has 30 days here, and the first backup is at most a day away.
    pub(crate) fn next_invocation_at(&self, created_at: u64, now: u64) -> u64 {
        let minute = u64::from(self.minute) * 60;
        let (length, first) = match self.interval {
            Interval::Hourly => (HOUR, (created_at / HOUR * HOUR).saturating_add(minute)),
            Interval::Daily => (DAY, self.on_the_day(created_at)),
            Interval::Weekly => (7 * DAY, self.on_the_day(created_at)),
            Interval::Monthly => (30 * DAY, self.on_the_day(created_at)),
        };
        let step = length * u64::from(self.frequency.max(1));
        let ahead = now.checked_sub(first).map_or(0, |past| (past / step + 1).saturating_mul(step));
        first.saturating_add(ahead)
    }

    fn on_the_day(&self, of: u64) -> u64 {
        let in_the_day = u64::from(self.time) * HOUR + u64::from(self.minute) * 60;
        (of / DAY * DAY).saturating_add(in_the_day)
    }
}

impl State {
    /// document: a policy goes to the trash by itself at the time that was set.
    pub(super) fn trash_due_policies(&mut self) {
        let now = self.clock.seconds();
        let is_due = |at: Option<u64>| at.is_some_and(|at| at <= now);
        let due = self.backup_policies.iter_mut().filter(|p| is_due(p.auto_move_to_trash_at));
        let due: Vec<String> = due
            .map(|policy| {
                policy.auto_move_to_trash_at = None;
                policy.id.clone()
            })
            .collect();
        for id in due {
            if self.trash.of(&id).is_none() {
                self.move_to_trash(&id, "DiskBackupPolicy");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, HOUR, Interval, Schedule};

    #[test]
    fn the_next_invocation_is_ahead_and_on_time() {
        let daily = Schedule { time: 3, minute: 30, ..Schedule::default() };
        let first = 100 * DAY + 3 * HOUR + 30 * 60;
        assert_eq!(daily.next_invocation_at(100 * DAY, 100 * DAY), first);
        assert_eq!(daily.next_invocation_at(100 * DAY, first), first + DAY);
        let hourly = Schedule { interval: Interval::Hourly, frequency: 6, ..daily };
        assert_eq!(hourly.next_invocation_at(0, 7 * HOUR), 12 * HOUR + 30 * 60);
    }
}
