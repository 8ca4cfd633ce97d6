//! One request and its answer, by ureq.

use std::io::Read;
use std::mem;
use std::time::{Duration, Instant};

use ureq::http::response::Parts as Head;
use ureq::http::uri::{Authority, Parts as UriParts, PathAndQuery, Scheme};
use ureq::http::{
    HeaderName, HeaderValue, Method, Request as Outgoing, StatusCode, Uri, Version, header,
};
use ureq::{Agent, Body};

use super::answer::Answer;
use super::call::{self, Call, Current};
use super::failure::{self, Failure};
use super::keep_alive::{self, LONGEST_IDLE};
use crate::Request;
use crate::json;

/// The longest URL that a request can have, in bytes; servers take less.
const LONGEST_TARGET: usize = 65_534;
/// Of a length that a server only promises, so much is allocated at once.
const FIRST_ALLOCATION: u64 = 1 << 20;
const KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The base URL of a service, ready to be put before the target of each request.
pub(super) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at its end.
    path: String,
}

/// What an answer is read for.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    pub(super) request_id_headers: &'static [&'static str],
    pub(super) max_body: u64,
    /// Whether a connection is kept only if the peer says so. Some proxies hand on the answer as it
    /// is, and close their own connection after it without a word (tinyproxy).
    pub(super) only_said_keep_alive: bool,
}

/// Sends the request and reads its answer; the answer's body may take `memory`. `sent` is set if
/// anything of the request may have left.
pub(super) fn exchange(
    agent: &Agent,
    base_url: &BaseUrl,
    request: &Request,
    expected: Expected,
    deadline: Option<Instant>,
    memory: &mut Vec<u8>,
    sent: &mut bool,
) -> Result<Answer, Failure> {
    loop {
        let call = Current::begin(Call {
            deadline,
            lines: request.headers.clone(),
            target_length: base_url.path.len() + request.target.len(),
            longest_idle: if expected.only_said_keep_alive { Duration::ZERO } else { LONGEST_IDLE },
            body_length: request.body.as_ref().map_or(0, |body| body.len()),
            ..Call::default()
        });
        let answer = run(agent, base_url, request, expected, memory);
        let call = call.end();
        *sent = call.sent;
        match answer {
            // Nothing was sent on it: another connection takes its place.
            Err(Failure::NoLongerOpen) => {}
            Err(failure) => return Err(failure),
            Ok(answer) => return Ok(Answer { subject_token: call.subject_token, ..answer }),
        }
    }
}

fn run(
    agent: &Agent,
    base_url: &BaseUrl,
    request: &Request,
    expected: Expected,
    memory: &mut Vec<u8>,
) -> Result<Answer, Failure> {
    let (mut parts, ()) = Outgoing::new(()).into_parts();
    parts.method = request.method.clone();
    parts.uri = base_url.with(&request.target)?;
    let answer = match &request.body {
        Some(body) => {
            parts.headers.insert(header::CONTENT_TYPE, JSON);
            agent.run(Outgoing::from_parts(parts, body.as_slice()))
        }
        None if request.is_read() || request.method == Method::DELETE => {
            agent.run(Outgoing::from_parts(parts, ()))
        }
        // A POST says that it has no body.
        None => agent.run(Outgoing::from_parts(parts, &[][..])),
    };
    let answer =
        answer.map_err(|error| failure::of_ureq(error, call::current(|call| call.sent)))?;

    let (head, mut body) = answer.into_parts();
    check(&head)?;
    let is_chunked = is_chunked(&head);
    let longest_idle = longest_idle(&head, is_chunked, expected.only_said_keep_alive);
    call::current(|call| {
        call.end_is_too_early = is_chunked;
        call.keep_alive.iter().for_each(|kept| kept.set_longest_idle(longest_idle));
    });
    let mut answer = Answer::of(&head, expected.request_id_headers);
    let is_success = answer.is_success();
    answer.body = read(&mut body, is_chunked, is_success, expected.max_body, memory)?;
    Ok(answer)
}

