//! Shares the permitted rate between fleets, other calls of the client, and other clients of the token.
//!
//! The service counts all requests of a token together, per minute of its clock, and each response tells what
//! is left. So nobody has to agree with anybody: who looks at what is left sees what all the others use. There
//! is no timer, and no lock is held during a request.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::RateLimit;
use super::crew::Crew;
use super::http_response::HttpResponse;
use super::minute::minute;
use super::service_clock::ServiceClock;
use crate::per_process::PerProcess;

/// The parts of the permitted rate that a fleet's writes leave to its reads, or a look could have to wait for
/// the next minute; and that a fleet's reads leave to the client's other calls.
const FOR_LOOKS: f64 = 0.02;
const FOR_OTHERS: f64 = 0.005;

/// In seconds: how much of a new minute a fleet lets pass, in which clocks may differ.
const BEGINNING: f64 = 0.1;

/// In seconds: the old minute's count may live on in the new one for less than a second (recorded).
const OLD_COUNT: f64 = 1.1;

/// How long a minute's first request may take to tell what is left, before another one asks.
const ANSWERS: Duration = Duration::from_secs(2);

/// How soon to look again when only responses that are under way can tell what is left.
const SOON: Duration = Duration::from_millis(10);

/// Permits requests while a fleet is at work; otherwise it is not asked.
pub(super) struct Governor {
    /// The threads of all fleets.
    users: AtomicUsize,
    /// Its own for each process, since another thread may hold the lock when the process forks.
    count: PerProcess<Mutex<Count>>,
}

/// Whose request it is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Claim {
    /// Any call of the client that is not a fleet's.
    Plain,
    /// A fleet's, which may use this share of the permitted rate.
    Read(f64),
    Write(f64),
}

/// What is known of the service's count.
#[derive(Debug)]
struct Count {
    clock: ServiceClock,
    /// The number of the service's minute, since 1970, that `left` is of.
    minute: u64,
    left: Option<Left>,
    /// When the request was sent whose response will tell it.
    asked: Option<Instant>,
    /// Requests of this client that have no response yet.
    under_way: u32,
    /// The service does not tell its count.
    is_not_told: bool,
}

/// What a response told of the count.
#[derive(Clone, Copy, Debug)]
struct Left {
    limit: RateLimit,
    /// It came so early in the minute that it may be the last minute's.
    may_be_old: bool,
}

/// Lets a governor permit requests until this is dropped.
pub(crate) struct Governed<'g> {
    governor: &'g Governor,
}

impl Drop for Governed<'_> {
    fn drop(&mut self) {
        self.governor.users.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A request that was permitted, until this is dropped.
pub(super) struct Permit<'g> {
    governor: &'g Governor,
    sent: Instant,
}

impl Governor {
    pub(super) fn new() -> Governor {
        Governor { users: AtomicUsize::new(0), count: PerProcess::new(Mutex::new(Count::new())) }
    }

    /// Governs all requests of the client until the result is dropped.
    pub(super) fn govern(&self) -> Governed<'_> {
        self.users.fetch_add(1, Ordering::Relaxed);
        Governed { governor: self }
    }

    pub(super) fn is_active(&self) -> bool {
        self.users.load(Ordering::Relaxed) > 0
    }

    /// Permits a request, or says when to ask again. Without a fleet a request needs no permit.
    pub(super) fn take(&self, is_read: bool) -> Result<Option<Permit<'_>>, Instant> {
        if !self.is_active() {
            return Ok(None);
        }
        let sent = Instant::now();
        self.count().take(Claim::of_this_thread(is_read), sent)?;
        Ok(Some(Permit { governor: self, sent }))
    }

    fn count(&self) -> MutexGuard<'_, Count> {
        // Numbers are never left half changed.
        let count = self.count.get(|| Mutex::new(Count::new()));
        count.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    /// Notes what the response to the request tells of the count.
    pub(super) fn note(&self, response: &HttpResponse) {
        self.governor.count().note(response, self.sent, Instant::now());
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut count = self.governor.count();
        // A forked child has a count of its own.
        count.under_way = count.under_way.saturating_sub(1);
        // Without an answer, or with one of the minute before, another request has to ask.
        count.asked = None;
    }
}

impl Claim {
    fn of_this_thread(is_read: bool) -> Claim {
        match Crew::of_this_thread() {
            None => Claim::Plain,
            Some(crew) if is_read => Claim::Read(crew.share),
            Some(crew) => Claim::Write(crew.share),
        }
    }

