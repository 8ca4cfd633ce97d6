//! The disks that the service is at work on: when to poll, look and read, and what that shows.

use std::collections::BTreeMap;
use std::mem;
use std::time::{Duration, Instant};

use super::batch::{Batch, Due, Known, Lookup, Lost};
use super::job::Job;
use super::judgement::may_pass;
use super::pace::{Pace, Takes};
use super::pilot::Pilot;
use super::work::{Look, Pending, Seen};
use crate::{Error, Result, Status, Task, TaskStatus};

/// How many looks are made at once: each holds a page of 200 disks.
const MOST_LOOKS: usize = 4;

/// The disks that the service is at work on, and the creations whose responses were lost.
#[derive(Debug)]
pub(super) struct Watched {
    batch_size: Option<usize>,
    /// How many requests a look takes.
    pub(super) look_cost: usize,
    /// How many threads are looking.
    looking: usize,
    batches: BTreeMap<usize, Batch>,
    pilot: Pilot,
}

impl Watched {
    pub(super) fn new(batch_size: Option<usize>) -> Watched {
        Watched {
            batch_size,
            look_cost: 1,
            looking: 0,
            batches: BTreeMap::new(),
            pilot: Pilot::default(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.batches.values().map(Batch::len).sum()
    }

    pub(super) fn add(&mut self, pending: Pending) {
        self.batch(pending.index).add(pending);
    }

    /// Notes a creation whose response was lost: its name tells later whether it happened.
    pub(super) fn lose(&mut self, index: usize, name: String, error: Error, now: Instant) {
        self.batch(index).lose(index, name, error, now);
    }

    /// Takes all, when nothing more is done about it.
    pub(super) fn drain(&mut self) -> (Vec<Pending>, Vec<Lost>) {
        let (mut waiting, mut lost) = (Vec::new(), Vec::new());
        for mut batch in mem::take(&mut self.batches).into_values() {
            let (of_batch, lost_of_batch) = batch.drain();
            waiting.extend(of_batch);
            lost.extend(lost_of_batch);
        }
        (waiting, lost)
    }

    /// What is due now; otherwise `next` is made the time when something is, if that is sooner. `is_growing`
    /// says that more disks may come.
    pub(super) fn next<S>(
        &mut self,
        is_growing: bool,
        now: Instant,
        next: &mut Option<Instant>,
    ) -> Option<Job<S>> {
        self.poll(now, next).or_else(|| self.look(is_growing, now, next))
    }

    /// The pilot's task, when it is due.
    fn poll<S>(&mut self, now: Instant, next: &mut Option<Instant>) -> Option<Job<S>> {
        if self.pilot.is_wanted() {
            let first = self.batches.values().find_map(Batch::pilot)?;
            self.pilot.choose(&first.id, first.since);
        }
        let (due, id) = self.pilot.due()?;
        let Some(pending) = self.batches.values().find_map(|batch| batch.get(id)).cloned() else {
            self.pilot.give_up();
            return self.poll(now, next);
        };
        if due > now {
            sooner(next, due);
            return None;
        }
        self.pilot.begin_poll();
        Some(Job::Poll(pending))
    }

    fn look<S>(
        &mut self,
        is_growing: bool,
        now: Instant,
        next: &mut Option<Instant>,
    ) -> Option<Job<S>> {
        let last_begun = self.batches.keys().next_back().copied().filter(|_| is_growing);
        let mut pace = self.pace();
        for (number, batch) in &mut self.batches {
            // Threads that overtake each other may still be beginning in the one before the last.
            pace.is_open = last_begun.is_some_and(|last| *number + 1 >= last);
            let due = batch.due(pace, now);
            if let Takes::Awaited { is_scout } = &mut pace.takes {
                *is_scout = false;
            }
            match due {
                Due::Look(wanted) => {
                    self.looking += 1;
                    return Some(Job::Look(*number, wanted));
                }
                Due::Read(pending) => return Some(Job::Read(pending)),
                Due::At(at) => sooner(next, at),
                Due::Nothing => {}
            }
        }
        None
    }

    fn pace(&self) -> Pace {
        let takes = match (self.pilot.takes(), self.pilot.is_wanted()) {
            (Some(takes), _) => Takes::Known(takes),
            (None, false) => Takes::Awaited { is_scout: true },
            (None, true) => Takes::Unknown,
        };
        let may_look = self.looking < MOST_LOOKS;
        Pace { takes, is_open: false, may_look, look_cost: self.look_cost }
    }

    /// Notes a poll: what has come of the disk, if that is known now.
    pub(super) fn polled(
        &mut self,
        pending: &Pending,
        task: Result<Task>,
        now: Instant,
    ) -> Option<Known> {
        match task {
            Ok(Task { status: Some(TaskStatus::Completed), created_at, finished_at, .. }) => {
                let seconds = finished_at.zip(created_at).map(|(end, start)| end - start);
                let took = seconds.and_then(|seconds| u64::try_from(seconds).ok());
                self.pilot.completed(took.map(Duration::from_secs), now);
            }
            Ok(_) => self.pilot.goes_on(now),
            Err(error) if may_pass(&error) => self.pilot.goes_on(now),
            Err(error) => {
                self.pilot.give_up();
                if error.status() == Status::TaskFailed {
                    return self.read(pending, Err(error), now);
                }
                if let Some(batch) = self.batches.get_mut(&self.number_of(pending.index)) {
                    // Its task cannot be polled; lists and reads go without.
                    batch.forget_task(&pending.id);
                }
            }
        }
        None
    }

    /// Notes a look: what has come of disks, and which creations did not happen.
    pub(super) fn looked(
        &mut self,
        number: usize,
        look: Result<Look>,
        now: Instant,
    ) -> (Vec<Known>, Vec<Lost>) {
        self.looking -= 1;
        let pace = self.pace();
        let Some(batch) = self.batches.get_mut(&number) else { return Default::default() };
        let (ended, lost) = match look {
            Ok(look) => {
                let (ended, lookups) = batch.looked(look, pace, now);
                let mut lost = Vec::new();
                for lookup in lookups {
                    match lookup {
                        Lookup::Found(pending) => batch.add(pending),
                        Lookup::Nothing(nothing) => lost.push(nothing),
                    }
                }
                self.judge_pace(number, &ended, now);
                (ended, lost)
            }
            Err(error) => batch.look_failed(&error, now),
        };
        self.drop_empty(number);
        (ended, lost)
    }

    /// Notes a read: what has come of the disk, if that is known now.
    pub(super) fn read(
        &mut self,
        pending: &Pending,
        seen: Result<Seen>,
        now: Instant,
    ) -> Option<Known> {
        let number = self.number_of(pending.index);
        let ended = self.batches.get_mut(&number)?.read(&pending.id, seen, now);
        if let Some((pending, Ok(_))) = ended.as_ref().filter(|(pending, _)| !pending.existed) {
            self.pilot.seen_done(&pending.id, now - pending.since);
        }
        self.drop_empty(number);
        ended
    }

    /// Learns from a look how long disks take.
    fn judge_pace(&mut self, number: usize, ended: &[Known], now: Instant) {
        for (pending, _) in ended.iter().filter(|(pending, _)| !pending.existed) {
            self.pilot.seen_done(&pending.id, now - pending.since);
        }
        let youngest = self.batches.get(&number).and_then(Batch::youngest);
        if let (true, Some(youngest)) = (ended.is_empty(), youngest) {
            self.pilot.seen_late(now - youngest);
        }
    }

    fn batch(&mut self, index: usize) -> &mut Batch {
        let number = self.number_of(index);
        self.batches.entry(number).or_default()
    }

    fn number_of(&self, index: usize) -> usize {
        self.batch_size.map_or(0, |size| index / size)
    }

    fn drop_empty(&mut self, number: usize) {
        if self.batches.get(&number).is_some_and(Batch::is_empty) {
            self.batches.remove(&number);
        }
    }
}

/// Makes `next` this time, if that is sooner.
pub(super) fn sooner(next: &mut Option<Instant>, at: Instant) {
    *next = Some(next.map_or(at, |next| next.min(at)));
}
