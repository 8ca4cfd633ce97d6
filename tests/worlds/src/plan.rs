//! Which worlds there are.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cloud;
use crate::event::{Event, Kind, What, When};
use crate::kinds;
use crate::scenario::{Scenario, Start, Wish};
use crate::world::{Known, World};

/// How many requests more than without events a call is taken to have.
const BEYOND: usize = 2;

/// Of worlds with two events, as many as this.
const PAIRS: usize = 6000;

/// And as many of OpenStack's.
const PAIRS_OF_CLOUD: usize = 2000;

/// Every world with one event, and a part of those with two among the first requests.
pub(crate) fn worlds(all: &[Arc<Known>]) -> Vec<World> {
    let mut worlds: Vec<World> = all.iter().flat_map(singles).collect();
    let (of_cloud, of_katapult): (Vec<&Arc<Known>>, Vec<&Arc<Known>>) =
        all.iter().partition(|known| known.scenario.is_cloud());
    worlds.extend(spread(of_katapult.into_iter().flat_map(pairs).collect(), PAIRS));
    worlds.extend(spread(of_cloud.into_iter().flat_map(pairs).collect(), PAIRS_OF_CLOUD));
    worlds
}

/// What may happen in a scenario.
fn kinds_of(scenario: &Scenario) -> &'static [Kind] {
    if scenario.is_cloud() { &cloud::kinds::KINDS } else { &kinds::KINDS }
}

/// The longest first: nobody waits for them at the end then.
pub(crate) fn in_order(worlds: &mut [World]) {
    let seconds = |world: &World| {
        let names = world.events.iter().map(|event| event.kind.name);
        let suffix = names.filter_map(|name| name.rsplit('_').next()?.parse::<u32>().ok());
        (suffix.filter(|seconds| *seconds < 100).max().unwrap_or(0), world.scenario().calls())
    };
    worlds.sort_by_key(|world| std::cmp::Reverse(seconds(world)));
}

/// So many of each workflow and kind, always the same ones. More of those where others act, since the service
/// refuses many of them.
pub(crate) fn sample(worlds: Vec<World>, size: usize) -> Vec<World> {
    let mut groups: BTreeMap<(&str, &str), Vec<World>> = BTreeMap::new();
    for world in worlds {
        groups.entry((world.scenario().workflow, world.row())).or_default().push(world);
    }
    let size_of = |group: &[World]| match group {
        [world, ..] => {
            let is_act = |event: &Event| matches!(event.kind.what, What::Act(_));
            size << world.events.iter().filter(|event| is_act(event)).count()
        }
        [] => size,
    };
    let groups = groups.into_values();
    groups
        .flat_map(|group| {
            let size = size_of(&group);
            spread(group, size)
        })
        .collect()
}

/// That many of them, evenly.
pub(crate) fn spread(worlds: Vec<World>, count: usize) -> Vec<World> {
    let all = worlds.len();
    let is_taken = |place: usize| place * count / all != (place + 1) * count / all;
    let numbered = worlds.into_iter().enumerate();
    numbered.filter(|(place, _)| all <= count || is_taken(*place)).map(|(_, world)| world).collect()
}

fn singles(known: &Arc<Known>) -> Vec<World> {
    let nothing = World { known: Arc::clone(known), events: Vec::new() };
    let events = kinds_of(&known.scenario).iter().flat_map(|kind| places(known, kind));
    let world = |event| World { known: Arc::clone(known), events: vec![event] };
    std::iter::once(nothing).chain(events.map(world)).collect()
}

/// Where an event of this kind may happen.
fn places(known: &Known, kind: &'static Kind) -> Vec<Event> {
    if !concerns(known, kind) {
        return Vec::new();
    }
    let event = |at, when| Event { kind, at, when };
    let count = known.asked.len();
    match kind.what {
        What::Lists(_) => vec![event(0, When::Before)],
        What::Fault(fits, _) => {
            let places = (1..=count).filter(|at| fits(&known.asked[at - 1]));
            places.map(|at| event(at, When::Before)).collect()
        }
        // After a reading is before the next request: only changes and the last request need both.
        What::Act(_) => {
            let is_write = |at: &usize| known.asked[at - 1].method != "GET" || *at == count;
            let after = (1..=count).filter(is_write).map(|at| event(at, When::After));
            (1..=count + BEYOND).map(|at| event(at, When::Before)).chain(after).collect()
        }
    }
}

fn concerns(known: &Known, kind: &Kind) -> bool {
    let scenario = &known.scenario;
    if scenario.is_cloud() {
        return true;
    }
    match kind.what {
        What::Lists(_) => scenario.key().is_some() && scenario.makes_a_disk(),
        What::Act(_) => may_act(scenario, kind.name),
        // Elsewhere nobody could know that it is a lie.
        What::Fault(..) if kind.name == "unknown_once" => {
            matches!(scenario.wish, Wish::Created { .. })
        }
        What::Fault(..) => true,
    }
}

/// Whether the service would let others do it.
fn may_act(scenario: &Scenario, act: &str) -> bool {
    let deletes = matches!(scenario.wish, Wish::Deleted { .. });
    match act {
        "deleted" | "purged" | "resized" | "assigned_elsewhere" => true,
        "restored" => deletes,
        "assigned" => scenario.start == Start::Unassigned || scenario.wish == Wish::Unassigned,
        // About the machine, or an assigned disk.
        _ => scenario.concerns_the_machine(),
    }
}

const SECOND: [&str; 8] =
    ["stale", "lost", "lost_after", "late_1", "late_5", "ignored", "task_late_1", "unavailable"];

/// Two events among the first requests: another acts, then acts again or something goes wrong; two faults;
/// lists that deceive, and every fault.
fn pairs(known: &Arc<Known>) -> Vec<World> {
    let is_second = |event: &&Event| match event.kind.what {
        What::Act(_) => event.when == When::Before,
        What::Fault(..) => SECOND.contains(&event.kind.name),
        What::Lists(_) => false,
    };
    let all = kinds_of(&known.scenario).iter();
    let events: Vec<Event> = all.flat_map(|kind| places(known, kind)).collect();
    let mut pairs = Vec::new();
    for one in &events {
        for other in &events {
            let fits = match (&one.kind.what, &other.kind.what) {
                (What::Lists(_), What::Fault(..)) => true,
                (What::Act(_), What::Act(_)) | (What::Fault(..), What::Fault(..)) => {
                    is_second(&one) && is_second(&other) && close(one, other, 1)
                }
                (What::Act(_), What::Fault(..)) => {
                    is_second(&one) && is_second(&other) && close(one, other, 0)
                }
                _ => false,
            };
            if fits {
                let events = vec![one.clone(), other.clone()];
                pairs.push(World { known: Arc::clone(known), events });
            }
        }
    }
    pairs
}

fn close(one: &Event, other: &Event, least: usize) -> bool {
    one.at <= 3 && (one.at + least..=one.at + 2).contains(&other.at)
}
