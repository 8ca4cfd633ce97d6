//! How bytes move: HTTP/1.1 on connections of our own, which an interrupt can end.
//!
//! ```text
//! Transport::send ── repeats ──> Transport::attempt ──> Connections: idle, or made anew
//!        │                              │                    tcp.rs, tls.rs, tunnel.rs
//!     retry.rs (may it be repeated?)    └────────────> Wire: request out, answer in
//!                                                           head.rs, body.rs
//! ```

mod answer;
mod body;
mod connection;
mod connections;
mod failure;
mod head;
mod header_lines;
mod input;
mod interrupt;
mod limits;
mod log_line;
mod process;
mod proxy;
mod resolve;
mod retry;
mod route;
mod stream;
mod tcp;
mod tls;
mod tunnel;
mod window;
mod wire;

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http::Method;

pub(crate) use answer::Answer;
pub use answer::RateLimit;
pub use connection::Connection;
pub(crate) use header_lines::HeaderLines;
pub use interrupt::InterruptHook;
pub use log_line::LOG_TARGET;
pub(crate) use process::PerProcess;

use crate::{Error, Outcome, Request, Result};
use connections::Connections;
use failure::Failure;
use limits::Limits;
use log_line::{LogLine, Tried};
use retry::{Attempts, Event};
use window::Window;
use wire::Expected;

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

/// The longest URL of a request; servers take less.
const LONGEST_TARGET: usize = 64 << 10;

/// The way to one service: its URL, its connections, its headers.
pub(crate) struct Transport {
    base_url: String,
    /// What comes before a request's own target: a path, or before a forward proxy the whole URL.
    target_prefix: String,
    headers: HeaderLines,
    timeout: Option<Duration>,
    max_response_bytes: u64,
    connections: PerProcess<Connections>,
    parts: connection::Parts,
    /// Both numbers of a [`RateLimit`] in one word, so that no lock survives a fork.
    rate_limit: AtomicU64,
    window: Window,
}

