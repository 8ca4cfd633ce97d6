//! What a fleet does next. No I/O and no clock of its own: whoever asks says what time it is.

use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::time::{Duration, Instant};

use super::batch::{self, Batch, Due, Lookup};
use super::counts::Deed;
use super::job::{Ended, Entry, Job};
use super::judgement::{concerns_all, may_pass};
use super::pace::{Pace, Takes};
use super::pilot::Pilot;
use super::results::Results;
use super::setbacks::Setbacks;
use super::work::{Begun, Pending, Seen};
use crate::{
    ApiResponse, Error, FleetCounts, FleetResult, Outcome, Result, Status, Task, TaskStatus,
};

/// How many disks are asked for in advance, and from how few on.
const QUEUED: usize = 128;
const FEW: usize = 64;

/// How many looks are made at once: each holds a page of 200 disks.
const MOST_LOOKS: usize = 4;

/// How often one disk may be refused for a reason that may pass.
const MOST_ATTEMPTS: u32 = 5;

/// The state of a fleet.
pub(super) struct Plan<S> {
    deed: Deed,
    batch_size: Option<usize>,
    pub(super) look_cost: usize,
    queue: VecDeque<Entry<S>>,
    /// Whether all disks were given.
    is_whole: bool,
    preparation: Preparation,
    /// How many disks threads are beginning with.
    beginning: usize,
    /// How many threads are looking.
    looking: usize,
    batches: BTreeMap<usize, Batch>,
    pilot: Pilot,
    setbacks: Setbacks,
    results: Results,
    /// Ends the fleet; nothing more is done.
    failure: Option<Error>,
    has_failed: bool,
}

#[derive(PartialEq)]
enum Preparation {
    Missing,
    UnderWay,
    Done,
}

/// What a thread does now.
#[derive(Debug)]
pub(super) enum Next<S> {
    Job(Job<S>),
    /// Nothing before this time, or until something else has ended.
    Wait(Option<Instant>),
}

impl<S> Plan<S> {
    pub(super) fn new(deed: Deed, batch_size: Option<usize>) -> Plan<S> {
        Plan {
            deed,
            batch_size,
            look_cost: 1,
            queue: VecDeque::new(),
            is_whole: false,
            preparation: Preparation::Missing,
            beginning: 0,
            looking: 0,
            batches: BTreeMap::new(),
            pilot: Pilot::default(),
            setbacks: Setbacks::default(),
            results: Results::new(deed),
            failure: None,
            has_failed: false,
        }
    }

    /// How many more disks it can take now.
    pub(super) fn wanted(&self) -> usize {
        if self.is_whole || self.queue.len() > FEW { 0 } else { QUEUED - self.queue.len() }
    }

    pub(super) fn offer(&mut self, entry: Entry<S>) {
        self.queue.push_back(entry);
    }

    /// All disks were given.
    pub(super) fn no_more(&mut self) {
        self.is_whole = true;
    }

    /// Whether nothing is left to do.
    pub(super) fn is_over(&self) -> bool {
        let is_done = self.is_whole && self.queue.is_empty() && self.beginning == 0;
        is_done && self.batches.is_empty()
    }

    pub(super) fn take_result(&mut self) -> Option<FleetResult> {
        self.results.take()
    }

    /// How many results wait to be taken.
    pub(super) fn results(&self) -> usize {
        self.results.len()
    }

    /// Whether the caller has a reason to wake up.
    pub(super) fn has_news(&self) -> bool {
        !self.results.is_empty() || self.failure.is_some() || self.is_over() || self.wanted() > 0
    }

    /// Ends the fleet.
    pub(super) fn fail_all(&mut self, error: Error) {
        if !self.has_failed {
            (self.has_failed, self.failure) = (true, Some(error));
        }
    }

    pub(super) fn take_failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    pub(super) fn counts(&self) -> FleetCounts {
        let waiting: usize = self.batches.values().map(Batch::len).sum();
        let pending = self.beginning + waiting;
        FleetCounts { pending, not_started: self.queue.len(), ..self.results.counts() }
    }