    /// What has to remain of the permitted requests.
    fn floor(self, permitted: u32) -> u32 {
        let kept = match self {
            Claim::Plain => 0.0,
            Claim::Read(share) => (1.0 - share).max(FOR_OTHERS),
            Claim::Write(share) => (1.0 - share).max(FOR_OTHERS) + FOR_LOOKS,
        };
        (kept * f64::from(permitted)).ceil() as u32
    }
}

impl Count {
    fn new() -> Count {
        Count {
            clock: ServiceClock::new(),
            minute: 0,
            left: None,
            asked: None,
            under_way: 0,
            is_not_told: false,
        }
    }

    fn take(&mut self, claim: Claim, now: Instant) -> Result<(), Instant> {
        match self.wait_until(claim, now) {
            None => {
                self.under_way += 1;
                Ok(())
            }
            Some(until) => Err(until),
        }
    }

    /// When to ask again; `None` permits the request.
    fn wait_until(&mut self, claim: Claim, now: Instant) -> Option<Instant> {
        let is_plain = claim == Claim::Plain;
        let begun = self.turn(now);
        if begun < BEGINNING && !is_plain {
            return Some(self.in_minute(BEGINNING, now));
        }
        if self.may_have_ended(now) && !is_plain {
            return Some(self.in_minute(minute() as f64 + BEGINNING, now));
        }
        let soon = now + SOON;
        let Some(left) = self.left else {
            // One request finds out what others have used of this minute.
            let is_asked = self.asked.is_some_and(|asked| now.duration_since(asked) < ANSWERS);
            if is_asked && !is_plain && !self.is_not_told {
                return Some(soon);
            }
            self.asked = Some(now);
            return None;
        };
        let RateLimit { permitted, remaining, .. } = left.limit;
        let rest = remaining.saturating_sub(claim.floor(permitted));
        if rest == 0 && left.may_be_old {
            if begun < OLD_COUNT {
                return Some(self.in_minute(OLD_COUNT, now));
            }
            self.left = None;
            return self.wait_until(claim, now);
        }
        if rest == 0 {
            return Some(self.in_minute(minute() as f64 + BEGINNING, now));
        }
        // The nearer the end, the fewer at once: others may be about to take what is left, too.
        let at_once = if is_plain { rest } else { (rest / 2).max(1) };
        (self.under_way >= at_once).then_some(soon)
    }

    /// Notes that the service's next minute has begun, if it has; how much of it has passed, in seconds.
    fn turn(&mut self, now: Instant) -> f64 {
        let Some(at) = self.clock.at_least(now) else { return BEGINNING };
        let length = minute();
        let current = at as u64 / length;
        if current > self.minute {
            (self.minute, self.left, self.asked) = (current, None, None);
        }
        at - (self.minute * length) as f64
    }

    /// Whether the next minute may have begun for the service, as far as its clock is known.
    fn may_have_ended(&self, now: Instant) -> bool {
        let end = (self.minute + 1) * minute();
        self.clock.at_most(now).is_some_and(|at| at >= end as f64)
    }

    /// When that much of the minute has passed.
    fn in_minute(&self, seconds: f64, now: Instant) -> Instant {
        self.clock.when((self.minute * minute()) as f64 + seconds, now).max(now + SOON)
    }

    fn note(&mut self, response: &HttpResponse, sent: Instant, received: Instant) {
        let date = response.date.unwrap_or_else(SystemTime::now);
        self.clock.note(date, sent, received);
        let Some(limit) = response.rate_limit else {
            self.is_not_told = true;
            return;
        };
        self.is_not_told = false;
        let seconds = date.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let (of_minute, within) = (seconds / minute(), seconds % minute());
        self.turn(received);
        // A slow response may be the last minute's. One of an earlier minute tells that the clock was set.
        if of_minute + 1 == self.minute {
            return;
        }
        if of_minute != self.minute {
            (self.minute, self.left, self.asked) = (of_minute, None, None);
        }
        let may_be_old = within == 0;
        let is_newer = self.left.is_none_or(|known| {
            // Within a minute the count only falls; responses overtake each other.
            let falls = limit.remaining <= known.limit.remaining;
            let is_reset = limit.remaining > known.limit.remaining + limit.permitted / 10;
            falls || limit.permitted != known.limit.permitted || (known.may_be_old && is_reset)
        });
        if is_newer {
            self.left = Some(Left { limit, may_be_old });
        }
    }
}

#[cfg(test)]
mod tests;
