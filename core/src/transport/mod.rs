//! Moves bytes: HTTP by ureq, on connections of our own that an interrupt can end.
//!
//! ```text
//! Transport::send ── repeats ──> exchange: one request and its response, by ureq's agent
//!        │                                      │
//!     retry.rs (may it be repeated?)     HttpConnector: tcp.rs, tls.rs, tunnel.rs
//!                                        Connection: outgoing.rs, raw_head.rs, read_buffer.rs
//! ```

mod agent;
mod base_url;
mod call;
mod connection;
mod connector;
mod crew;
mod deadline;
mod exchange;
mod failure;
mod governor;
mod http_response;
mod interrupt;
mod keep_alive;
mod log_line;
mod minute;
mod outgoing;
mod parsed_head;
mod proxy;
mod rate_limit_gate;
mod raw_head;
mod read_buffer;
mod reading_limit;
mod resolve;
mod retry;
mod route;
mod service_clock;
mod setup;
mod stream;
mod tcp;
mod time_limit;
mod tls;
mod tunnel;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ureq::Agent;

pub(crate) use crew::{Crew, spawn_without_signals};
pub(crate) use deadline::deadline_after;
pub use http_response::RateLimit;
pub(crate) use http_response::{HttpResponse, UsedConnection};
pub(crate) use interrupt::{Beginning, Interrupt};
pub use log_line::LOG_TARGET;
pub(crate) use reading_limit::ReadingLimit;
pub(crate) use time_limit::{CallTimeout, TimeLimit, Until};

use crate::header_lines::HeaderLines;
use crate::http_options::HttpOptions;
use crate::per_process::PerProcess;
use crate::secrets::Secrets;
use crate::{Error, Outcome, Request, Result};
use base_url::BaseUrl;
use connector::{Destination, HttpConnector};
use deadline::Ends;
use exchange::{Expected, exchange};
pub(crate) use governor::Governed;
use governor::{Governor, Permit};
use log_line::{LogLine, Tried};
use outgoing::Additions;
use rate_limit_gate::{RateLimitGate, with_jitter};
use retry::{Attempts, Event};
use setup::Setup;

/// What the transport needs to know about a service.
pub(crate) trait Service {
    /// The headers that may hold the request's id; the first one present is used.
    const REQUEST_ID_HEADERS: &'static [&'static str];

    /// Whether a rate limit concerns all requests of a client, not only those of a kind.
    const LIMITS_ALL_REQUESTS: bool;

    /// Whether a response is what was asked for.
    fn is_answer(&self, response: &HttpResponse) -> bool {
        response.is_success()
    }

    /// The error for a response that is not an answer.
    fn error_of(&self, response: &HttpResponse, is_read: bool) -> Error;

    /// How long a rate limit lasts if the response has no `Retry-After`.
    fn rate_limit_window(&self, response: &HttpResponse) -> Option<Duration>;
}

const NO_RATE_LIMIT: u64 = u64::MAX;

/// Sends the requests of a client to one service: holds its URL, connections and headers.
pub(crate) struct Transport {
    base_url: String,
    parsed: BaseUrl,
    /// Names the service and its proxy in messages.
    peer: String,
    max_response_bytes: u64,
    destination: Arc<Destination>,
    additions: Arc<Additions>,
    agent: PerProcess<Agent>,
    /// Both numbers of a [`RateLimit`] in one word, so that no lock survives a fork.
    rate_limit: AtomicU64,
    gate: RateLimitGate,
    governor: Governor,
    secrets: Secrets,
}

