//! Rules for a response's head that ureq does not enforce.

use std::time::Duration;

use ureq::http::response::Parts as Head;
use ureq::http::{HeaderName, StatusCode, Version, header};

use super::failure::Failure;
use super::keep_alive::{self, LONGEST_IDLE};

const KEEP_ALIVE: HeaderName = HeaderName::from_static("keep-alive");

/// Rejects a change of protocol and encodings that were not asked for.
pub(super) fn check(head: &Head) -> Result<(), Failure> {
    if head.status == StatusCode::SWITCHING_PROTOCOLS {
        return Err(Failure::Unreadable("it changes the protocol".to_owned()));
    }
    // ureq has removed this header if it decompresses the body.
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

/// How long the connection of this response may stay idle. With `only_said` it is pooled only if the
/// peer asks for it.
pub(super) fn longest_idle(head: &Head, only_said: bool) -> Duration {
    // Two lengths may be an attempt at response smuggling: close the connection (RFC 9112, 6.1).
    let is_ambiguous = says(head, &header::TRANSFER_ENCODING, "chunked")
        && (head.headers.contains_key(header::CONTENT_LENGTH) || head.version == Version::HTTP_10);
    if is_ambiguous || only_said && !says(head, &header::CONNECTION, "keep-alive") {
        return Duration::ZERO;
    }
    match head.headers.get(KEEP_ALIVE) {
        Some(value) => keep_alive::longest_idle(value.to_str().ok()),
        None => LONGEST_IDLE,
    }
}

/// Whether the body is chunked.
pub(super) fn is_chunked(head: &Head) -> bool {
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
