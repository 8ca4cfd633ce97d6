//! What must be true in every world. The truth is what the simulator held, not what it said.
//!
//! The history numbers the *versions* of all disks, machines and trash objects: a new one with each
//! change, with who made it. It also tells which version the answer to each request showed: the one of that
//! moment, an older one (a stale reading), or none (an error, a lost answer, another object's).
//!
//! # What a success must rest on
//! Nobody can know what another actor changes after the last reading, and a stale reading is as good as
//! one that was made earlier, while nothing of one's own has happened since. So the wish must have been
//! true in a version that is not older than
//! * the last version that the call itself made (or was told to have made: an ignored change counts),
//! * the version that the last reading of the disk or its trash object showed,
//! * the version that the last reading of its machine showed, where the wish depends on the machine,
//!
//! and not newer than the call's return. One excuse: of disk and machine only one can be read last. If
//! each was read after the call's last change, and what the two readings showed together is the wish, then
//! more readings would not have helped.
//!
//! This asks for no second look at a world that never changes by itself, but after each change for a
//! reading of what it has changed. One stale reading after it does not do, unless what it shows includes the
//! change. A caller who changed nothing may believe one reading; two would be no better against a
//! service that lies twice.
//!
//! # What a change must rest on
//! The same: at the time of an unassign (of a delete) the disk may be attached (assigned) only if it
//! was not in some version since the last own change and the last reading before it. The
//! same holds for every change of a disk whose machine is not the one that the caller named.
//!
//! # The others
//! * After an error that says `not_sent` or `rejected` no version is the call's, also none that came late.
//! * No version of the calls' changes anything but the disk that was named (or that was made), and its
//!   trash object.
//! * Of one idempotency key there is one disk, also after the same call was made three times, at last
//!   by a client that remembers nothing: see [`keys`](crate::keys).
//! * A call ends in its time. An error that says `timed_out` says so in words, too.
//! * "Gone for good" is said only of a disk that does not exist.
//! * What is given back is the disk that was named. A create that does not wait claims no more than that the
//!   service has accepted it: a lie of that answer is passed on.
//! * Where nothing happens, or only what a client can get over (a lost reading, a short rate limit), a call
//!   succeeds: else one that always fails would keep all promises.

use serde_json::Value;

use crate::cloud;
use crate::evidence::Evidence;
use crate::keys;
use crate::run::{Call, Lived};
use crate::scenario::{DISK, Scenario, TIMEOUT, TOLERANCE, Wish};
use crate::truth::{Cause, History, Version};
use crate::world::World;

