//! Canned and lost responses: what a test prepares for the next API requests.

use std::collections::VecDeque;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::weight::weight;
use super::{CloudAct, LoggedRequest, NextTask, new_uuid};

#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) aim: Aim,
    /// None is without end.
    pub(crate) times: Option<usize>,
    /// What others do before the request is handled, and before it is answered.
    pub(crate) before: Vec<Act>,
    pub(crate) after: Vec<Act>,
    pub(crate) performed: Performed,
    /// What is answered, instead of the request's own answer if it is performed.
    pub(crate) canned: Option<Canned>,
    /// About the task that the request starts.
    pub(crate) task: Option<NextTask>,
    /// Between performing and answering.
    pub(crate) delay: Duration,
    pub(crate) sent: Sent,
}

/// Which request an order waits for: what is not given fits all.
#[derive(Clone, Default)]
pub(crate) struct Aim {
    pub(crate) method: Option<Method>,
    pub(crate) service: Option<Service>,
    /// How the path ends.
    pub(crate) path: Option<String>,
    /// An id that is a value in the query or in the body.
    pub(crate) id: Option<String>,
    pub(crate) kind: Option<Kind>,
    /// How many that fit otherwise pass first.
    pub(crate) skip: usize,
    /// How likely one is meant that fits otherwise.
    pub(crate) probability: Option<f64>,
}

#[derive(Clone, PartialEq)]
pub(crate) enum Kind {
    Read,
    Write,
    /// An operation of Katapult, as the counts have it.
    Operation(String),
}

impl Kind {
    fn fits(&self, method: &str, operation: &str) -> bool {
        let is_read = matches!(method, "GET" | "HEAD");
        match self {
            Self::Read => is_read,
            Self::Write => !is_read,
            Self::Operation(wanted) => wanted == operation,
        }
    }
}

impl Aim {
    fn fits(&self, request: &LoggedRequest, operation: &str) -> bool {
        let service = Service::of(&request.path);
        self.method.as_ref().is_none_or(|wanted| wanted.as_str() == request.method)
            && (self.service.is_none() || self.service == service)
            && self.path.as_ref().is_none_or(|end| request.path.ends_with(end.as_str()))
            && self.id.as_ref().is_none_or(|id| request.names(id))
            && self.kind.as_ref().is_none_or(|kind| kind.fits(&request.method, operation))
    }
}

/// What becomes of a request.
#[derive(Clone, PartialEq)]
pub(crate) enum Performed {
    No,
    Yes,
    /// It is answered as if it had been, and changes nothing.
    Ignored,
    /// That much later.
    Late(Duration),
    /// A reading shows the object as it was before its last change.
    Previous,
    /// A reading shows this object.
    Of(String),
}

/// What somebody else does.
#[derive(Clone)]
pub(crate) enum Act {
    /// A Katapult request, below `/core/v1`; how its task goes, if it starts one.
    Request { method: String, path: String, body: Map<String, Value>, task: NextTask },
    /// What happens to a machine: its state, how long its disks take to follow, the trash.
    Machine { id: String, state: Option<String>, lag: Duration, in_trash: Option<bool> },
    /// What happens in OpenStack.
    Cloud(CloudAct),
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Service {
    Katapult,
    Nova,
    Cinder,
    Keystone,
}

impl Service {
    /// None for a path that no service has.
    fn of(path: &str) -> Option<Self> {
        match path.split('/').nth(1) {
            Some("core") => Some(Self::Katapult),
            Some("identity") => Some(Self::Keystone),
            // Behind the region and the interface.
            _ if path.split('/').take(4).any(|part| part == "volume") => Some(Self::Cinder),
            _ if path.split('/').any(|part| matches!(part, "v2" | "v2.1")) => Some(Self::Nova),
            _ => None,
        }
    }
}

/// How much of the response is sent before the connection is closed.
#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Sent {
    /// And the connection stays open.
    #[default]
    Whole,
    Nothing,
    HalfHead,
    HalfBody,
}

#[derive(Clone)]
pub(crate) struct Canned {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl IntoResponse for Canned {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        // The server itself says how long the body is.
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().remove(header::TRANSFER_ENCODING);
        if let Ok(id) = HeaderValue::from_str(&new_uuid()) {
            response.headers_mut().entry("x-request-id").or_insert(id);
        }
        response
    }
}

const KEPT_BYTES: usize = 64 << 20;

impl Answer {
    fn weight(&self) -> usize {
        let headers = |canned: &Canned| -> usize {
            canned.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
        };
        let canned = self.canned.as_ref().map_or(0, |it| it.body.len() + headers(it));
        let act = |act: &Act| match act {
            Act::Request { body, .. } => body.values().map(weight).sum(),
            Act::Machine { .. } | Act::Cloud(_) => 0,
        };
        let acts = self.before.iter().chain(&self.after);
        size_of::<Self>() + canned + acts.map(|it| size_of::<Act>() + act(it)).sum::<usize>()
    }
}

#[derive(Default)]
pub(crate) struct Answers(VecDeque<Answer>);

impl Answers {
    /// # Errors
    /// All of them would take too much memory; then none is added.
    pub(crate) fn add(&mut self, answers: Vec<Answer>) -> Result<(), String> {
        let bytes: usize = self.0.iter().chain(&answers).map(Answer::weight).sum();
        if bytes > KEPT_BYTES {
            return Err(format!(
                "the answers in store would take {bytes} bytes, more than {KEPT_BYTES}"
            ));
        }
        self.0.extend(answers.into_iter().filter(|answer| answer.times != Some(0)));
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first one that fits the request, whose operation is one of Katapult's or none. Those that
    /// let it pass count it, all of them.
    pub(crate) fn pop(&mut self, request: &LoggedRequest, operation: &str) -> Option<Answer> {
        let mut first = None;
        for (place, answer) in self.0.iter_mut().enumerate() {
            match (answer.aim.fits(request, operation), answer.aim.skip) {
                (true, 0) if first.is_none() => {
                    let is_meant = |probability| fastrand::f64() < probability;
                    first = answer.aim.probability.is_none_or(is_meant).then_some(place);
                }
                (true, 0) => {}
                (true, _) => answer.aim.skip -= 1,
                (false, _) => {}
            }
        }
        let place = first?;
        let answer = self.0.get_mut(place)?;
        match &mut answer.times {
            Some(0 | 1) => self.0.remove(place),
            Some(times) => {
                *times -= 1;
                Some(answer.clone())
            }
            None => Some(answer.clone()),
        }
    }

    /// How many requests they are still about, without those that have no end.
    pub(crate) fn left(&self) -> usize {
        self.0.iter().filter_map(|answer| answer.times).fold(0, usize::saturating_add)
    }

    /// How many have no end.
    pub(crate) fn lasting(&self) -> usize {
        self.0.iter().filter(|answer| answer.times.is_none()).count()
    }

    /// Drops all; returns how many requests they would still have answered.
    pub(crate) fn clear(&mut self) -> usize {
        let left = self.left();
        self.0.clear();
        left
    }
}
