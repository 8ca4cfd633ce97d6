//! Tasks: when they start and end, and what they show meanwhile.

use std::mem;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::changes::{Before, Change, Prospect};
use super::clock::Clock;
use super::power::Queue;
use super::work::{Effect, Outcome};
use super::{Seconds, State, new_id};

pub(crate) struct Task {
    id: String,
    name: String,
    /// Whose it is, by id.
    pub(crate) organization: String,
    created_at: u64,
    starts: Instant,
    ends: Instant,
    fails: bool,
    /// The machine whose tasks wait for each other.
    queue: Option<String>,
    /// The disk that it is about, if it is about one.
    object: Option<String>,
}

/// A task as the API shows it. recorded: a task has no error field.
#[derive(Serialize)]
pub(crate) struct TaskView {
    id: String,
    name: String,
    status: &'static str,
    created_at: u64,
    started_at: Option<u64>,
    finished_at: Option<u64>,
    progress: u8,
}

/// What the answers about a machine's power show of a task.
#[derive(Serialize)]
pub(crate) struct BriefTask {
    id: String,
    name: String,
    status: &'static str,
}

impl TaskView {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn brief(self) -> BriefTask {
        BriefTask { id: self.id, name: self.name, status: self.status }
    }
}

impl Task {
    /// When it starts and ends.
    pub(super) fn times(&self) -> (Instant, Instant) {
        (self.starts, self.ends)
    }

    /// As it can be placed again. An ended one ends at once then.
    pub(super) fn placed(&self, clock: &Clock, ended: bool) -> Value {
        let left = |moment: Instant| match ended {
            true => 0.0,
            false => moment.saturating_duration_since(clock.now()).as_secs_f64(),
        };
        json!({
            "id": self.id,
            "name": self.name,
            "wait_seconds": left(self.starts),
            "seconds": left(self.ends),
            "fail": self.fails,
            "created_at": self.created_at,
            "organization": self.organization,
            "object": self.object(),
        })
    }

    /// The disk or machine that it is about.
    pub(crate) fn object(&self) -> Option<&str> {
        self.object.as_ref().or(self.queue.as_ref()).map(String::as_str)
    }

    pub(crate) fn has_ended(&self, now: Instant) -> bool {
        now >= self.ends
    }

    /// By which it is found.
    pub(crate) fn texts(&self) -> [&str; 4] {
        let [object, queue] =
            [&self.object, &self.queue].map(|id| id.as_deref().unwrap_or_default());
        [&self.id, &self.name, object, queue]
    }

    /// Greater are those under way, and then those that began later.
    pub(crate) fn rank(&self, now: Instant) -> (bool, u64, Instant, &str) {
        (!self.has_ended(now), self.created_at, self.starts, &self.id)
    }

    /// recorded: the call that starts a task always shows it pending, even when it takes less than
    /// a second.
    fn pending(&self) -> TaskView {
        TaskView {
            id: self.id.clone(),
            name: self.name.clone(),
            status: "pending",
            created_at: self.created_at,
            started_at: None,
            finished_at: None,
            progress: 0,
        }
    }

    /// recorded: pending without times and with progress 0, running with `started_at` and progress
    /// 1 to 99, completed with both times and 100. A failed task was never seen; its progress stays
    /// where it was.
    pub(crate) fn view(&self, clock: &Clock) -> TaskView {
        let mut view = self.pending();
        let now = clock.now();
        let at = |moment: Instant| (clock.unix() - now.duration_since(moment)).as_secs();
        if now >= self.ends {
            view.finished_at = Some(at(self.ends));
            (view.status, view.progress) =
                if self.fails { ("failed", 99) } else { ("completed", 100) };
        } else if now >= self.starts {
            let done = (now - self.starts).as_secs_f64() / (self.ends - self.starts).as_secs_f64();
            (view.status, view.progress) = ("running", 1 + (done * 98.0) as u8);
        } else {
            return view;
        }
        view.started_at = Some(at(self.starts));
        view
    }
}

/// What the control API said about the next task.
#[derive(Clone, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NextTask {
    pub(crate) seconds: Option<Seconds>,
    /// How much of that it is pending; a quarter, if nothing is said.
    pub(crate) wait_seconds: Option<Seconds>,
    pub(crate) fail: bool,
    pub(crate) queueing_error: bool,
    /// It completes, and changes nothing.
    pub(crate) no_effect: bool,
    /// Its effect shows that long after its end.
    pub(crate) lag_seconds: Seconds,
}

impl NextTask {
    /// Whether it says anything.
    pub(crate) fn is_ordered(&self) -> bool {
        *self != Self::default()
    }
}

