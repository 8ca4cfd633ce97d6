//! Hundreds of worlds at once: most of the time their workflows sleep.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{process, thread};

use crate::control::Bench;
use crate::event::{Event, What};
use crate::face::Face;
use crate::judge::judge;
use crate::options::Options;
use crate::run::{Lived, live};
use crate::truth::Cause;
use crate::world::World;

/// A world after its end.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) world: World,
    /// None if the search itself failed.
    pub(crate) lived: Option<Lived>,
    pub(crate) broken: Vec<String>,
}

impl Finished {
    /// Whether a busy machine may be all that is wrong.
    fn lacked_time(&self) -> bool {
        let is_of_time = |text: &String| text.contains("time: ") || text.contains("failed: ");
        !self.broken.is_empty() && self.broken.iter().all(is_of_time)
    }

    /// Whether its events happened, all of them: a call may have ended before, and the service may have refused
    /// what another wanted.
    pub(crate) fn took_place(&self) -> bool {
        let Some(lived) = &self.lived else { return true };
        let is_cloud = self.world.scenario().is_cloud();
        self.world.events.iter().all(|event| happened(event, lived, is_cloud))
    }
}

fn happened(event: &Event, lived: &Lived, is_cloud: bool) -> bool {
    // Lists deceive from the start.
    let Some(number) = event.at.checked_sub(1) else { return true };
    let Some(request) = lived.history.requests.get(number) else { return false };
    if !matches!(event.kind.what, What::Act(_)) {
        return request.ordered;
    }
    if is_cloud {
        // Most acts are about what no version has, such as tokens.
        return !request.acts.is_empty() && request.acts.iter().all(|status| *status == 200);
    }
    let last = lived.history.versions.len() - 1;
    let until = lived.history.requests.get(number + 1).map_or(last, |next| next.received);
    let meanwhile = &lived.history.versions[request.received + 1..=until];
    meanwhile.iter().any(|version| version.cause == Cause::Actor)
}

/// How many at once where the machine must not be too busy.
const CALM: usize = 8;

/// Lives through all worlds, and judges them. What failed for want of time on a busy machine has a second
/// chance on a calm one.
pub(crate) fn explore(worlds: Vec<World>, options: &Options) -> Vec<Finished> {
    let mut finished = explored(worlds, options);
    let places: Vec<usize> = (0..finished.len()).filter(|at| finished[*at].lacked_time()).collect();
    if !places.is_empty() {
        let again = places.iter().map(|at| finished[*at].world.clone()).collect();
        eprintln!("{} worlds again, since they may have lacked time", places.len());
        let calmly = Options { at_once: options.at_once.min(CALM), ..options.clone() };
        for (place, second) in places.into_iter().zip(explored(again, &calmly)) {
            finished[place] = second;
        }
    }
    finished
}

fn explored(worlds: Vec<World>, options: &Options) -> Vec<Finished> {
    let next = AtomicUsize::new(0);
    let finished = Mutex::new(Vec::new());
    let workers = options.at_once.min(worlds.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                if let Err(error) = work(&worlds, &next, &finished, options) {
                    eprintln!("katapult-worlds: no simulator, or no face: {error}");
                    process::exit(2);
                }
            });
        }
        scope.spawn(|| tell(worlds.len(), &finished));
    });
    let mut finished = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
    finished.sort_by_key(|(place, _)| *place);
    finished.into_iter().map(|(_, finished)| finished).collect()
}

type Done = Mutex<Vec<(usize, Finished)>>;

fn work(worlds: &[World], next: &AtomicUsize, done: &Done, options: &Options) -> io::Result<()> {
    let mut bench = Bench::start()?;
    let mut face = Face::new(options.face.as_deref())?;
    loop {
        let place = next.fetch_add(1, Ordering::Relaxed);
        let Some(world) = worlds.get(place) else { return Ok(()) };
        let (lived, broken) = match live(world, &mut bench, &mut face) {
            Ok(lived) => {
                let broken = judge(world, &lived);
                (Some(lived), broken)
            }
            Err(error) => (None, vec![format!("the search itself failed: {error}")]),
        };
        let finished = Finished { world: world.clone(), lived, broken };
        done.lock().unwrap_or_else(PoisonError::into_inner).push((place, finished));
    }
}

/// Says on standard error how far it is.
fn tell(all: usize, done: &Done) {
    let count = || done.lock().unwrap_or_else(PoisonError::into_inner).len();
    let mut ticks = 0u32;
    while count() < all {
        thread::sleep(Duration::from_millis(100));
        ticks += 1;
        if ticks % 100 == 0 {
            eprintln!("{} of {all} worlds", count());
        }
    }
}