impl BaseUrl {
    /// `None` if it is not absolute.
    pub(super) fn of(url: Uri) -> Option<BaseUrl> {
        let path = url.path().trim_end_matches('/').to_owned();
        let UriParts { scheme, authority, .. } = url.into_parts();
        Some(BaseUrl { scheme: scheme?, authority: authority?, path })
    }

    /// The URL without its path.
    pub(super) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    fn with(&self, target: &str) -> Result<Uri, Failure> {
        let length = self.path.len() + target.len();
        if length > LONGEST_TARGET {
            return Err(Failure::Unsendable(format!("its URL would have {length} bytes")));
        }
        if !target.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Failure::Unsendable("its URL is not encoded".to_owned()));
        }
        let mut parts = UriParts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        let path = PathAndQuery::try_from([&self.path, target].concat());
        parts.path_and_query = Some(path.map_err(ureq::http::Error::from)?);
        Ok(Uri::from_parts(parts).map_err(ureq::http::Error::from)?)
    }
}

/// Refuses what is not an answer to what was sent.
fn check(head: &Head) -> Result<(), Failure> {
    if head.status == StatusCode::SWITCHING_PROTOCOLS {
        return Err(Failure::Unreadable("it changes the protocol".to_owned()));
    }
    // ureq has removed the line that says how the body was packed, if it unpacks it.
    for (name, known) in [(header::CONTENT_ENCODING, ""), (header::TRANSFER_ENCODING, "chunked")] {
        let is_known = |word: &str| is_one_of(word, &["", "identity", known]);
        for value in head.headers.get_all(&name) {
            if !value.to_str().is_ok_and(|list| words(list).all(is_known)) {
                return Err(Failure::Unreadable(format!("{name} {value:?} was not asked for")));
            }
        }
    }
    Ok(())
}

fn longest_idle(head: &Head, is_chunked: bool, only_said: bool) -> Duration {
    // Two lengths at once are how answers are smuggled past proxies: nothing more from there.
    let is_ambiguous = is_chunked && head.headers.contains_key(header::CONTENT_LENGTH);
    if is_ambiguous || only_said && !says(head, &header::CONNECTION, "keep-alive") {
        return Duration::ZERO;
    }
    match head.headers.get(KEEP_ALIVE) {
        Some(value) => keep_alive::longest_idle(value.to_str().ok()),
        None => LONGEST_IDLE,
    }
}

fn is_chunked(head: &Head) -> bool {
    head.version == Version::HTTP_11 && says(head, &header::TRANSFER_ENCODING, "chunked")
}

fn says(head: &Head, name: &HeaderName, word: &str) -> bool {
    let values = head.headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(words).any(|found| found.eq_ignore_ascii_case(word))
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// The whole body, unpacked: at most `limit` bytes. Takes `memory` for it if its length is known.
fn read(
    body: &mut Body,
    is_chunked: bool,
    is_success: bool,
    limit: u64,
    memory: &mut Vec<u8>,
) -> Result<Vec<u8>, Failure> {
    let announced = body.content_length();
    if announced.is_some_and(|length| length > limit) {
        return Err(Failure::BodyTooLarge(limit));
    }
    let mut all = if announced.is_some() { mem::take(memory) } else { Vec::new() };
    all.clear();
    if let Some(length) = announced {
        // A byte more, which makes a C string of it without another allocation.
        all.reserve_exact(length.min(FIRST_ALLOCATION) as usize + 1);
    }
    let result = body.with_config().limit(limit).reader().read_to_end(&mut all);
    match result.map_err(Failure::from) {
        Ok(_) => Ok(all),
        // What says why a request was refused may end badly, and so may what is complete.
        Err(Failure::Io(_) | Failure::Closed)
            if announced.is_none() && !is_chunked && (!is_success || json::is_object(&all)) =>
        {
            Ok(all)
        }
        Err(failure) => Err(failure),
    }
}

#[cfg(test)]
mod tests;
