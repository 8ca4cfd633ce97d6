//! What may happen to a request, as an order for the simulator.

use serde_json::{Map, Value};

use crate::scenario::Scenario;
use crate::truth::Request;

/// A kind of event: a row of the table.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// For people.
    pub(crate) title: &'static str,
    pub(crate) what: What,
    /// A call succeeds all the same, if it is about a request for which this is true.
    pub(crate) harmless: fn(&Asked) -> bool,
}

#[derive(Debug)]
pub(crate) enum What {
    /// Somebody else acts.
    Act(fn(&str) -> Vec<Value>),
    /// Something goes wrong with requests of this sort.
    Fault(fn(&Asked) -> bool, fn(&Asked) -> Value),
    /// Lists deceive from the start on.
    Lists(fn() -> Value),
}

/// A request as a world without events has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Whether it starts a task.
    pub(crate) starts_task: bool,
    /// Whether its lookup has the id of something in the trash, not of a trash object.
    pub(crate) by_object_id: bool,
}

impl Asked {
    pub(crate) fn of(request: &Request) -> Asked {
        let path = request.path().to_owned();
        let ends = |words: &[&str]| words.iter().any(|word| path.ends_with(word));
        let starts_task = match request.method.as_str() {
            "POST" => ends(&["/attach", "/detach", "/organization/disks"]),
            "PUT" => true,
            "DELETE" => ends(&["/trash_object"]),
            _ => false,
        };
        let by_object_id = request.subject().contains("disk_");
        Asked { method: request.method.clone(), path, starts_task, by_object_id }
    }

    pub(crate) fn is_read(&self) -> bool {
        self.method == "GET"
    }

    pub(crate) fn shows_an_object(&self) -> bool {
        self.is_read() && !self.path.ends_with("/disks") && !self.path.starts_with("/tasks")
    }
}

/// When somebody acts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum When {
    /// Before the service handles the request.
    Before,
    /// After that, but before the answer leaves.
    After,
}

#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) kind: &'static Kind,
    /// The request, from 1; 0 is the start.
    pub(crate) at: usize,
    pub(crate) when: When,
}

impl Event {
    pub(crate) fn name(&self) -> String {
        match (&self.kind.what, self.when) {
            (What::Act(_), When::After) => format!("{}@{}after", self.kind.name, self.at),
            (What::Act(_), When::Before) => format!("{}@{}before", self.kind.name, self.at),
            (What::Lists(_), _) => self.kind.name.to_owned(),
            (What::Fault(..), _) => format!("{}@{}", self.kind.name, self.at),
        }
    }

    /// Whether something goes wrong with its request.
    pub(crate) fn is_fault(&self) -> bool {
        matches!(self.kind.what, What::Fault(..))
    }

    fn add_to(&self, order: &mut Map<String, Value>, scenario: &Scenario, asked: Option<&Asked>) {
        match (&self.kind.what, asked) {
            (What::Act(acts), _) => {
                let key = if self.when == When::Before { "before" } else { "after" };
                order.insert(key.into(), acts(scenario.subject()).into());
            }
            (What::Fault(_, fault), Some(asked)) => {
                if let Value::Object(members) = fault(asked) {
                    order.extend(members);
                }
            }
            (What::Fault(..), None) | (What::Lists(_), _) => {}
        }
    }
}

/// The orders for some events; those about one request are one order.
pub(crate) fn orders(events: &[Event], scenario: &Scenario, asked: &[Asked]) -> Vec<Value> {
    let mut places: Vec<usize> = events.iter().map(|event| event.at).filter(|at| *at > 0).collect();
    places.dedup();
    let order = |at: usize| {
        let mut order = Map::new();
        if !scenario.is_cloud() {
            order.insert("service".into(), "katapult".into());
        }
        order.insert("nth".into(), at.into());
        order.insert("perform".into(), true.into());
        for event in events.iter().filter(|event| event.at == at) {
            event.add_to(&mut order, scenario, asked.get(at - 1));
        }
        order.into()
    };
    places.into_iter().map(order).collect()
}
