//! Disks that the service is at work on, and that one look by a list shows together.

use std::mem;
use std::time::{Duration, Instant};

use super::judgement::may_pass;
use super::pace::{GUESS, Pace, SHORTEST_PAUSE};
use super::work::{Look, Pending, Seen, Wanted};
use crate::{ApiResponse, Error, FleetResult};

/// How long a creation whose response was lost may take to show. As of `create_disk_once`.
const MAY_COME: Duration = Duration::from_secs(60);

/// How long a disk may be missing in a list before some of those are read after each look, and before all are.
const MAY_LAG: Duration = Duration::from_secs(10);
const LOST_SIGHT: Duration = Duration::from_secs(60);
const LATE_AT_ONCE: usize = 2;

/// How often a look or a read may fail in a row.
const MOST_FAILURES: u32 = 5;

#[derive(Debug, Default)]
pub(super) struct Batch {
    /// In the order in which they were begun.
    waiting: Vec<Waiting>,
    lost: Vec<Lost>,
    last_look: Option<Instant>,
    /// Whether a thread looks at it now.
    is_busy: bool,
    failures: u32,
}

#[derive(Debug)]
struct Waiting {
    pending: Pending,
    read: Read,
    /// Whether the latest look did not show it.
    is_missing: bool,
    failures: u32,
    last_read: Option<Instant>,
}

#[derive(Debug, PartialEq)]
enum Read {
    NotWanted,
    From(Instant),
    UnderWay,
}

/// A creation whose outcome is not known.
#[derive(Debug)]
pub(super) struct Lost {
    index: usize,
    name: String,
    error: Error,
    since: Instant,
}

impl Lost {
    /// The result, when nothing more is done about it.
    pub(super) fn into_result(self) -> FleetResult {
        FleetResult::of_error(self.index, Some(self.name), self.error)
    }
}

/// What is to be done about a batch.
#[derive(Debug)]
pub(super) enum Due {
    Look(Wanted),
    Read(Pending),
    At(Instant),
    /// Nothing until something else has ended.
    Nothing,
}

/// What has come of a creation whose response was lost.
#[derive(Debug)]
pub(super) enum Lookup {
    Found(Pending),
    Nothing(Lost),
}

