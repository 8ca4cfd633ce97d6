//! What must be true of a detach in every world. The truth is what the simulator held, not what it said.
//!
//! * **Detached.** A success with a wait, or one without a request id (`missing_ok`), says that the volume is not
//!   attached. So it must not have been in a version that is not older than the last one that the call made, and
//!   than the one that the last reading of the attachments showed, and not newer than the call's return.
//! * **Accepted.** A success with a request id and without a wait says that a detach has begun, by this call. That
//!   Nova said so without doing it is passed on.
//! * **Not attached** (the error), "already detaching", "the detach has failed": the volume was not attached, was
//!   being detached, was attached in such a version. With `missing_ok` "not attached" is no error.
//! * **The server is not found**: only where Nova lied about it.
//! * After an error that says `not_sent` or `rejected` no version is the call's, also none that came late.
//! * A DELETE is not sent again after one that may have been performed.
//! * The call changes no other volume, ends in its time, and succeeds where nothing happens that it cannot get over.

use serde_json::Value;

use super::{VOLUME, kinds};
use crate::judge::said_in_words;
use crate::run::{Call, Lived};
use crate::scenario::{Scenario, TIMEOUT, TOLERANCE};
use crate::truth::{Cause, Request, Version, Volume};
use crate::world::World;

/// What is broken, in words.
pub(crate) fn judge(world: &World, lived: &Lived) -> Vec<String> {
    let all = |call| Judged { world, scenario: world.scenario(), lived, call }.all();
    lived.calls.iter().flat_map(all).collect()
}

struct Judged<'a> {
    world: &'a World,
    scenario: &'a Scenario,
    lived: &'a Lived,
    call: &'a Call,
}

