//! A service that exists only here, with a clock that jumps to what comes next.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use compact_str::CompactString;

use super::super::{Next, Plan};
use crate::fleet::counts::Deed;
use crate::fleet::job::{Ended, Entry, Job};
use crate::fleet::work::{Begun, Look, Pending, Seen};
use crate::{ApiResponse, Error, FleetCounts, Outcome, Result, Status, Task, TaskStatus};

pub(super) const BATCH: usize = 200;

pub(super) struct Service {
    start: Instant,
    pub(super) now: Instant,
    pub(super) takes: Duration,
    /// How much later lists show a new disk.
    pub(super) lists_lag: Duration,
    made: HashMap<CompactString, Made>,
    pub(super) requests: BTreeMap<&'static str, usize>,
    pub(super) fails: fn(usize) -> bool,
    /// What comes instead of the answer to the creation with this number.
    pub(super) begins: fn(usize, usize) -> Option<Error>,
    /// What comes instead of each look and each read.
    pub(super) reads: Option<fn() -> Error>,
    attempts: HashMap<usize, usize>,
    pub(super) slow: fn(usize) -> u32,
    pub(super) has_tasks: bool,
}

struct Made {
    index: usize,
    at: Instant,
}

impl Service {
    pub(super) fn new(seconds: u64) -> Service {
        let now = Instant::now();
        Service {
            start: now,
            now,
            takes: Duration::from_secs(seconds),
            lists_lag: Duration::ZERO,
            made: HashMap::new(),
            requests: BTreeMap::new(),
            fails: |_| false,
            begins: |_, _| None,
            reads: None,
            attempts: HashMap::new(),
            slow: |_| 1,
            has_tasks: true,
        }
    }

    fn count(&mut self, kind: &'static str) {
        *self.requests.entry(kind).or_default() += 1;
    }

    pub(super) fn all(&self) -> usize {
        self.requests.values().sum()
    }

    fn state(&self, made: &Made) -> &'static str {
        let is_over = self.now - made.at >= self.takes * (self.slow)(made.index);
        match (is_over, (self.fails)(made.index)) {
            (true, true) => "failed",
            (true, false) => "built",
            (false, _) => "not_built",
        }
    }

    pub(super) fn perform(&mut self, job: Job<()>) -> Ended<()> {
        match job {
            Job::Prepare(entry) => {
                self.count("prepare");
                Ended::Prepared(entry, Ok(()))
            }
            Job::Begin(entry) => {
                self.count("begin");
                let begun = self.begin(&entry);
                Ended::Begun(entry, begun)
            }
            Job::Poll(pending) => {
                self.count("poll");
                let task = self.task(&pending);
                Ended::Polled(pending, task)
            }
            Job::Look(batch, wanted) => {
                self.count("look");
                if let Some(error) = self.reads {
                    return Ended::Looked(batch, Err(error()));
                }
                let mut look = Look::default();
                for (id, made) in &self.made {
                    if made.index / BATCH != batch || self.now - made.at < self.lists_lag {
                        continue;
                    }
                    let seen = match self.state(made) {
                        "built" => Seen::Done(built()),
                        "failed" => Seen::Unclear,
                        _ => Seen::NotYet,
                    };
                    if wanted.ids.contains(id) {
                        look.seen.insert(id.clone(), seen);
                    } else if wanted.lost.contains(&name(made.index)) {
                        look.found.insert(name(made.index), id.clone());
                    }
                }
                Ended::Looked(batch, Ok(look))
            }
            Job::Read(pending) => {
                self.count("read");
                if let Some(error) = self.reads {
                    return Ended::Read(pending, Err(error()));
                }
                let seen = match self.state(&self.made[&pending.id]) {
                    "built" => Ok(Seen::Done(built())),
                    "failed" => Err(Error::new(Status::TaskFailed, Outcome::Unknown, "failed")),
                    _ => Ok(Seen::NotYet),
                };
                Ended::Read(pending, seen)
            }
        }
    }

    fn begin(&mut self, entry: &Entry<()>) -> Result<Begun> {
        let attempt = self.attempts.entry(entry.index).or_default();
        *attempt += 1;
        let error = (self.begins)(entry.index, *attempt);
        let id = CompactString::from(format!("disk_{}", entry.index));
        let is_made = error.as_ref().is_none_or(|error| error.status() == Status::ConnectionFailed);
        if is_made && error.as_ref().is_none_or(|error| error.outcome() == Outcome::Unknown) {
            self.made.insert(id.clone(), Made { index: entry.index, at: self.now });
        }
        if let Some(error) = error {
            return Err(error);
        }
        Ok(Begun::Pending(Pending {
            index: entry.index,
            id,
            name: entry.name.as_deref().map(Into::into),
            task: self.has_tasks.then(|| "task_x".into()),
            existed: false,
            since: self.now,
        }))
    }

    fn task(&self, pending: &Pending) -> Result<Task> {
        let made = &self.made[&pending.id];
        let state = self.state(made);
        if state == "failed" {
            return Err(Error::new(Status::TaskFailed, Outcome::Unknown, "failed"));
        }
        let is_over = state == "built";
        let created_at = (made.at - self.start).as_secs() as i64;
        let task = serde_json::json!({
            "id": "task_x",
            "status": if is_over { "completed" } else { "running" },
            "created_at": created_at,
            "finished_at": is_over.then(|| {
                created_at + (self.takes * (self.slow)(made.index)).as_secs() as i64
            }),
        });
        let task: Task = serde_json::from_value(task).unwrap();
        assert_eq!(task.status == Some(TaskStatus::Completed), is_over);
        Ok(task)
    }

    /// Runs a fleet of so many disks, one request after another; each takes a millisecond.
    pub(super) fn run(&mut self, disks: usize) -> (FleetCounts, Duration) {
        self.run_plan(disks, Plan::new(Deed::Created, Some(BATCH)))
    }

    pub(super) fn run_plan(&mut self, disks: usize, mut plan: Plan<()>) -> (FleetCounts, Duration) {
        let mut offered = 0;
        let mut results = 0;
        while !plan.is_over() {
            for _ in 0..plan.wanted() {
                if offered == disks {
                    plan.no_more();
                    break;
                }
                plan.offer(Entry {
                    index: offered,
                    name: Some(name(offered)),
                    id: None,
                    spec: (),
                    attempts: 0,
                });
                offered += 1;
            }
            match plan.next(self.now, true) {
                Next::Job(job) => {
                    let ended = self.perform(job);
                    self.now += Duration::from_millis(1);
                    plan.note(ended, self.now);
                }
                Next::Wait(Some(until)) => {
                    assert!(until > self.now, "it would turn round and round");
                    self.now = until;
                }
                Next::Wait(None) => assert!(plan.is_over(), "it waits for nothing"),
            }
            while plan.take_result().is_some() {
                results += 1;
            }
            assert!(self.all() < 20 * disks + 200, "{:?}", self.requests);
        }
        assert_eq!(results, disks);
        (plan.counts(), self.now - self.start)
    }
}

pub(super) fn name(index: usize) -> String {
    format!("d{index}")
}

pub(super) fn built() -> ApiResponse {
    ApiResponse::of(r#"{"disk":{"id":"x"}}"#.to_owned())
}

pub(super) fn entry(index: usize) -> Entry<()> {
    Entry { index, name: Some(name(index)), id: None, spec: (), attempts: 0 }
}