impl Transport {
    /// `base_url` has no slash at its end; `headers` go with every request.
    pub(crate) fn new(
        base_url: String,
        headers: HeaderLines,
        connection: &Connection,
    ) -> Result<Transport> {
        let parts = connection.parts(&base_url)?;
        let authority = parts.route.authority();
        let path = base_url
            .split_once("://")
            .and_then(|(_, rest)| rest.strip_prefix(authority))
            .unwrap_or_default();
        let forwarded = parts.route.proxy.as_ref().filter(|_| parts.route.is_forwarded());
        let target_prefix = match forwarded {
            Some(_) => format!("http://{authority}{path}"),
            None => path.to_owned(),
        };
        let headers = headers
            .with("base_url", "host", authority)?
            .with("user_agent", "user-agent", &parts.user_agent)?
            .with("accept", "accept", "application/json")?
            .with("accept", "accept-encoding", "gzip")?
            .and(forwarded.map(|proxy| &proxy.authorization));
        Ok(Transport {
            base_url,
            target_prefix,
            headers,
            timeout: connection.timeout,
            max_response_bytes: connection.max_response_bytes,
            connections: PerProcess::new(Connections::new(parts.tls.as_ref())),
            parts,
            rate_limit: AtomicU64::new(NO_RATE_LIMIT),
            window: Window::new(),
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
        self.send_into(service, request, until, &mut Vec::new())
    }

    /// As [`Transport::send`]; the answer's body may take `memory`.
    pub(crate) fn send_into<S: Service>(
        &self,
        service: &S,
        request: &Request,
        until: Option<Instant>,
        memory: &mut Vec<u8>,
    ) -> Result<Answer> {
        let deadline = [deadline_after(self.timeout), until].into_iter().flatten().min();
        if let Some(turn) = self.window.turn().filter(|turn| is_before(Some(*turn), deadline)) {
            self.sleep_until(turn, Outcome::NotSent)?;
        }
        let mut attempt = 0;
        let mut attempts = Attempts::default();
        let mut earlier = Outcome::NotSent;
        loop {
            attempt += 1;
            let line = LogLine::begin(&self.base_url, request, attempt);
            let (error, event) = match self.attempt::<S>(request, deadline, memory) {
                Ok(answer) => {
                    self.note_rate_limit(&answer);
                    if answer.is_success() {
                        line.end(&Tried::Answered(&answer));
                        return Ok(answer);
                    }
                    let error = service.refusal(&answer, request.is_read());
                    let event = self.refusal_event(service, &answer, &error);
                    (error, event)
                }
                Err(failed) => failed,
            };
            let error = error.after_attempt(earlier);
            earlier = error.outcome();
            let repeat = retry::wait_before_repeat(request.is_read(), event, attempts.count(event))
                .filter(|wait| is_before(deadline_after(Some(*wait)), deadline));
            line.end(&Tried::Failed { error: &error, repeat });
            let Some(next) = repeat.and_then(|wait| deadline_after(Some(wait))) else {
                return Err(error);
            };
            // Nothing has happened so far, or it was a read: what the last attempt found holds.
            self.sleep_until(next, earlier)?;
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
        memory: &mut Vec<u8>,
    ) -> std::result::Result<Answer, (Error, Event)> {
        let expected = Expected {
            request_id_headers: S::REQUEST_ID_HEADERS,
            max_body: self.max_response_bytes,
            only_said_keep_alive: self.parts.route.is_forwarded(),
        };
        let mut sent = false;
        self.exchange(request, expected, deadline, memory, &mut sent)
            .map_err(|failure| failure.describe(sent, &self.parts.peer))
    }

    /// Sends the request on one connection and reads its answer. `sent` is set as soon as anything
    /// of the request may have left.
    fn exchange(
        &self,
        request: &Request,
        expected: Expected,
        deadline: Option<Instant>,
        memory: &mut Vec<u8>,
        sent: &mut bool,
    ) -> std::result::Result<Answer, Failure> {
        let limits = Limits { interrupt: &self.parts.interrupt, deadline };
        self.check_target(&request.target)?;
        let connections = self.connections.get(|| Connections::new(self.parts.tls.as_ref()));
        let mut wire = match connections.take(limits) {
            Some(wire) => wire,
            None => {
                connections.open(&self.parts.route, limits.within(self.parts.connect_timeout))?
            }
        };
        let body = request.body.as_deref().map_or(&[][..], Vec::as_slice);
        let parts = [
            request.method.as_str().as_bytes(),
            b" ",
            self.target_prefix.as_bytes(),
            request.target.as_bytes(),
            b" HTTP/1.1\r\n",
            self.headers.as_str().as_bytes(),
            request.headers.as_str().as_bytes(),
            &body_lines(request),
            b"\r\n",
            body,
        ];
        wire.send(&parts, limits, sent)?;
        let (answer, is_reusable) = wire.receive(limits, expected, memory)?;
        if is_reusable {
            connections.put(wire);
        }
        Ok(answer)
    }

    fn check_target(&self, target: &str) -> std::result::Result<(), Failure> {
        let length = self.target_prefix.len() + target.len();
        if length > LONGEST_TARGET {
            return Err(Failure::Unsendable(format!("its URL would have {length} bytes")));
        }
        if !target.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Failure::Unsendable("its URL is not encoded".to_owned()));
        }
        Ok(())
    }

    fn refusal_event(&self, service: &impl Service, answer: &Answer, error: &Error) -> Event {
        match (answer.status, answer.retry_after) {
            (429, None) => {
                let wait = service.rate_limit_window(answer);
                // Only the service's own word is about all calls.
                if let Some(wait) = wait.filter(|_| error.code().is_some()) {
                    self.window.close(wait);
                }
                Event::RateLimited { wait }
            }
            (429, wait) => Event::RateLimited { wait },
            (503, wait) => {
                Event::Unavailable { by_api: error.outcome() == Outcome::Rejected, wait }
            }
            _ => Event::Final,
        }
    }

    fn note_rate_limit(&self, answer: &Answer) {
        if let Some(RateLimit { permitted, remaining }) = answer.rate_limit {
            let packed = u64::from(permitted) << 32 | u64::from(remaining);
            self.rate_limit.store(packed, Ordering::Relaxed);
        }
    }
}

/// The header lines about the body. A POST says that it has none.
fn body_lines(request: &Request) -> Cow<'static, [u8]> {
    match &request.body {
        Some(body) => {
            let length = body.len();
            let lines = format!("content-type: application/json\r\ncontent-length: {length}\r\n");
            Cow::Owned(lines.into_bytes())
        }
        None if request.is_read() || request.method == Method::DELETE => Cow::Borrowed(b""),
        None => Cow::Borrowed(b"content-length: 0\r\n"),
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

#[cfg(test)]
mod tests {
    use super::{Connection, HeaderLines, Transport};

    #[test]
    fn the_path_of_the_base_url() {
        let direct =
            Connection { allow_http: true, proxy: Some("".into()), ..Connection::default() };
        let forwarded = Connection { proxy: Some("http://proxy:3128".into()), ..direct.clone() };
        for (base_url, path) in [
            ("http://api.example/core/v1", "/core/v1"),
            // Hosts whose names are in the scheme, too.
            ("http://h/core/v1", "/core/v1"),
            ("http://p", ""),
            ("http://http:8080/v2.1", "/v2.1"),
        ] {
            let prefix = |connection| {
                let headers = HeaderLines::default();
                Transport::new(base_url.to_owned(), headers, connection).unwrap().target_prefix
            };
            assert_eq!(prefix(&direct), path, "{base_url}");
            assert_eq!(prefix(&forwarded), base_url);
        }
    }
}
