//! Logs one line per attempt, under the target `katapult_disk`.

use std::fmt;
use std::time::{Duration, Instant};

use log::Level::Debug;

use super::HttpResponse;
use crate::{Error, Request};

/// The target of every log record of this crate, and the name of the Python logger.
///
/// ureq logs under `ureq` and `ureq_proto`. Its records hold no token or password of a request, but some
/// lines of a response's head, and whole responses at TRACE: what a service repeats is in them. It writes some of them while it holds a lock, so a logger must not call the client that it
/// logs for.
pub const LOG_TARGET: &str = "katapult_disk";

/// One attempt. Nothing is measured or formatted unless the log is enabled.
pub(super) struct LogLine<'a> {
    base_url: &'a str,
    request: &'a Request,
    attempt: u32,
    began: Option<Instant>,
}

/// How an attempt ended.
pub(super) enum Tried<'a> {
    Answered(&'a HttpResponse),
    Failed { error: &'a Error, repeat: Option<Duration> },
}

impl<'a> LogLine<'a> {
    pub(super) fn begin(base_url: &'a str, request: &'a Request, attempt: u32) -> LogLine<'a> {
        let began = log::log_enabled!(target: LOG_TARGET, Debug).then(Instant::now);
        LogLine { base_url, request, attempt, began }
    }

    pub(super) fn end(&self, tried: &Tried<'_>) {
        let Some(began) = self.began else { return };
        let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
        let LogLine { base_url, request, attempt, .. } = self;
        let (method, target) = (&request.method, &request.target);
        log::debug!(
            target: LOG_TARGET,
            "{method} {base_url}{target}: {} in {milliseconds:.1} ms, attempt {attempt}{}",
            Came(tried),
            After(tried),
        );
    }
}

/// The status of an attempt.
struct Came<'a>(&'a Tried<'a>);

impl fmt::Display for Came<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Tried::Answered(response) => write!(f, "{}", response.status),
            Tried::Failed { error, .. } => {
                if let Some(status) = error.http_status() {
                    write!(f, "{status} ")?;
                }
                write!(f, "{} ({})", error.status().name(), error.outcome())
            }
        }
    }
}

/// The request's id, and the time until the next attempt.
struct After<'a>(&'a Tried<'a>);

impl fmt::Display for After<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (request_id, repeat) = match self.0 {
            Tried::Answered(response) => (response.request_id.as_deref(), None),
            Tried::Failed { error, repeat } => (error.request_id(), *repeat),
        };
        if let Some(request_id) = request_id {
            write!(f, ", request {request_id}")?;
        }
        if let Some(wait) = repeat {
            write!(f, "; again in {:.1} s", wait.as_secs_f64())?;
        }
        Ok(())
    }
}