impl Judged<'_> {
    fn all(&self) -> Vec<String> {
        let of_outcome = match &self.call.outcome {
            Ok(value) => vec![self.success(value)],
            Err(error) => {
                vec![self.error(error), self.outcome(error), self.duty(error), said_in_words(error)]
            }
        };
        let others = [self.sent_again(), self.strangers(), self.time()];
        of_outcome.into_iter().chain(others).flatten().collect()
    }

    fn success(&self, value: &Value) -> Option<String> {
        if self.scenario.arguments["wait"] == true || value["request_id"].is_null() {
            return self.never("success", "gone", |volume| !volume.attached);
        }
        let is_fake = |request: &Request| request.shown.is_none() && request.succeeded();
        let is_passed_on = self.detaches().any(|(_, request)| is_fake(request));
        (self.made().is_empty() && !is_passed_on)
            .then(|| "success: accepted, but the call has begun no detach".to_owned())
    }

    /// What an error says of the volume or its server.
    fn error(&self, error: &Value) -> Option<String> {
        let status = error["status"].as_str().unwrap_or_default();
        match status {
            "openstack_volume_not_attached" if self.scenario.arguments["missing_ok"] == true => {
                Some(format!("{status}: an error in spite of missing_ok"))
            }
            "openstack_volume_not_attached" => {
                self.never(status, "gone", |volume| !volume.attached)
            }
            "openstack_already_detaching" => {
                self.never(status, "being detached", |volume| volume.status == "detaching")
            }
            "openstack_detach_failed" => {
                self.never(status, "still attached", |volume| volume.attached)
            }
            "openstack_server_not_found" => {
                let is_lie = self.world.events.iter().any(|event| event.kind.name == "no_server");
                (!is_lie).then(|| format!("{status}: the server exists"))
            }
            _ => None,
        }
    }

    /// That the volume was never so, as far as the call could know.
    fn never(&self, said: &str, what: &str, is_so: fn(&Volume) -> bool) -> Option<String> {
        let from = self.since();
        let versions = &self.lived.history.versions;
        let known = versions.get(from..=self.call.end).unwrap_or_default();
        let was_so = known.iter().filter_map(|version| version.volume(VOLUME)).any(is_so);
        (!was_so).then(|| {
            let now = versions.get(self.call.end).map_or_else(String::new, described);
            format!("{said}: the volume was not {what} since version {from}, but {now}")
        })
    }

    /// The version from which on a statement about the volume must have been true.
    fn since(&self) -> usize {
        let requests = &self.lived.history.requests[self.call.requests.clone()];
        let first = requests.first().map_or(0, |request| request.received);
        let own = self.made().into_iter().filter(|number| *number <= self.call.end).max();
        let is_reading = |request: &&Request| {
            request.is_read() && request.path().contains("/os-volume_attachments")
        };
        let tells = |request: &&Request| matches!(request.status, Some(200 | 404));
        let readings = requests.iter().filter(is_reading).filter(tells);
        let shown = readings.filter_map(|request| request.shown).next_back();
        first.max(own.unwrap_or(0)).max(shown.unwrap_or(0))
    }

    fn outcome(&self, error: &Value) -> Option<String> {
        let outcome = error["outcome"].as_str().unwrap_or_default();
        let made = self.made();
        let first = made.first().filter(|_| outcome != "unknown")?;
        Some(format!("outcome: {outcome}, but the call made version {first}"))
    }

    fn duty(&self, error: &Value) -> Option<String> {
        let status = error["status"].as_str().unwrap_or_default();
        let met = self.lived.history.requests.iter().find(|request| request.ordered);
        self.world.must_succeed(met).then(|| format!("failed: {status}, where it should succeed"))
    }

    fn sent_again(&self) -> Option<String> {
        let last = self.detaches().map(|(number, _)| number).last()?;
        let made = |number: usize| {
            let is_its = |version: &Version| version.cause == Cause::Request(number);
            self.lived.history.versions.iter().any(is_its)
        };
        let unclear = self.detaches().filter(|(number, _)| *number < last).find(|(number, it)| {
            let event = self.world.events.iter().find(|event| event.at == number + 1);
            made(*number) || kinds::leaves_unclear(event.filter(|_| it.ordered), it.status)
        });
        unclear.map(|(number, _)| {
            format!("sent again: request {} may have been performed", number + 1)
        })
    }

    fn strangers(&self) -> Option<String> {
        let versions = &self.lived.history.versions;
        self.made().into_iter().find_map(|number| {
            let (before, after) = (versions.get(number.checked_sub(1)?)?, versions.get(number)?);
            let mut pairs = before.volumes.iter().zip(&after.volumes);
            let (_, changed) = pairs.find(|(one, other)| one != other && one.id != VOLUME)?;
            Some(format!("strangers: version {number} changes {}", changed.id))
        })
    }

    fn time(&self) -> Option<String> {
        let seconds = self.call.seconds;
        (seconds > TIMEOUT + TOLERANCE).then(|| format!("time: it took {seconds:.1} s"))
    }

    /// The numbers of the DELETE requests, and these.
    fn detaches(&self) -> impl Iterator<Item = (usize, &Request)> {
        let numbered = self.lived.history.requests.iter().enumerate();
        numbered.filter(|(number, request)| {
            self.call.requests.contains(number) && request.method == "DELETE"
        })
    }

    /// The numbers of the versions that the call has made, now or later.
    fn made(&self) -> Vec<usize> {
        let is_made = |version: &Version| match version.cause {
            Cause::Request(number) => self.call.requests.contains(&number),
            Cause::Actor | Cause::Order => false,
        };
        let numbered = self.lived.history.versions.iter().enumerate();
        numbered.filter(|(_, version)| is_made(version)).map(|(number, _)| number).collect()
    }
}

pub(crate) fn described(version: &Version) -> String {
    match version.volume(VOLUME) {
        Some(volume) if volume.attached => format!("the volume is attached, {}", volume.status),
        Some(_) => "the volume is not attached".to_owned(),
        None => "the volume does not exist".to_owned(),
    }
}

#[cfg(test)]
mod tests;
