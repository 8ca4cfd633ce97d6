//! A systematic search for a world in which the library says something that is not true.
//!
//! For each workflow, each operation that waits for its task, and OpenStack's detach, in several states to begin
//! with: at each of its requests one event happens, or two among the first requests. The simulator keeps a history of all
//! objects, and [`judge`] says what must be true of it.
//!
//! | module | what is there |
//! |---|---|
//! | `scenario` | the workflows, their arguments, where they begin, what they wish for |
//! | `event`, `kinds`, `acts` | what may happen to a request |
//! | `cloud` | the same for OpenStack, with a judge of its own |
//! | `plan`, `world` | which events happen in which scenario |
//! | `control`, `face`, `run` | the simulator, the library, one call in one world |
//! | `truth`, `evidence`, `judge`, `keys` | what was true, what the call could know, what must not be |
//! | `pool`, `report`, `options` | hundreds at once; the table, the broken worlds, the page of docs/ |
#![forbid(unsafe_code)]

mod acts;
mod cloud;
mod control;
mod event;
mod evidence;
mod face;
mod judge;
mod keys;
mod kinds;
mod options;
mod plan;
mod pool;
mod report;
mod run;
mod scenario;
mod truth;
mod world;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use event::Asked;
use options::Options;
use pool::{Finished, explore};
use report::Report;
use world::{Known, World};

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("katapult-worlds: {problem}\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    let started = Instant::now();
    let known = learned(&options);
    let mut worlds = plan::worlds(&known);
    options.keep_wanted(&mut worlds);
    if let Some(size) = options.sample() {
        worlds = plan::sample(worlds, size);
    }
    if let Some(count) = options.count {
        worlds = plan::spread(worlds, count);
    }
    plan::in_order(&mut worlds);
    eprintln!("{} worlds of {} scenarios", worlds.len(), known.len());
    let report = Report::of(explore(worlds, &options), started.elapsed());
    report.print();
    if options.is_whole() {
        if let Err(error) = report.write() {
            eprintln!("docs/reliability.md: {error}");
            return ExitCode::from(2);
        }
    }
    if report.is_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The scenarios, and the requests that each has when nothing happens.
fn learned(options: &Options) -> Vec<Arc<Known>> {
    let wanted = options.narrow(scenario::scenarios()).into_iter();
    let without_events = |scenario| World {
        known: Arc::new(Known { scenario, asked: Vec::new() }),
        events: Vec::new(),
    };
    // Through the crate, which is the quickest.
    let options = Options { face: None, ..options.clone() };
    let finished = explore(wanted.map(without_events).collect(), &options);
    finished.into_iter().map(known).collect()
}

fn known(finished: Finished) -> Arc<Known> {
    let lived = finished.lived.as_ref();
    let requests =
        lived.map_or(&[][..], |lived| &lived.history.requests[lived.calls[0].requests.clone()]);
    let asked = requests.iter().map(Asked::of).collect();
    Arc::new(Known { scenario: finished.world.scenario().clone(), asked })
}
