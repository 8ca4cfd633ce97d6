//! One idempotency key, one disk.

use crate::run::Lived;
use crate::truth::{Cause, Version};
use crate::world::World;

/// A disk with the key that an API request has made.
struct Made {
    id: String,
    /// The request's number.
    request: usize,
    /// The version in which it came to be.
    came: usize,
}

/// More than one disk with the key, at the very end.
///
/// The excuses that docs/workflows.md has: the answer to an earlier creation was lost, and when a later call sent
/// its own, the service had not performed the earlier one yet, or did not list its disk yet; or the earlier
/// disk was in the trash then, from where another has restored it. Two creations of one call have no excuse.
pub(crate) fn two_disks(world: &World, lived: &Lived) -> Option<String> {
    let key = world.scenario().key()?;
    let versions = &lived.history.versions;
    let count = versions.last()?.with_key(key).count();
    let made = made(versions, key);
    let is_excused = made.len() == count
        && made.windows(2).all(|pair| is_excused(world, lived, &pair[0], &pair[1]));
    (count > 1 && !is_excused).then(|| format!("one key: {count} disks with it"))
}

/// In the order of their requests.
fn made(versions: &[Version], key: &str) -> Vec<Made> {
    let disks = versions.last().into_iter().flat_map(|version| version.with_key(key));
    let made = disks.filter_map(|disk| {
        let came = versions.iter().position(|version| version.disk(&disk.id).is_some())?;
        match versions[came].cause {
            Cause::Request(request) => Some(Made { id: disk.id.clone(), request, came }),
            Cause::Actor | Cause::Order => None,
        }
    });
    let mut made: Vec<Made> = made.collect();
    made.sort_unstable_by_key(|made| made.request);
    made
}

fn is_excused(world: &World, lived: &Lived, earlier: &Made, later: &Made) -> bool {
    let call = |made: &Made| lived.calls.iter().position(|it| it.requests.contains(&made.request));
    let requests = &lived.history.requests;
    let (first, second) = (&requests[earlier.request], &requests[later.request]);
    let is_lost = first.shown.is_none();
    let comes_later = earlier.came > second.received;
    let versions = &lived.history.versions;
    let listed = versions[earlier.came].at + world.list_lag();
    let deleted = versions[second.received].disk(&earlier.id).is_some_and(|disk| disk.in_trash);
    call(earlier) != call(later) && (deleted || is_lost && (comes_later || second.at < listed))
}