    /// What a thread does now. One that may not begin with disks is there for all else, since the others may
    /// all be waiting for the rate to permit them that.
    pub(super) fn next(&mut self, now: Instant, may_begin: bool) -> Next<S> {
        if self.has_failed {
            return Next::Wait(None);
        }
        match self.preparation {
            Preparation::Done => {}
            Preparation::UnderWay => return Next::Wait(None),
            Preparation::Missing => {
                if let Some(until) = self.setbacks.pause(now) {
                    return Next::Wait(Some(until));
                }
                let Some(first) = self.queue.pop_front() else { return Next::Wait(None) };
                self.preparation = Preparation::UnderWay;
                self.beginning += 1;
                return Next::Job(Job::Prepare(first));
            }
        }
        let mut next = None;
        if let Some(job) = self.poll(now, &mut next).or_else(|| self.look(now, &mut next)) {
            return Next::Job(job);
        }
        if !may_begin || self.queue.is_empty() {
            return Next::Wait(next);
        }
        if let Some(until) = self.setbacks.pause(now) {
            sooner(&mut next, until);
            return Next::Wait(next);
        }
        let Some(entry) = self.queue.pop_front() else { return Next::Wait(next) };
        self.beginning += 1;
        Next::Job(Job::Begin(entry))
    }

