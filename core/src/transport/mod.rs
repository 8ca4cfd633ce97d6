//! How bytes move: one ureq agent on connections of our own, which an interrupt can end.
//!
//! ```text
//! Transport::send ── repeats ──> Transport::attempt ──> ureq::Agent
//!        │                                                 │ connector chain
//!     retry.rs (may it be repeated?)          CONNECT, tcp.rs, tls.rs, forward.rs, watch
//! ```

mod answer;
mod call;
mod connection;
mod failure;
mod forward;
mod interrupt;
mod log_line;
mod process;
mod proxy;
mod resolve;
mod retry;
mod route;
mod tcp;
mod tls;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, HeaderValue, Request as HttpRequest, header};

pub(crate) use answer::Answer;
pub use answer::RateLimit;
pub use connection::Connection;
pub use interrupt::InterruptHook;

use crate::{Error, Outcome, Request, Result};
use answer::BodyError;
use call::Attempt;
pub use log_line::LOG_TARGET;
use log_line::{LogLine, Tried};
pub(crate) use process::PerProcess;
use retry::Event;

/// What the transport has to know of the service at the other end.
pub(crate) trait Service {
    /// The headers that hold the request's id; the first that is there counts.
    const REQUEST_ID_HEADERS: &'static [&'static str];

    /// The error of an answer that is no success.
    fn refusal(&self, answer: &Answer, is_read: bool) -> Error;

    /// How long a rate limit lasts when the answer does not say.
    fn rate_limit_window(&self, answer: &Answer) -> Option<Duration>;
}

const NO_RATE_LIMIT: u64 = u64::MAX;

/// The way to one service: its URL, its connections, its headers.
pub(crate) struct Transport {
    base_url: String,
    headers: HeaderMap,
    timeout: Option<Duration>,
    max_response_bytes: u64,
    agent: PerProcess<ureq::Agent>,
    parts: connection::Parts,
    /// Both numbers of a [`RateLimit`] in one word, so that no lock survives a fork.
    rate_limit: AtomicU64,
}

impl Transport {
    /// `base_url` has no slash at its end; `headers` go with every request.
    pub(crate) fn new(
        base_url: String,
        mut headers: HeaderMap,
        connection: &Connection,
    ) -> Result<Transport> {
        let parts = connection.parts(&base_url)?;
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(header::USER_AGENT, parts.user_agent.clone());
        Ok(Transport {
            base_url,
            headers,
            timeout: connection.timeout,
            max_response_bytes: connection.max_response_bytes,
            agent: PerProcess::new(parts.agent()),
            parts,
            rate_limit: AtomicU64::new(NO_RATE_LIMIT),
        })
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// What the newest answer said about the rate limit.
    pub(crate) fn rate_limit(&self) -> Option<RateLimit> {
        let packed = self.rate_limit.load(Ordering::Relaxed);
        (packed != NO_RATE_LIMIT)
            .then_some(RateLimit { permitted: (packed >> 32) as u32, remaining: packed as u32 })
    }

    /// Sends `request`, again where that is safe, until the client's timeout or `until`, whichever
    /// is first. Gives the answer if it is a success.
    pub(crate) fn send<S: Service>(
        &self,
        service: &S,
        request: &Request,
        until: Option<Instant>,
    ) -> Result<Answer> {
        let deadline = [deadline_after(self.timeout), until].into_iter().flatten().min();
        let mut attempt = 0;
        loop {
            attempt += 1;
            let line = LogLine::begin(&self.base_url, request, attempt);
            let (error, event) = match self.attempt::<S>(request, deadline) {
                Ok(answer) => {
                    self.note_rate_limit(&answer);
                    if answer.is_success() {
                        line.end(&Tried::Answered(&answer));
                        return Ok(answer);
                    }
                    let error = service.refusal(&answer, request.is_read());
                    let event = refusal_event(service, &answer, &error);
                    (error, event)
                }
                Err(failed) => failed,
            };
            let repeat = retry::wait_before_repeat(request.is_read(), event, attempt)
                .filter(|wait| is_before(deadline_after(Some(*wait)), deadline));
            line.end(&Tried::Failed { error: &error, repeat });
            let Some(next) = repeat.and_then(|wait| deadline_after(Some(wait))) else {
                return Err(error);
            };
            // Nothing has happened so far, or it was a read: what the last attempt found holds.
            self.sleep_until(next, error.outcome())?;
        }
    }

    /// Sleeps, unless the interrupt hook ends it; `outcome` is what holds then.
    pub(crate) fn sleep_until(&self, until: Instant, outcome: Outcome) -> Result<()> {
        self.parts
            .interrupt
            .sleep_until(until)
            .map_err(|stopped| failure::interrupted(stopped, outcome))
    }

    fn attempt<S: Service>(
        &self,
        request: &Request,
        deadline: Option<Instant>,
    ) -> std::result::Result<Answer, (Error, Event)> {
        let agent = self.agent.get(|| self.parts.agent());
        let attempt = Attempt::begin(deadline);
        let failed = |error| failure::describe(error, attempt.sent(), &self.parts);
        let response = self.run(agent, request).map_err(failed)?;
        let read = Answer::read(response, self.max_response_bytes, S::REQUEST_ID_HEADERS);
        read.map_err(|error| match error {
            BodyError::Broken(error) => failed(error),
            BodyError::TooLarge => (failure::too_large(self.max_response_bytes), Event::Final),
        })
    }

    fn run(
        &self,
        agent: &ureq::Agent,
        request: &Request,
    ) -> std::result::Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        let mut http = HttpRequest::new(());
        *http.method_mut() = request.method.clone();
        *http.uri_mut() = format!("{}{}", self.base_url, request.target)
            .parse()
            .map_err(|error| ureq::Error::Http(ureq::http::Error::from(error)))?;
        *http.headers_mut() = self.headers.clone();
        for (name, value) in &request.headers {
            http.headers_mut().insert(name, value.clone());
        }
        match &request.body {
            None => agent.run(http),
            Some(body) => {
                let json = HeaderValue::from_static("application/json");
                http.headers_mut().insert(header::CONTENT_TYPE, json);
                agent.run(http.map(|()| body.as_slice()))
            }
        }
    }

    fn note_rate_limit(&self, answer: &Answer) {
        if let Some(RateLimit { permitted, remaining }) = answer.rate_limit {
            let packed = u64::from(permitted) << 32 | u64::from(remaining);
            self.rate_limit.store(packed, Ordering::Relaxed);
        }
    }
}

/// The moment a limit ends; `None` if there is none, or none that a clock can hold.
pub(crate) fn deadline_after(limit: Option<Duration>) -> Option<Instant> {
    Instant::now().checked_add(limit?)
}

/// Whether there is a moment `next` and it comes before `deadline`.
fn is_before(next: Option<Instant>, deadline: Option<Instant>) -> bool {
    next.is_some_and(|next| deadline.is_none_or(|deadline| next < deadline))
}

fn refusal_event(service: &impl Service, answer: &Answer, error: &Error) -> Event {
    match answer.status {
        429 => Event::RateLimited {
            wait: answer.retry_after.or_else(|| service.rate_limit_window(answer)),
        },
        503 => Event::Unavailable {
            by_api: error.outcome() == Outcome::Rejected,
            wait: answer.retry_after,
        },
        _ => Event::Final,
    }
}
