//! The log of API requests.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::weight::weight;

/// A benchmark must not fill the memory.
const KEPT: usize = 50_000;
const KEPT_BYTES: usize = 64 << 20;
/// The body of a request that takes more is not kept.
const LARGEST_BODY: usize = 8 << 20;

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
    /// About how many bytes it takes; does not change once it is in the log.
    pub(super) fn weight(&self) -> usize {
        let pairs = self.query.iter().map(|(key, value)| key.len() + value.len() + 64);
        let headers = self.headers.iter().map(|(name, value)| name.len() + weight(value) + 64);
        let texts = self.method.len() + self.path.len();
        size_of::<Self>() + texts + pairs.chain(headers).sum::<usize>() + weight(&self.body)
    }

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
    /// What those in `log` take.
    bytes: usize,
}

impl Requests {
    /// Returns the number of the request, for `set_status`.
    pub(crate) fn push(&mut self, mut request: LoggedRequest) -> usize {
        let body = weight(&request.body);
        if body > LARGEST_BODY {
            request.body = Value::String(format!("(not kept: it takes {body} bytes)"));
        }
        self.bytes += request.weight();
        while self.log.len() == KEPT || self.bytes > KEPT_BYTES {
            let Some(oldest) = self.log.pop_front() else { break };
            self.bytes = self.bytes.saturating_sub(oldest.weight());
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
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use serde_json::{Map, Value, json};

    use super::{KEPT, KEPT_BYTES, LARGEST_BODY, LoggedRequest, Requests};

    fn request(body: Value) -> LoggedRequest {
        LoggedRequest {
            method: "POST".into(),
            path: "/x".into(),
            query: Vec::new(),
            headers: Map::new(),
            body,
            status: None,
            at: Duration::ZERO,
            seconds: None,
            came: Instant::now(),
            is_ordered: false,
        }
    }

    #[test]
    fn the_log_is_bounded_by_bytes_and_by_number() {
        let mut requests = Requests::default();
        for number in 0..100 {
            let pushed = requests.push(request(json!("x".repeat(1 << 20))));
            assert_eq!(pushed, number);
        }
        assert!((60..64).contains(&requests.log().len()), "{}", requests.log().len());
        assert!(requests.bytes <= KEPT_BYTES);
        assert_eq!(requests.first() + requests.log().len(), 100);
        requests.clear();
        for _ in 0..KEPT + 10 {
            requests.push(request(Value::Null));
        }
        assert_eq!(requests.log().len(), KEPT);
    }

    #[test]
    fn many_small_values_count_as_much_as_they_take() {
        let mut requests = Requests::default();
        let number = requests.push(request(json!(vec![1; LARGEST_BODY / size_of::<Value>()])));
        let kept = requests.get(number).map(|request| request.body.clone());
        assert!(kept.is_some_and(|body| body.is_string()));
    }
}
