//! One request and its answer, by ureq.

use std::io::{self, Read};
use std::mem;
use std::time::{Duration, Instant};

use ureq::http::{HeaderValue, Method, Request as Outgoing, header};
use ureq::{Agent, Body};

use super::base_url::BaseUrl;
use super::call::{self, Call, Current};
use super::failure::{self, Failure};
use super::http_response::HttpResponse;
use super::keep_alive::LONGEST_IDLE;
use super::parsed_head;
use super::raw_head::HEAD_LIMIT;
use crate::Request;
use crate::json;

/// Of a length that a server only promises, so much is allocated at once.
const FIRST_ALLOCATION: u64 = 1 << 20;
/// How many bytes are received for each byte of a body at most: a chunk of one byte has six.
const MOST_FRAMING: u64 = 8;
const EMPTY_CHUNKS: u64 = "0\r\n\r\n".len() as u64;
const JSON: HeaderValue = HeaderValue::from_static("application/json");

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
) -> Result<HttpResponse, Failure> {
    loop {
        let call = Current::begin(Call {
            deadline,
            lines: request.headers.clone(),
            target_length: base_url.target_length(&request.target),
            longest_idle: if expected.only_said_keep_alive { Duration::ZERO } else { LONGEST_IDLE },
            most_received: HEAD_LIMIT as u64 + MOST_FRAMING.saturating_mul(expected.max_body),
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
            Ok(answer) => return Ok(HttpResponse { subject_token: call.subject_token, ..answer }),
        }
    }
}

fn run(
    agent: &Agent,
    base_url: &BaseUrl,
    request: &Request,
    expected: Expected,
    memory: &mut Vec<u8>,
) -> Result<HttpResponse, Failure> {
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
    parsed_head::check(&head)?;
    let is_chunked = parsed_head::is_chunked(&head);
    let longest_idle = parsed_head::longest_idle(&head, expected.only_said_keep_alive);
    call::current(|call| {
        call.end_is_too_early = is_chunked;
        call.keep_alive.iter().for_each(|kept| kept.set_longest_idle(longest_idle));
    });
    let mut answer = HttpResponse::of(&head, expected.request_id_headers);
    let is_success = answer.is_success();
    answer.body = read(&mut body, is_chunked, is_success, expected.max_body, memory)?;
    Ok(answer)
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
    let before = call::current(|call| call.used);
    let Err(error) = body.with_config().limit(limit).reader().read_to_end(&mut all) else {
        return Ok(all);
    };
    let used = call::current(|call| call.used) - before;
    if let Some(ureq::Error::Decompress(_, unpacking)) = inner(&error) {
        // Nothing is no gzip, but an empty body all the same. Of an empty one in chunks only the
        // last chunk is used.
        let is_empty = used <= if is_chunked { EMPTY_CHUNKS } else { 0 };
        return match failure::ends_too_early(unpacking) && is_empty {
            true => Ok(Vec::new()),
            false => Err(error.into()),
        };
    }
    match Failure::from(error) {
        // What says why a request was refused may end badly, and so may what is complete.
        Failure::Io(_) | Failure::Closed
            if announced.is_none() && !is_chunked && (!is_success || json::is_object(&all)) =>
        {
            Ok(all)
        }
        failure => Err(failure),
    }
}

/// What ureq says inside an `io::Error`.
fn inner(error: &io::Error) -> Option<&ureq::Error> {
    error.get_ref()?.downcast_ref()
}

#[cfg(test)]
mod tests;
