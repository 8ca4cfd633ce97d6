//! The log of API requests.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// A benchmark must not fill the memory.
const KEPT: usize = 50_000;

#[derive(Serialize)]
pub(crate) struct LoggedRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Map<String, Value>,
    pub(crate) body: Value,
    /// None until it has been answered; stays None if the client disconnects before.
    pub(crate) status: Option<u16>,
    /// When it came, by the simulator's clock: seconds since the Unix epoch.
    #[serde(serialize_with = "in_seconds")]
    pub(crate) at: Duration,
    /// From then until its answer, of the real time.
    #[serde(serialize_with = "in_seconds_if_any")]
    pub(crate) seconds: Option<Duration>,
    #[serde(skip)]
    pub(crate) came: Instant,
    /// An order was about it.
    #[serde(skip)]
    pub(crate) is_ordered: bool,
}

fn in_seconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(time.as_secs_f64())
}

fn in_seconds_if_any<S: Serializer>(
    time: &Option<Duration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => in_seconds(time, serializer),
        None => serializer.serialize_none(),
    }
}

impl LoggedRequest {
    /// Whether a value in the query or in the body is this id.
    pub(crate) fn names(&self, id: &str) -> bool {
        self.query.iter().any(|(_, value)| value == id) || holds(&self.body, id)
    }
}

fn holds(value: &Value, text: &str) -> bool {
    match value {
        Value::String(own) => own == text,
        Value::Array(items) => items.iter().any(|item| holds(item, text)),
        Value::Object(members) => members.values().any(|member| holds(member, text)),
        _ => false,
    }
}

#[derive(Default)]
pub(crate) struct Requests {
    log: VecDeque<LoggedRequest>,
    /// The number of the first one in `log`, counted from the start.
    first: usize,
}

impl Requests {
    /// Returns the number of the request, for `set_status`.
    pub(crate) fn push(&mut self, request: LoggedRequest) -> usize {
        if self.log.len() == KEPT {
            self.log.pop_front();
            self.first += 1;
        }
        self.log.push_back(request);
        self.first + self.log.len() - 1
    }

    pub(crate) fn set_status(&mut self, number: usize, status: u16) {
        let place = number.checked_sub(self.first);
        if let Some(request) = place.and_then(|place| self.log.get_mut(place)) {
            request.status = Some(status);
            request.seconds = Some(request.came.elapsed());
        }
    }

    /// How many there were since the start.
    pub(super) fn count(&self) -> usize {
        self.first + self.log.len()
    }

    /// The number of the oldest one that is kept.
    pub(crate) fn first(&self) -> usize {
        self.first
    }

    /// The oldest first, with their numbers.
    pub(crate) fn numbered(&self) -> impl DoubleEndedIterator<Item = (usize, &LoggedRequest)> {
        self.log.iter().enumerate().map(|(place, request)| (self.first + place, request))
    }

    pub(crate) fn get(&self, number: usize) -> Option<&LoggedRequest> {
        self.log.get(number.checked_sub(self.first)?)
    }

    pub(crate) fn log(&self) -> &VecDeque<LoggedRequest> {
        &self.log
    }

    pub(crate) fn clear(&mut self) {
        self.first += self.log.len();
        self.log.clear();
    }
}
