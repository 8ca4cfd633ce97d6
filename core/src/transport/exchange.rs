//! Sends one request through ureq and reads its response.

use std::io::{self, Read};
use std::mem;
use std::time::Duration;

use ureq::http::{HeaderValue, Method, Request as Outgoing, header};
use ureq::{Agent, Body};

use super::base_url::BaseUrl;
use super::call::{self, Call, Current};
use super::deadline::Ends;
use super::failure::{self, Failure};
use super::http_response::{HttpResponse, UsedConnection};
use super::keep_alive::LONGEST_IDLE;
use super::parsed_head;
use super::raw_head::HEAD_LIMIT;
use crate::Request;
use crate::json;

/// In bytes: cap on the first allocation, since Content-Length is only a claim.
const FIRST_ALLOCATION: u64 = 1 << 20;
/// Cap on the bytes received for each byte of a body: a chunk of one byte takes six.
const MOST_FRAMING: u64 = 8;
const EMPTY_CHUNKS: u64 = "0\r\n\r\n".len() as u64;
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// How to read a response.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    pub(super) request_id_headers: &'static [&'static str],
    pub(super) max_body: u64,
    /// Whether to pool a connection only if the peer asks for it. Some proxies (tinyproxy) pass on
    /// the service's headers unchanged and then close the connection.
    pub(super) only_said_keep_alive: bool,
    /// Whether the server's clock is wanted of any response.
    pub(super) wants_date: bool,
}

/// Sends the request and reads its response, whose body may reuse `memory`. Sets `sent` if any part
/// of the request may have been sent.
pub(super) fn exchange(
    agent: &Agent,
    base_url: &BaseUrl,
    request: &Request,
    expected: Expected,
    ends: Ends,
    memory: &mut Vec<u8>,
    sent: &mut bool,
) -> Result<HttpResponse, Failure> {
    loop {
        let call = Current::begin(Call {
            ends,
            lines: request.headers.clone(),
            target_length: base_url.target_length(&request.target),
            longest_idle: if expected.only_said_keep_alive { Duration::ZERO } else { LONGEST_IDLE },
            most_received: HEAD_LIMIT as u64 + MOST_FRAMING.saturating_mul(expected.max_body),
            body_length: request.body.as_ref().map_or(0, |body| body.len()),
            ..Call::default()
        });
        let response = run(agent, base_url, request, expected, memory);
        let call = call.end();
        *sent = call.sent;
        match response {
            // Nothing was sent: try again on another connection.
            Err(Failure::NoLongerOpen) => {}
            Err(failure) => return Err(failure),
            Ok(response) => {
                let Call { subject_token, keep_alive, .. } = call;
                let connection = UsedConnection(keep_alive);
                return Ok(HttpResponse { subject_token, connection, ..response });
            }
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
    let response = match &request.body {
        Some(body) => {
            parts.headers.insert(header::CONTENT_TYPE, JSON);
            agent.run(Outgoing::from_parts(parts, body.as_slice()))
        }
        None if request.is_read() || request.method == Method::DELETE => {
            agent.run(Outgoing::from_parts(parts, ()))
        }
        // An empty POST needs `Content-Length: 0`.
        None => agent.run(Outgoing::from_parts(parts, &[][..])),
    };
    let response =
        response.map_err(|error| failure::of_ureq(error, call::current(|call| call.sent)))?;

    let (head, mut body) = response.into_parts();
    parsed_head::check(&head)?;
    let is_chunked = parsed_head::is_chunked(&head);
    let longest_idle = parsed_head::longest_idle(&head, expected.only_said_keep_alive);
    call::current(|call| {
        call.end_is_too_early = is_chunked;
        call.keep_alive.iter().for_each(|kept| kept.set_longest_idle(longest_idle));
    });
    let mut response = HttpResponse::of(&head, expected.request_id_headers, expected.wants_date);
    let is_success = response.is_success();
    response.body = read(&mut body, is_chunked, is_success, expected.max_body, memory)?;
    Ok(response)
}

/// Reads the whole body, decompressed, up to `limit` bytes. Reuses `memory` if the length is known.
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
        // One byte more, so that the C library can append NUL without another allocation.
        all.reserve_exact(length.min(FIRST_ALLOCATION) as usize + 1);
    }
    let before = call::current(|call| call.used);
    let Err(error) = body.with_config().limit(limit).reader().read_to_end(&mut all) else {
        return Ok(all);
    };
    let used = call::current(|call| call.used) - before;
    if let Some(ureq::Error::Decompress(_, unpacking)) = inner(&error) {
        // An empty body is not valid gzip, but is accepted. If it is chunked, ureq has consumed the
        // last chunk.
        let is_empty = used <= if is_chunked { EMPTY_CHUNKS } else { 0 };
        return match failure::ends_too_early(unpacking) && is_empty {
            true => Ok(Vec::new()),
            false => Err(error.into()),
        };
    }
    match Failure::from(error) {
        // An error's body may be truncated: keep what arrived. A complete JSON object is kept, too.
        Failure::Io(_) | Failure::Closed
            if announced.is_none() && !is_chunked && (!is_success || json::is_object(&all)) =>
        {
            Ok(all)
        }
        failure => Err(failure),
    }
}

/// The error of ureq inside an `io::Error`.
fn inner(error: &io::Error) -> Option<&ureq::Error> {
    error.get_ref()?.downcast_ref()
}

#[cfg(test)]
mod tests;