impl Transport {
    /// `base_url` has no slash at its end; `lines` go with every request. No message repeats `secrets`.
    pub(crate) fn new(
        base_url: String,
        lines: HeaderLines,
        options: &HttpOptions,
        secrets: &Secrets,
        interrupt: &Interrupt,
    ) -> Result<Transport> {
        let Setup { base_url: parsed, peer, user_agent, destination } =
            Setup::new(options, &base_url, interrupt)?;
        let route = &destination.route;
        let secrets = secrets.and(route.proxy.as_ref().and_then(|proxy| proxy.secret.as_ref()));
        let forwarding = route.proxy.as_ref().filter(|_| route.is_forwarded());
        let lines = lines
            .with("user_agent", "user-agent", &user_agent)?
            .with("accept", "accept", "application/json")?
            .with("accept", "accept-encoding", "gzip")?
            .and(forwarding.map(|proxy| &proxy.authorization));
        let target_prefix = forwarding.map_or_else(String::new, |_| parsed.origin());
        let additions = Arc::new(Additions { target_prefix, lines });
        let destination = Arc::new(destination);
        Ok(Transport {
            base_url,
            parsed,
            peer,
            max_response_bytes: options.max_response_bytes,
            agent: PerProcess::new(new_agent(&destination, &additions)),
            destination,
            additions,
            rate_limit: AtomicU64::new(NO_RATE_LIMIT),
            gate: RateLimitGate::new(),
            governor: Governor::new(),
            secrets,
        })
    }

    /// What no message may repeat, unless a request has a list of its own.
    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The rate limit as the latest response reported it.
    pub(crate) fn rate_limit(&self) -> Option<RateLimit> {
        let packed = self.rate_limit.load(Ordering::Relaxed);
        (packed != NO_RATE_LIMIT)
            .then_some(RateLimit { permitted: (packed >> 32) as u32, remaining: packed as u32 })
    }

    /// Sends `request`, and repeats it where that is safe and `limit` permits. Returns the response
    /// if it is an answer.
    pub(crate) fn send<S: Service>(
        &self,
        service: &S,
        request: &Request,
        limit: TimeLimit,
    ) -> Result<HttpResponse> {
        self.send_into(service, request, limit, &mut Vec::new())
    }

    /// Like [`Transport::send`], but may reuse `memory` for the response's body.
    pub(crate) fn send_into<S: Service>(
        &self,
        service: &S,
        request: &Request,
        limit: TimeLimit,
        memory: &mut Vec<u8>,
    ) -> Result<HttpResponse> {
        let mut attempt = 0;
        let mut attempts = Attempts::default();
        let mut earlier = Outcome::NotSent;
        let secrets = request.secrets.as_ref().unwrap_or(&self.secrets);
        loop {
            self.wait_for_rate_limit(&limit, attempt == 0, earlier)?;
            let permit = self.permit(&limit, request.is_read(), earlier)?;
            attempt += 1;
            let line = LogLine::begin(&self.base_url, request, attempt);
            let (error, event) = match self.attempt::<S>(request, limit.of_attempt(), memory) {
                Ok(mut response) => {
                    response.keep_secret(secrets);
                    self.note_rate_limit(&response);
                    permit.iter().for_each(|permit| permit.note(&response));
                    if service.is_answer(&response) {
                        line.end(&Tried::Answered(&response));
                        return Ok(response);
                    }
                    response.url = format!("{}{}", self.base_url, request.target);
                    let error = service.error_of(&response, request.is_read());
                    let event = self.event_of(service, &response, &error);
                    (error, event)
                }
                Err(failed) => failed,
            };
            drop(permit);
            let error = error.after_attempt(earlier).without(secrets);
            earlier = error.outcome();
            let wait = retry::wait_before_repeat(request.is_read(), event, attempts.count(event));
            let is_limited = matches!(event, Event::RateLimited { .. });
            let next = deadline_after(wait);
            let next = if is_limited { next.map(with_jitter) } else { next };
            let next = next.filter(|next| limit.permits(*next));
            line.end(&Tried::Failed { error: &error, repeat: wait.filter(|_| next.is_some()) });
            let Some(next) = next else {
                return Err(match wait.filter(|_| is_limited) {
                    Some(wait) => limit.explain(error, wait),
                    None => error,
                });
            };
            // A repeat follows only reads and attempts without effect, so the outcome so far holds.
            self.sleep_until(next, limit, earlier)?;
        }
    }

