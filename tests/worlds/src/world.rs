//! A world: a scenario and what happens in it.

use std::sync::Arc;

use serde_json::Value;

use crate::event::{Asked, Event, What, orders};
use crate::scenario::Scenario;
use crate::truth::Request;

/// A scenario and the requests that it has when nothing happens.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) scenario: Scenario,
    pub(crate) asked: Vec<Asked>,
}

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) known: Arc<Known>,
    pub(crate) events: Vec<Event>,
}

impl World {
    pub(crate) fn scenario(&self) -> &Scenario {
        &self.known.scenario
    }

    /// `ensure_disk_detached.attached/machine_starts@3before+stale@4`
    pub(crate) fn name(&self) -> String {
        let events: Vec<String> = self.events.iter().map(Event::name).collect();
        let events = if events.is_empty() { "nothing".to_owned() } else { events.join("+") };
        format!("{}/{events}", self.scenario().name)
    }

    /// The row of the table.
    pub(crate) fn row(&self) -> &'static str {
        match self.events.as_slice() {
            [] => "nothing happens",
            [one] => one.kind.title,
            [one, other] => match (&one.kind.what, &other.kind.what) {
                (What::Act(_), What::Act(_)) => "two events: others act twice",
                (What::Act(_), What::Fault(..)) => "two events: another acts, and a fault",
                (What::Lists(_), _) => "two events: a list that deceives, and a fault",
                _ => "two events: two faults",
            },
            _ => "more events",
        }
    }

    /// Whether it must succeed all the same, since what happened to this request is harmless.
    pub(crate) fn must_succeed(&self, met: Option<&Request>) -> bool {
        let is_harmless =
            |event: &Event| met.is_some_and(|request| (event.kind.harmless)(&Asked::of(request)));
        self.scenario().succeeds && self.events.len() < 2 && self.events.iter().all(is_harmless)
    }

    /// The orders about requests.
    pub(crate) fn orders(&self) -> Vec<Value> {
        orders(&self.events, self.scenario(), &self.known.asked)
    }

    /// The orders about the world: path and body.
    pub(crate) fn arrangement(&self) -> Vec<(&'static str, Value)> {
        let lists = self.events.iter().filter_map(|event| match event.kind.what {
            What::Lists(order) => Some(("/lists", order())),
            What::Act(_) | What::Fault(..) => None,
        });
        self.scenario().arrangement.iter().cloned().chain(lists).collect()
    }

    /// How long lists do not show a new disk, in seconds.
    pub(crate) fn list_lag(&self) -> f64 {
        let orders = self.arrangement().into_iter().filter(|(path, _)| *path == "/lists");
        orders.filter_map(|(_, order)| order["lag_seconds"].as_f64()).fold(0.0, f64::max)
    }

    pub(crate) fn lists_deceive(&self) -> bool {
        self.events.iter().any(|event| matches!(event.kind.what, What::Lists(_)))
    }
}