    /// The pilot's task, when it is due.
    fn poll(&mut self, now: Instant, next: &mut Option<Instant>) -> Option<Job<S>> {
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

    fn look(&mut self, now: Instant, next: &mut Option<Instant>) -> Option<Job<S>> {
        let last_begun = if self.queue.is_empty() && self.is_whole && self.beginning == 0 {
            None
        } else {
            self.batches.keys().next_back().copied()
        };
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

    /// Notes what a job came to.
    pub(super) fn note(&mut self, ended: Ended<S>, now: Instant) {
        match ended {
            Ended::Prepared(entry, prepared) => {
                self.beginning -= 1;
                self.queue.push_front(entry);
                self.preparation = Preparation::Done;
                if let Err(error) = prepared {
                    self.fail_all(error);
                }
            }
            Ended::Begun(entry, begun) => {
                self.beginning -= 1;
                self.begun(entry, begun, now);
            }
            Ended::Polled(pending, task) => self.polled(pending, task, now),
            Ended::Looked(number, look) => {
                self.looking -= 1;
                let pace = self.pace();
                let Some(batch) = self.batches.get_mut(&number) else { return };
                let (ended, lookups) = match look {
                    Ok(look) => {
                        let (ended, lookups) = batch.looked(look, pace, now);
                        self.judge_pace(number, &ended, now);
                        (ended, lookups)
                    }
                    Err(error) => batch.look_failed(&error, now),
                };
                lookups.into_iter().for_each(|lookup| self.looked_up(number, lookup));
                ended.into_iter().for_each(|(pending, response)| self.end(pending, response));
                self.drop_empty(number);
            }
            Ended::Read(pending, seen) => self.read(&pending, seen, now),
        }
    }

    fn begun(&mut self, entry: Entry<S>, begun: Result<Begun>, now: Instant) {
        let error = match begun {
            Ok(begun) => {
                self.setbacks.success();
                return match begun {
                    Begun::Pending(pending) => self.batch(pending.index).add(pending),
                    Begun::AfterAnotherLook(at) => {
                        self.queue.push_front(entry);
                        if self.preparation == Preparation::Done {
                            self.preparation = Preparation::Missing;
                            self.setbacks.pause_until(at);
                        }
                    }
                    Begun::Done { id, response, existed } => {
                        let Entry { index, name, .. } = entry;
                        let (id, response) = (Some(id), Ok(response));
                        self.push(FleetResult { index, name, id, existed, response });
                    }
                };
            }
            Err(error) => error,
        };
        match error.outcome() {
            // Its name tells later whether it was created.
            Outcome::Unknown if self.deed == Deed::Created && entry.name.is_some() => {
                let name = entry.name.unwrap_or_default();
                self.batch(entry.index).lose(entry.index, name, error, now);
            }
            Outcome::Unknown => self.fail(entry, error),
            // The fleet was stopped: it was not begun.
            _ if error.status() == Status::Interrupted => self.queue.push_front(entry),
            _ if concerns_all(&error) => {
                self.queue.push_front(entry);
                self.fail_all(error);
            }
            _ if may_pass(&error) => self.set_back(entry, error, now),
            _ => self.fail(entry, error),
        }
    }

    /// After a failure that may pass: all begin later. The service is given up after some minutes.
    fn set_back(&mut self, mut entry: Entry<S>, error: Error, now: Instant) {
        entry.attempts += 1;
        // The service may refuse it for what it is.
        if error.status() == Status::TaskQueueingError && entry.attempts >= MOST_ATTEMPTS {
            return self.fail(entry, error);
        }
        self.queue.push_front(entry);
        if self.setbacks.failure(now) {
            self.fail_all(error);
        }
    }

    fn polled(&mut self, pending: Pending, task: Result<Task>, now: Instant) {
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
                    self.read(&pending, Err(error), now);
                } else if let Some(batch) = self.batches.get_mut(&self.number_of(pending.index)) {
                    // Its task cannot be polled; lists and reads go without.
                    batch.forget_task(&pending.id);
                }
            }
        }
    }

    fn read(&mut self, pending: &Pending, seen: Result<Seen>, now: Instant) {
        let number = self.number_of(pending.index);
        let Some(batch) = self.batches.get_mut(&number) else { return };
        let ended = batch.read(&pending.id, seen, now);
        if let Some((pending, response)) = ended {
            if response.is_ok() && !pending.existed {
                self.pilot.seen_done(&pending.id, now - pending.since);
            }
            self.end(pending, response);
        }
        self.drop_empty(number);
    }

    /// Learns from a look how long disks take.
    fn judge_pace(&mut self, number: usize, ended: &[batch::Outcome], now: Instant) {
        for (pending, _) in ended.iter().filter(|(pending, _)| !pending.existed) {
            self.pilot.seen_done(&pending.id, now - pending.since);
        }
        let youngest = self.batches.get(&number).and_then(Batch::youngest);
        if let (true, Some(youngest)) = (ended.is_empty(), youngest) {
            self.pilot.seen_late(now - youngest);
        }
    }

    fn looked_up(&mut self, number: usize, lookup: Lookup) {
        match lookup {
            Lookup::Found(pending) => self.batches.entry(number).or_default().add(pending),
            Lookup::Nothing(index, name, error) => {
                self.push(FleetResult::of_error(index, Some(name), error));
            }
        }
    }

    /// Ends all that is under way with an error that `of` makes of it, and gives up what was not begun.
    pub(super) fn give_up(&mut self, of: impl Fn(&Pending) -> Error) -> Vec<FleetResult> {
        let mut given_up = Vec::new();
        for batch in mem::take(&mut self.batches).into_values() {
            let mut batch = batch;
            let (waiting, lost) = batch.drain();
            for pending in waiting {
                let error = of(&pending);
                given_up.push(result(pending, Err(error)));
            }
            let lost = lost.into_iter();
            given_up.extend(
                lost.map(|(index, name, error)| FleetResult::of_error(index, Some(name), error)),
            );
        }
        given_up.iter().for_each(|result| self.results.count(result));
        given_up.extend(self.results.drain_unknown());
        given_up
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

    fn fail(&mut self, entry: Entry<S>, error: Error) {
        let Entry { index, name, id, .. } = entry;
        self.push(FleetResult { index, name, id, existed: false, response: Err(error) });
    }

    fn end(&mut self, pending: Pending, response: Result<ApiResponse>) {
        // A disk that was begun with is not rejected, whatever a look or a read came to.
        let has_begun = self.deed != Deed::Seen && !pending.existed;
        let told = |error: Error| if has_begun { error.unclear() } else { error };
        let response = response.map_err(told);
        self.push(result(pending, response));
    }

    /// Hands out a result.
    pub(super) fn push(&mut self, result: FleetResult) {
        self.results.push(result);
    }
}

fn result(pending: Pending, response: Result<ApiResponse>) -> FleetResult {
    let Pending { index, id, name, existed, .. } = pending;
    let (id, name) = (Some(id.into()), name.map(Into::into));
    FleetResult { index, name, id, existed, response }
}

fn sooner(next: &mut Option<Instant>, at: Instant) {
    *next = Some(next.map_or(at, |next| next.min(at)));
}

#[cfg(test)]
mod tests;