/// A task that a test wants to exist, begun now.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlacedTask {
    id: String,
    name: String,
    #[serde(default)]
    wait_seconds: Seconds,
    seconds: Seconds,
    #[serde(default)]
    fail: bool,
    created_at: Option<u64>,
    /// Whose it is, by id; the main organization's, if nothing is said.
    organization: Option<String>,
    /// The disk or machine that it is about.
    object: Option<String>,
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
        let next = self.take_next()?;
        let disk = self.disks.get(disk_id);
        let queue = disk.and_then(|disk| disk.machine()).map(str::to_owned);
        let fails_by_name = disk.is_some_and(|disk| self.failing.fails(&disk.name, &change));
        let prospect = disk.map_or(Prospect::Failure, |disk| {
            let machine_will_run = disk.machine().is_some_and(|id| self.will_run(id));
            change.prospect(disk, machine_will_run)
        });
        let fails = next.fail || fails_by_name || prospect == Prospect::Failure;
        let has_no_effect = next.no_effect || prospect == Prospect::Nothing;
        let organization = disk.map(|disk| disk.organization.clone()).unwrap_or_default();
        let mut task = self.new_task(change.name(), &next, organization, queue, fails);
        task.object = Some(disk_id.to_owned());
        if let Some(disk) = self.disks.get_mut(disk_id) {
            let before = Before::of(disk);
            change.begin(disk);
            let outcome = match (fails, has_no_effect) {
                (true, _) => Outcome::Failed(before),
                (false, true) => Outcome::Nothing(before),
                (false, false) => Outcome::Done,
            };
            let effect = Effect::Disk { disk: disk_id.to_owned(), change, outcome };
            self.later(task.ends + next.lag_seconds.0, effect);
        }
        Ok(self.keep(task))
    }

    /// Not recorded: the name of the task that empties the whole trash. Here it is the same.
    pub(crate) fn start_purge(
        &mut self,
        organization: String,
        trash_objects: Vec<String>,
    ) -> Result<TaskView, TaskNotQueued> {
        let next = self.take_next()?;
        let task = self.new_task("Purge items from trash", &next, organization, None, next.fail);
        if !next.fail && !next.no_effect {
            let effect = Effect::Purge(trash_objects);
            self.later(task.ends + next.lag_seconds.0, effect);
        }
        Ok(self.keep(task))
    }

    pub(crate) fn place_task(&mut self, wanted: PlacedTask) {
        let starts = self.clock.now() + wanted.wait_seconds.0;
        let task = Task {
            id: wanted.id,
            name: wanted.name,
            organization: wanted
                .organization
                .unwrap_or_else(|| self.main_organization().id().to_owned()),
            created_at: wanted.created_at.unwrap_or(self.clock.seconds()),
            starts,
            ends: starts.max(self.clock.now() + wanted.seconds.0),
            fails: wanted.fail,
            queue: None,
            object: wanted.object,
        };
        self.keep(task);
    }

    pub(super) fn take_next(&mut self) -> Result<NextTask, TaskNotQueued> {
        let next = mem::take(&mut self.next_task);
        if next.queueing_error { Err(TaskNotQueued) } else { Ok(next) }
    }

    /// derived: the tasks of one machine wait for each other.
    pub(super) fn new_task(
        &self,
        name: &str,
        next: &NextTask,
        organization: String,
        queue: Option<String>,
        fails: bool,
    ) -> Task {
        let now = self.clock.now();
        let lasts = next.seconds.map_or_else(|| self.task_time(name), |seconds| seconds.0);
        let waits = next.wait_seconds.map_or(lasts / 4, |seconds| seconds.0).min(lasts);
        let free = queue.as_ref().and_then(|machine| self.queues.get(machine));
        let free = free.map_or(now, |queue| queue.free);
        let starts = free.max(now + waits);
        Task {
            id: new_id("task"),
            name: name.to_owned(),
            organization,
            created_at: self.clock.seconds(),
            starts,
            ends: starts + (lasts - waits),
            fails,
            queue,
            object: None,
        }
    }

    pub(super) fn keep(&mut self, task: Task) -> TaskView {
        let view = task.pending();
        if let Some(machine) = &task.queue {
            let leaves = self.queued_power(machine);
            self.queues.insert(machine.clone(), Queue { free: task.ends, leaves });
        }
        self.tasks.insert(task.id.clone(), task);
        view
    }

    /// Turns out to have failed, when its turn has come.
    pub(super) fn fail_task(&mut self, id: &str) {
        if let Some(task) = self.tasks.get_mut(id) {
            task.fails = true;
        }
    }
}
