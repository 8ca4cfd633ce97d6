//! What a fleet does next. No I/O and no clock of its own: whoever asks says what time it is.

use std::collections::VecDeque;
use std::time::Instant;

use super::batch::{Known, Lost};
use super::counts::Deed;
use super::job::{Ended, Entry, Job};
use super::judgement::{concerns_all, may_pass};
use super::results::Results;
use super::setbacks::Setbacks;
use super::watched::{Watched, sooner};
use super::work::{Begun, Pending};
use crate::{ApiResponse, Error, FleetCounts, FleetResult, Outcome, Result, Status};

/// How many disks are asked for in advance, and from how few on.
const QUEUED: usize = 128;
const FEW: usize = 64;

/// How often one disk may be refused for a reason that may pass.
const MOST_ATTEMPTS: u32 = 5;

/// The state of a fleet.
pub(super) struct Plan<S> {
    deed: Deed,
    queue: VecDeque<Entry<S>>,
    /// Whether all disks were given.
    is_whole: bool,
    preparation: Preparation,
    /// How many disks threads are beginning with.
    beginning: usize,
    /// What the service is at work on.
    watched: Watched,
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
            queue: VecDeque::new(),
            is_whole: false,
            preparation: Preparation::Missing,
            beginning: 0,
            watched: Watched::new(batch_size),
            setbacks: Setbacks::default(),
            results: Results::new(deed),
            failure: None,
            has_failed: false,
        }
    }

    /// How many requests a look takes.
    pub(super) fn set_look_cost(&mut self, requests: usize) {
        self.watched.look_cost = requests;
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
        is_done && self.watched.is_empty()
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

    /// Whether a disk has failed of which it is not known what has come of it.
    pub(super) fn is_any_unknown(&self) -> bool {
        self.results.is_any_unknown()
    }

    pub(super) fn counts(&self) -> FleetCounts {
        let pending = self.beginning + self.watched.len();
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
        let is_whole = self.is_whole && self.queue.is_empty() && self.beginning == 0;
        if let Some(job) = self.watched.next(!is_whole, now, &mut next) {
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
            Ended::Polled(pending, task) => {
                let ended = self.watched.polled(&pending, task, now);
                ended.into_iter().for_each(|known| self.end(known));
            }
            Ended::Looked(number, look) => {
                let (ended, lost) = self.watched.looked(number, look, now);
                ended.into_iter().for_each(|known| self.end(known));
                lost.into_iter().for_each(|lost| self.push(lost.into_result()));
            }
            Ended::Read(pending, seen) => {
                let ended = self.watched.read(&pending, seen, now);
                ended.into_iter().for_each(|known| self.end(known));
            }
        }
    }

    fn begun(&mut self, entry: Entry<S>, begun: Result<Begun>, now: Instant) {
        let error = match begun {
            Ok(begun) => {
                self.setbacks.success();
                return match begun {
                    Begun::Pending(pending) => self.watched.add(pending),
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
                self.watched.lose(entry.index, name, error, now);
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

    /// Ends all that is under way with an error that `of` makes of it, and gives up what was not begun.
    pub(super) fn give_up(&mut self, of: impl Fn(&Pending) -> Error) -> Vec<FleetResult> {
        let (waiting, lost) = self.watched.drain();
        let unfinished = |pending: Pending| {
            let error = of(&pending);
            result(pending, Err(error))
        };
        let mut given_up: Vec<FleetResult> = waiting.into_iter().map(unfinished).collect();
        given_up.extend(lost.into_iter().map(Lost::into_result));
        given_up.iter().for_each(|result| self.results.count(result));
        given_up.extend(self.results.drain_unknown());
        given_up
    }

    fn fail(&mut self, entry: Entry<S>, error: Error) {
        let Entry { index, name, id, .. } = entry;
        self.push(FleetResult { index, name, id, existed: false, response: Err(error) });
    }

    fn end(&mut self, (pending, response): Known) {
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

#[cfg(test)]
mod tests;
