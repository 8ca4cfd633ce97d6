//! Lives through a world.

use std::io;
use std::time::Instant;

use serde_json::{Value, json};

use crate::control::Bench;
use crate::face::{Face, Outcome};
use crate::truth::History;
use crate::world::World;

/// What the simulator's clock is moved on before it is judged what has been changed: beyond the longest
/// delay of an effect.
const AFTERWARDS: u64 = 120;

/// One of the calls of a world.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) outcome: Outcome,
    pub(crate) seconds: f64,
    /// Its first request, and the first one after it.
    pub(crate) requests: std::ops::Range<usize>,
    /// The latest version when it returned.
    pub(crate) end: usize,
}

/// What has happened.
#[derive(Debug)]
pub(crate) struct Lived {
    pub(crate) calls: Vec<Call>,
    /// Of everything, with what came late.
    pub(crate) history: History,
}

pub(crate) fn live(world: &World, bench: &mut Bench, face: &mut Face) -> io::Result<Lived> {
    bench.reset()?;
    let scenario = world.scenario();
    bench.order("POST", "/objects", &scenario.objects())?;
    bench.order("POST", "/history", &json!({ "on": true }))?;
    for (path, order) in world.arrangement() {
        bench.order("POST", path, &order)?;
    }
    let orders = world.orders();
    if !orders.is_empty() {
        bench.order("POST", "/answers", &Value::Array(orders))?;
    }
    let mut calls = Vec::new();
    let mut first = 0;
    for number in 0..scenario.calls() {
        // At last somebody who remembers nothing, unless the list hides what was done.
        let is_last = number + 1 == scenario.calls();
        let client = usize::from(number > 0 && is_last && !world.lists_deceive());
        let started = Instant::now();
        let options =
            if scenario.is_cloud() { bench.cloud_options(client) } else { bench.options(client) };
        let outcome = face.call(&options, scenario.operation, &scenario.arguments)?;
        let seconds = started.elapsed().as_secs_f64();
        if let Some(error) = outcome.as_ref().err().filter(|it| it["status"] == "invalid_argument")
        {
            // Nothing was asked, so nothing could be wrong.
            return Err(io::Error::other(format!("wrong arguments: {error}")));
        }
        let history = history(bench)?;
        let requests = first..history.requests.len();
        first = requests.end;
        let end = history.versions.len().saturating_sub(1);
        calls.push(Call { outcome, seconds, requests, end });
    }
    bench.order("POST", "/clock", &json!({ "advance_seconds": AFTERWARDS }))?;
    Ok(Lived { calls, history: history(bench)? })
}

fn history(bench: &mut Bench) -> io::Result<History> {
    Ok(serde_json::from_value(bench.order("GET", "/history", &Value::Null)?)?)
}
