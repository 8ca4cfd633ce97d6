//! Tasks: when they start and end, and what they show meanwhile.

use std::mem;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::changes::{Before, Change};
use super::{State, new_id, unix_now};

pub(crate) struct Task {
    id: String,
    name: &'static str,
    queued: Instant,
    queued_at: Duration,
    lasts: Duration,
    fails: bool,
}

/// A task as the API shows it. recorded: a task has no error field.
#[derive(Serialize)]
pub(crate) struct TaskView {
    id: String,
    name: &'static str,
    status: &'static str,
    created_at: u64,
    started_at: Option<u64>,
    finished_at: Option<u64>,
    progress: u8,
}

impl Task {
    /// recorded: the call that starts a task always shows it pending, even when it takes less than
    /// a second.
    fn pending(&self) -> TaskView {
        TaskView {
            id: self.id.clone(),
            name: self.name,
            status: "pending",
            created_at: self.queued_at.as_secs(),
            started_at: None,
            finished_at: None,
            progress: 0,
        }
    }

    /// recorded: pending without times and with progress 0, running with `started_at` and progress
    /// 1 to 99, completed with both times and 100. A failed task was never seen; its progress stays
    /// where it was.
    pub(crate) fn view(&self) -> TaskView {
        let mut view = self.pending();
        let elapsed = self.queued.elapsed();
        let waits = self.lasts / 4;
        if elapsed >= self.lasts {
            view.finished_at = Some((self.queued_at + self.lasts).as_secs());
            (view.status, view.progress) =
                if self.fails { ("failed", 99) } else { ("completed", 100) };
        } else if elapsed >= waits {
            let done = (elapsed - waits).as_secs_f64() / (self.lasts - waits).as_secs_f64();
            (view.status, view.progress) = ("running", 1 + (done * 98.0) as u8);
        } else {
            return view;
        }
        view.started_at = Some((self.queued_at + waits).as_secs());
        view
    }
}

/// What an unfinished task is going to do, and to what.
pub(super) struct Work {
    ends: Instant,
    disk: String,
    change: Change,
    /// What the disk goes back to if the task fails.
    fails: Option<Before>,
}

/// What the control API said about the next task.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NextTask {
    pub(crate) seconds: Option<f64>,
    pub(crate) fail: bool,
    pub(crate) queueing_error: bool,
}

/// The queue did not take the task, so nothing happens.
pub(crate) struct TaskNotQueued;

impl State {
    /// Starts a task that changes a disk. The disk shows from now on that something is going on.
    pub(crate) fn start_task(
        &mut self,
        disk_id: &str,
        change: Change,
    ) -> Result<TaskView, TaskNotQueued> {
        let next = mem::take(&mut self.next_task);
        if next.queueing_error {
            return Err(TaskNotQueued);
        }
        let seconds = next.seconds.and_then(|s| Duration::try_from_secs_f64(s).ok());
        let task = Task {
            id: new_id("task"),
            name: change.name(),
            queued: Instant::now(),
            queued_at: unix_now(),
            lasts: seconds.unwrap_or(self.options.task_time),
            fails: next.fail || !self.can_succeed(disk_id, &change),
        };
        if let Some(disk) = self.disks.get_mut(disk_id) {
            let before = Before::of(disk);
            change.begin(disk);
            self.underway.push(Work {
                ends: task.queued + task.lasts,
                disk: disk_id.to_owned(),
                change,
                fails: task.fails.then_some(before),
            });
        }
        let view = task.pending();
        self.tasks.insert(task.id.clone(), task);
        Ok(view)
    }

    /// Not recorded: attaching to a stopped machine. Here the task fails.
    fn can_succeed(&self, disk_id: &str, change: &Change) -> bool {
        let relation = self.disks.get(disk_id).and_then(|d| d.virtual_machine_disk.as_ref());
        !matches!(change, Change::Attach)
            || relation.is_some_and(|relation| self.is_running(relation.virtual_machine.id))
    }

    pub(super) fn finish_tasks(&mut self) {
        let now = Instant::now();
        let underway = std::mem::take(&mut self.underway).into_iter();
        let (mut due, rest): (Vec<Work>, Vec<Work>) = underway.partition(|work| work.ends <= now);
        self.underway = rest;
        due.sort_by_key(|work| work.ends);
        for work in due {
            let relation =
                self.disks.get(&work.disk).and_then(|disk| disk.virtual_machine_disk.as_ref());
            let running = relation.is_some_and(|r| self.is_running(r.virtual_machine.id));
            let Some(disk) = self.disks.get_mut(&work.disk) else {
                continue;
            };
            match work.fails {
                Some(before) => work.change.fail(disk, before),
                None => work.change.finish(disk, running),
            }
        }
    }
}