    /// Waits as long as the rate limit is known to be exhausted, and fails if that is too long. A new
    /// call also lets those go first that have waited, if it has the time. `earlier` is the outcome of the
    /// attempts so far.
    fn wait_for_rate_limit(&self, limit: &TimeLimit, is_new: bool, earlier: Outcome) -> Result<()> {
        let mut has_waited = !is_new;
        while let Some(opens) = self.gate.closed_until() {
            let start = with_jitter(opens);
            if !limit.permits(start) {
                return Err(rate_limited(limit, opens, earlier));
            }
            self.sleep_until(start, *limit, earlier)?;
            has_waited = true;
        }
        let start = self.gate.head_start_until().filter(|_| !has_waited).map(with_jitter);
        match start.filter(|start| limit.permits(*start)) {
            Some(start) => self.sleep_until(start, *limit, earlier),
            None => Ok(()),
        }
    }

    /// Waits until a fleet's share of the rate leaves room for a request.
    fn permit(
        &self,
        limit: &TimeLimit,
        is_read: bool,
        earlier: Outcome,
    ) -> Result<Option<Permit<'_>>> {
        loop {
            let next = match self.governor.take(is_read) {
                Ok(permit) => return Ok(permit),
                Err(next) => next,
            };
            if !limit.permits(next) {
                return Err(rate_limited(limit, next, earlier));
            }
            self.sleep_until(next, *limit, earlier)?;
        }
    }

    fn sleep_until(&self, until: Instant, limit: TimeLimit, outcome: Outcome) -> Result<()> {
        self.destination.interrupt.sleep_until(until, limit.began, outcome)
    }

    /// Lets the governor permit the client's requests until the result is dropped.
    pub(crate) fn govern(&self) -> Governed<'_> {
        self.governor.govern()
    }

    fn attempt<S: Service>(
        &self,
        request: &Request,
        ends: Ends,
        memory: &mut Vec<u8>,
    ) -> std::result::Result<HttpResponse, (Error, Event)> {
        let expected = Expected {
            request_id_headers: S::REQUEST_ID_HEADERS,
            max_body: self.max_response_bytes,
            only_said_keep_alive: self.destination.route.is_forwarded(),
            wants_date: self.governor.is_active(),
        };
        let agent = self.agent.get(|| new_agent(&self.destination, &self.additions));
        let mut sent = false;
        let reading_limit = ReadingLimit::of(&self.destination.interrupt, ends);
        exchange(agent, &self.parsed, request, expected, ends, memory, &mut sent)
            .map(|response| HttpResponse { reading_limit, ..response })
            .map_err(|failure| failure.describe(sent, &self.peer))
    }

    fn event_of<S: Service>(&self, service: &S, response: &HttpResponse, error: &Error) -> Event {
        match (response.status, response.retry_after) {
            (429, asked) => {
                let wait = asked.or_else(|| service.rate_limit_window(response));
                // A proxy's 429 may concern this call only; the service's own concerns all.
                let concerns_all = S::LIMITS_ALL_REQUESTS && error.code().is_some();
                if let Some(wait) = wait.filter(|_| concerns_all) {
                    self.gate.close(wait);
                }
                Event::RateLimited { wait }
            }
            (503, wait) => {
                Event::Unavailable { by_api: error.outcome() == Outcome::Rejected, wait }
            }
            _ => Event::Final,
        }
    }

    fn note_rate_limit(&self, response: &HttpResponse) {
        if let Some(RateLimit { permitted, remaining }) = response.rate_limit {
            let packed = u64::from(permitted) << 32 | u64::from(remaining);
            self.rate_limit.store(packed, Ordering::Relaxed);
        }
    }
}

/// The error of a call whose time ends before requests are permitted again.
fn rate_limited(limit: &TimeLimit, permitted_from: Instant, earlier: Outcome) -> Error {
    let wait = permitted_from.saturating_duration_since(Instant::now());
    limit.rate_limited(wait).after_attempt(earlier)
}

fn new_agent(destination: &Arc<Destination>, additions: &Arc<Additions>) -> Agent {
    let (destination, additions) = (Arc::clone(destination), Arc::clone(additions));
    agent::with_connector(HttpConnector::new(destination, additions))
}
