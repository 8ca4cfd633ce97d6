//! The log of requests, or a part of it.

use axum::extract::{Query, State};
use axum::http::Uri;
use serde::Deserialize;

use super::order::Reply;
use crate::json;
use crate::state::{LoggedRequest, Shared};

/// What is not given fits all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filter {
    method: Option<String>,
    /// A part of the path.
    path: Option<String>,
    /// A number, or a class such as `4xx`.
    status: Option<String>,
    /// Seconds since the Unix epoch, of the simulator's clock.
    since: Option<f64>,
    /// An id in the query or in the body.
    id: Option<String>,
    /// Only so many of the latest.
    limit: Option<usize>,
}

impl Filter {
    fn fits(&self, request: &LoggedRequest) -> bool {
        self.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(&request.method))
            && self.path.as_ref().is_none_or(|path| request.path.contains(path))
            && self.status.as_ref().is_none_or(|status| is_status(status, request.status))
            && self.since.is_none_or(|since| micros(request.at.as_secs_f64()) >= micros(since))
            && self.id.as_ref().is_none_or(|id| request.names(id))
    }

    fn check(&self) -> Result<(), &'static str> {
        let is_known = |status: &str| {
            let digits = status.strip_suffix("xx").unwrap_or(status);
            let length = if status.ends_with("xx") { 1 } else { 3 };
            digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        if self.status.as_deref().is_some_and(|status| !is_known(status)) {
            return Err("status: must be a number such as 404, or a class such as 4xx");
        }
        Ok(())
    }
}

/// JSON libraries do not agree on the last digit of a time.
fn micros(seconds: f64) -> f64 {
    (seconds * 1e6).round()
}

fn is_status(wanted: &str, status: Option<u16>) -> bool {
    let status = status.map(|status| status.to_string()).unwrap_or_default();
    match wanted.strip_suffix("xx") {
        Some(class) => status.starts_with(class),
        None => status == wanted,
    }
}

pub(super) async fn view(State(shared): State<Shared>, uri: Uri) -> Reply {
    let filter = match Query::<Filter>::try_from_uri(&uri) {
        Ok(Query(filter)) => filter,
        Err(error) => return Reply::bad_request(error.body_text()),
    };
    if let Err(problem) = filter.check() {
        return Reply::bad_request(problem);
    }
    let state = shared.lock();
    let mut found: Vec<_> =
        state.requests.log().iter().filter(|request| filter.fits(request)).collect();
    if let Some(limit) = filter.limit {
        drop(found.drain(..found.len().saturating_sub(limit)));
    }
    Reply::json(json::to_bytes(&found))
}

pub(super) async fn clear(State(shared): State<Shared>) -> Reply {
    shared.lock().requests.clear();
    Reply::done()
}