/// What has come of a disk.
pub(super) type Known = (Pending, Result<ApiResponse, Error>);

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.lost.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len() + self.lost.len()
    }

    pub(super) fn add(&mut self, pending: Pending) {
        self.waiting.push(Waiting {
            pending,
            read: Read::NotWanted,
            is_missing: false,
            failures: 0,
            last_read: None,
        });
    }

    pub(super) fn lose(&mut self, index: usize, name: String, error: Error, now: Instant) {
        self.lost.push(Lost { index, name, error, since: now });
    }

    /// The one that was begun first and has a task to poll.
    pub(super) fn pilot(&self) -> Option<&Pending> {
        let mut pending = self.waiting.iter().map(|waiting| &waiting.pending);
        pending.find(|pending| pending.task.is_some() && !pending.existed)
    }

    pub(super) fn get(&self, id: &str) -> Option<&Pending> {
        self.waiting.iter().map(|waiting| &waiting.pending).find(|pending| pending.id == id)
    }

    /// When the one began that was begun last.
    pub(super) fn youngest(&self) -> Option<Instant> {
        self.waiting.iter().map(|waiting| waiting.pending.since).max()
    }

    /// The task of a disk cannot be polled.
    pub(super) fn forget_task(&mut self, id: &str) {
        let all = self.waiting.iter_mut().map(|waiting| &mut waiting.pending);
        all.filter(|pending| pending.id == id).for_each(|pending| pending.task = None);
    }

    /// Takes all that is left, when nothing more is done about it.
    pub(super) fn drain(&mut self) -> (Vec<Pending>, Vec<Lost>) {
        let waiting = self.waiting.drain(..).map(|waiting| waiting.pending).collect();
        (waiting, mem::take(&mut self.lost))
    }

    /// What is due now.
    pub(super) fn due(&mut self, pace: Pace, now: Instant) -> Due {
        let mut next: Option<Instant> = None;
        for waiting in &mut self.waiting {
            if let Read::From(from) = waiting.read {
                if from <= now {
                    waiting.read = Read::UnderWay;
                    return Due::Read(waiting.pending.clone());
                }
                next = Some(next.map_or(from, |next| next.min(from)));
            }
        }
        let Some(look_at) = self.look_at(pace).filter(|_| !self.is_busy) else {
            return next.map_or(Due::Nothing, Due::At);
        };
        if look_at > now {
            return Due::At(next.map_or(look_at, |next| next.min(look_at)));
        }
        let is_few = self.lost.is_empty() && self.listed().count() <= pace.look_cost;
        if is_few {
            self.last_look = Some(now);
            let listed = self.waiting.iter_mut().filter(|it| it.read == Read::NotWanted);
            listed.for_each(|waiting| waiting.read = Read::From(now));
            return self.due(pace, now);
        }
        if !pace.may_look {
            return next.map_or(Due::Nothing, Due::At);
        }
        self.is_busy = true;
        Due::Look(Wanted {
            ids: self.listed().map(|waiting| waiting.pending.id.clone()).collect(),
            lost: self.lost.iter().map(|lost| lost.name.clone()).collect(),
        })
    }

    /// Those that a look is for.
    fn listed(&self) -> impl Iterator<Item = &Waiting> {
        self.waiting.iter().filter(|waiting| waiting.read == Read::NotWanted)
    }

    /// When to look next, if there is anything to look for.
    fn look_at(&self, pace: Pace) -> Option<Instant> {
        let oldest = self.listed().map(|waiting| waiting.pending.since).min();
        let youngest = self.listed().map(|waiting| waiting.pending.since).max();
        let lost = self.lost.iter().map(|lost| lost.since).max();
        let latest = youngest.max(lost)?;
        let Some(last_look) = self.last_look else {
            return self.first_look(oldest.zip(youngest), lost, pace);
        };
        let since = last_look.saturating_duration_since(latest);
        let cost = pace.look_cost.min(self.len());
        let again = last_look + pace.pause(since, cost);
        // Disks that have come into it since then have their time, too.
        let first = self.first_look(oldest.zip(youngest), lost, pace)?;
        Some(if first > last_look { first.max(again) } else { again })
    }

    fn first_look(
        &self,
        begun: Option<(Instant, Instant)>,
        lost: Option<Instant>,
        pace: Pace,
    ) -> Option<Instant> {
        let begun = begun.zip(pace.first()).map(|((oldest, youngest), takes)| {
            let whole = youngest + takes;
            // One that fills slowly is looked at before it is full.
            if pace.is_open { whole.min(oldest + takes + GUESS) } else { whole }
        });
        let lost = lost.map(|since| since + SHORTEST_PAUSE);
        [begun, lost].into_iter().flatten().min()
    }

    /// Notes what a look has shown: what has come of disks, and how long the first of them took.
    pub(super) fn looked(
        &mut self,
        look: Look,
        pace: Pace,
        now: Instant,
    ) -> (Vec<Known>, Vec<Lookup>) {
        self.is_busy = false;
        self.failures = 0;
        self.last_look = Some(now);
        let Look { mut seen, mut found } = look;
        let mut ended = Vec::new();
        let mut kept = Vec::with_capacity(self.waiting.len());
        for mut waiting in self.waiting.drain(..) {
            let is_listed = waiting.read == Read::NotWanted;
            match seen.remove(&waiting.pending.id).filter(|_| is_listed) {
                Some(Seen::Done(response)) => {
                    ended.push((waiting.pending, Ok(response)));
                    continue;
                }
                Some(Seen::Unclear) => waiting.read = Read::From(now),
                Some(Seen::NotYet) => waiting.is_missing = false,
                None => waiting.is_missing = is_listed,
            }
            kept.push(waiting);
        }
        self.waiting = kept;
        self.read_late(pace, now);
        let mut lookups = Vec::new();
        for lost in mem::take(&mut self.lost) {
            match found.remove(&lost.name) {
                Some(id) => lookups.push(Lookup::Found(Pending {
                    index: lost.index,
                    id,
                    name: Some(lost.name.into()),
                    task: None,
                    existed: false,
                    since: lost.since,
                })),
                None if now - lost.since >= MAY_COME => {
                    lookups.push(Lookup::Nothing(lost));
                }
                None => self.lost.push(lost),
            }
        }
        (ended, lookups)
    }

    /// Lets some of those be read alone that take unusually long: a list may not show why.
    fn read_late(&mut self, pace: Pace, now: Instant) {
        let is_late = |waiting: &&mut Waiting| {
            let since = waiting.last_read.unwrap_or(waiting.pending.since);
            let patience = if waiting.is_missing { MAY_LAG } else { pace.late() };
            waiting.read == Read::NotWanted && now - since >= patience
        };
        let is_out_of_sight = |waiting: &mut &mut Waiting| {
            waiting.is_missing && now - waiting.pending.since >= LOST_SIGHT
        };
        let mut late: Vec<&mut Waiting> = self.waiting.iter_mut().filter(is_late).collect();
        late.sort_by_key(|waiting| waiting.last_read);
        for (place, mut waiting) in late.into_iter().enumerate() {
            if place < LATE_AT_ONCE || is_out_of_sight(&mut waiting) {
                waiting.read = Read::From(now);
            }
        }
    }

    /// Notes a look that has failed; all are given up when it fails again and again.
    pub(super) fn look_failed(&mut self, error: &Error, now: Instant) -> (Vec<Known>, Vec<Lost>) {
        self.is_busy = false;
        self.last_look = Some(now);
        self.failures += 1;
        if may_pass(error) || self.failures < MOST_FAILURES {
            return (Vec::new(), Vec::new());
        }
        let listed = |waiting: &Waiting| waiting.read == Read::NotWanted;
        let (given_up, kept): (Vec<_>, Vec<_>) =
            mem::take(&mut self.waiting).into_iter().partition(listed);
        self.waiting = kept;
        let given_up = given_up.into_iter().map(|it| (it.pending, Err(error.repeated())));
        (given_up.collect(), mem::take(&mut self.lost))
    }

    /// Notes what reading one disk has shown; what has come of it, if that is known now.
    pub(super) fn read(
        &mut self,
        id: &str,
        seen: Result<Seen, Error>,
        now: Instant,
    ) -> Option<Known> {
        let place = self.waiting.iter().position(|waiting| waiting.pending.id == id)?;
        let waiting = &mut self.waiting[place];
        waiting.last_read = Some(now);
        waiting.read = Read::NotWanted;
        let error = match seen {
            Ok(Seen::Done(response)) => {
                return Some((self.waiting.remove(place).pending, Ok(response)));
            }
            Ok(Seen::NotYet | Seen::Unclear) => return None,
            Err(error) => error,
        };
        waiting.failures += 1;
        if may_pass(&error) && waiting.failures < MOST_FAILURES {
            waiting.read = Read::From(now + SHORTEST_PAUSE * waiting.failures);
            return None;
        }
        Some((self.waiting.remove(place).pending, Err(error)))
    }
}