/// What is broken, in words.
pub(crate) fn judge(world: &World, lived: &Lived) -> Vec<String> {
    if world.scenario().is_cloud() {
        return cloud::judge::judge(world, lived);
    }
    let mut broken = Vec::new();
    for (number, call) in lived.calls.iter().enumerate() {
        let judged = Judged { world, scenario: world.scenario(), lived, call };
        let mut found = judged.all();
        if lived.calls.len() > 1 {
            found = found.into_iter().map(|text| format!("call {}: {text}", number + 1)).collect();
        }
        broken.extend(found);
    }
    broken.extend(keys::two_disks(world, lived));
    broken
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
            Ok(value) => [self.success(value), self.gone(value), None],
            Err(error) => [self.claim(error), self.duty(error), said_in_words(error)],
        };
        let mut broken: Vec<String> = of_outcome.into_iter().flatten().collect();
        broken.extend(self.strangers());
        broken.extend(self.time());
        broken.extend(self.unsafe_changes());
        broken
    }

    fn history(&self) -> &History {
        &self.lived.history
    }

    fn evidence<'a>(&'a self, disk: &'a str) -> Evidence<'a> {
        Evidence { history: self.history(), call: self.call, disk }
    }

    /// The disk that the call was about, or has made.
    fn disk<'v>(&self, value: &'v Value) -> Result<&'v str, String> {
        let given = value["disk"]["id"].as_str();
        if !self.scenario.creates() {
            return match given {
                Some(id) if id != DISK => Err(format!("success: the answer is about {id}")),
                _ => Ok(DISK),
            };
        }
        let id = given.ok_or("success: without a disk")?;
        let versions = &self.history().versions;
        let exists = versions.iter().any(|version| match self.scenario.key() {
            Some(key) => version.with_key(key).any(|disk| disk.id == id),
            None => version.disk(id).is_some(),
        });
        if exists {
            Ok(id)
        } else {
            Err(format!("success: {id} is not the disk that was asked for"))
        }
    }

    /// Whether a create that waits for nothing passes on how the service has answered it.
    fn is_passed_on(&self) -> bool {
        let last = self.history().requests[self.call.requests.clone()].last();
        matches!(self.scenario.wish, Wish::Created { built: false })
            && last.is_some_and(|last| last.method == "POST" && last.status == Some(201))
    }

    fn success(&self, value: &Value) -> Option<String> {
        let disk = match self.disk(value) {
            Ok(disk) => disk,
            Err(_) if self.is_passed_on() => return None,
            Err(broken) => return Some(broken),
        };
        let wish = self.scenario.wish;
        let evidence = self.evidence(disk);
        let from = match (wish, self.made().first()) {
            // Its task goes on, and nobody waits for it.
            (Wish::Created { built: false }, Some(first)) => *first,
            _ => evidence.since(),
        };
        let versions = self.history().versions.get(from..=self.call.end).unwrap_or_default();
        let is_true = versions.iter().any(|version| wish.holds(version, disk));
        (!is_true && !evidence.shows_together(wish)).then(|| {
            let now = self.history().versions.get(self.call.end);
            format!(
                "success: {wish:?} was not true since version {from}, but {}",
                now.map_or_else(String::new, |version| described(version, disk))
            )
        })
    }

    /// "Gone for good".
    fn gone(&self, value: &Value) -> Option<String> {
        let says_so = self.scenario.operation == "ensure_disk_deleted"
            && value.get("trash_object").is_none_or(Value::is_null);
        let from = self.evidence(DISK).since();
        let versions = self.history().versions.get(from..=self.call.end).unwrap_or_default();
        let exists = versions.iter().all(|version| version.disk(DISK).is_some());
        (says_so && exists).then(|| "gone for good: the disk exists".to_owned())
    }

    /// The numbers of the versions that the call has made, now or later.
    fn made(&self) -> Vec<usize> {
        let is_made = |version: &Version| match version.cause {
            Cause::Request(number) => self.call.requests.contains(&number),
            Cause::Actor | Cause::Order => false,
        };
        let numbered = self.history().versions.iter().enumerate();
        numbered.filter(|(_, version)| is_made(version)).map(|(number, _)| number).collect()
    }

    fn claim(&self, error: &Value) -> Option<String> {
        let outcome = error["outcome"].as_str().unwrap_or_default();
        let made = self.made();
        let first = made.first().filter(|_| outcome != "unknown")?;
        Some(format!("outcome: {outcome}, but the call made version {first}"))
    }

    fn duty(&self, error: &Value) -> Option<String> {
        let status = error["status"].as_str().unwrap_or_default();
        let met = self.history().requests.iter().find(|request| request.ordered);
        self.world.must_succeed(met).then(|| format!("failed: {status}, where it should succeed"))
    }

    fn strangers(&self) -> Option<String> {
        let versions = &self.history().versions;
        self.made().into_iter().find_map(|number| {
            let before = &versions[number.checked_sub(1)?];
            let changed =
                strangers_changed(before, &versions[number], &|id: &str| self.is_named(id))?;
            Some(format!("strangers: version {number} changes {changed}"))
        })
    }

    /// A disk that the caller named, or that the call has made.
    fn is_named(&self, id: &str) -> bool {
        let came = self.history().versions.iter().find(|version| version.disk(id).is_some());
        match came.map(|version| version.cause) {
            Some(Cause::Request(number)) => self.call.requests.contains(&number),
            _ => id == DISK && !self.scenario.creates(),
        }
    }

    fn time(&self) -> Option<String> {
        let seconds = self.call.seconds;
        (seconds > TIMEOUT + TOLERANCE).then(|| format!("time: it took {seconds:.1} s"))
    }

    fn unsafe_changes(&self) -> Vec<String> {
        let evidence = self.evidence(DISK);
        let numbers = self.call.requests.clone();
        numbers.flat_map(|number| evidence.unsafe_changes(self.scenario, number)).collect()
    }
}

pub(crate) fn said_in_words(error: &Value) -> Option<String> {
    let text = error["description"].as_str().unwrap_or_default();
    let says_so = ["timeout", "timed out", "within", "time limit", " after "];
    (error["status"] == "timed_out" && !says_so.iter().any(|words| text.contains(words)))
        .then(|| format!("time: nothing about it in {text:?}"))
}

/// What changed that nobody named.
fn strangers_changed(
    before: &Version,
    after: &Version,
    is_named: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let disks = before.disks.iter().chain(&after.disks).map(|disk| disk.id.as_str());
    let mut disks = disks.filter(|id| before.disk(id) != after.disk(id) && !is_named(id));
    if let Some(disk) = disks.next() {
        return Some(disk.to_owned());
    }
    if before.virtual_machines != after.virtual_machines {
        return Some("a virtual machine".to_owned());
    }
    let trash = before.trash_objects.iter().filter(|it| !after.trash_objects.contains(it));
    let mut trash = trash.filter(|it| !it.object_id.as_deref().is_some_and(is_named));
    trash.next().map(|it| it.id.clone())
}

pub(crate) fn described(version: &Version, id: &str) -> String {
    let Some(disk) = version.disk(id) else { return "the disk does not exist".to_owned() };
    let trash = if disk.in_trash { ", in the trash" } else { "" };
    let relation = disk.virtual_machine_disk.as_ref().map(|relation| {
        let machine = &relation.virtual_machine.id;
        let state = version.virtual_machines.get(machine).map_or("?", |it| it.state.as_str());
        let on_boot = if relation.attach_on_boot { "on" } else { "off" };
        format!("{} to {machine} ({state}), attach_on_boot {on_boot}", relation.state)
    });
    let relation = relation.unwrap_or_else(|| "unassigned".to_owned());
    format!("the disk is {relation}, {} GB, {}{trash}", disk.size_in_gb, disk.state)
}

#[cfg(test)]
mod tests;
