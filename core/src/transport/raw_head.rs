//! Scans a response's head before ureq parses it: skips interim responses (1xx) and takes out the
//! token. It finds lines only; what they mean is left to ureq.

use std::mem;

use memchr::memchr;
use zeroize::Zeroize;

use super::failure::Failure;
use crate::Secret;

/// In bytes. Enough for any service with its proxies; more is an attack or a mistake.
pub(super) const HEAD_LIMIT: usize = 64 << 10;
const PREFIX: &[u8] = b"HTTP/1.";
/// Limit of the interim responses (1xx) and empty lines before a response.
const INTERIM_RESPONSES: usize = 100;
const SUBJECT_TOKEN: &[u8] = b"x-subject-token";

/// What to do with the bytes received.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Receive more: the head is not complete.
    Receive,
    /// Drop this many bytes: an interim response.
    Skip(usize),
    /// Let ureq parse the head, or report what is wrong with it.
    HandOver,
}

/// How far the head of one response has been scanned.
#[derive(Debug, Default)]
pub(super) struct RawHead {
    /// Bytes of complete lines.
    scanned: usize,
    is_interim: bool,
    interim_responses: usize,
}

impl RawHead {
    /// Scans `arrived`, which begins with the head. Moves the value of X-Subject-Token to
    /// `subject_token` and leaves spaces in its place.
    pub(super) fn scan(
        &mut self,
        arrived: &mut [u8],
        subject_token: &mut Option<Secret>,
    ) -> Result<Next, Failure> {
        while let Some(length) = memchr(b'\n', &arrived[self.scanned..]) {
            let line = &mut arrived[self.scanned..self.scanned + length];
            let is_first = self.scanned == 0;
            self.scanned += length + 1;
            match matches!(line, [] | [b'\r']) {
                // Empty lines before a response are ignored, as by httparse.
                true if is_first => return self.skip(),
                true if self.is_interim => {
                    *subject_token = None;
                    return self.skip();
                }
                true => return Ok(Next::HandOver),
                false if is_first => self.is_interim = is_interim(line),
                false => take_subject_token(line, subject_token),
            }
        }
        // Stop waiting if this cannot become a valid response.
        let begins = PREFIX.len().min(arrived.len());
        let may_become_one = arrived[..begins] == PREFIX[..begins] || *arrived == *b"\r";
        match may_become_one && arrived.len() <= HEAD_LIMIT {
            true => Ok(Next::Receive),
            false => Ok(Next::HandOver),
        }
    }

    fn skip(&mut self) -> Result<Next, Failure> {
        self.interim_responses += 1;
        if self.interim_responses > INTERIM_RESPONSES {
            return Err(Failure::Unreadable("it only sends interim responses (1xx)".to_owned()));
        }
        Ok(Next::Skip(mem::take(&mut self.scanned)))
    }
}

/// Whether a status line is `HTTP/1.1 1xx`. Not 101, which ends HTTP on this connection.
fn is_interim(status_line: &[u8]) -> bool {
    let is_http = status_line.starts_with(PREFIX);
    let status = status_line.get(b"HTTP/1.1 ".len()..).unwrap_or_default();
    match status {
        [b'1', tens, ones, rest @ ..] if is_http && !status.starts_with(b"101") => {
            let ends = matches!(rest, [] | [b' ' | b'\r', ..]);
            tens.is_ascii_digit() && ones.is_ascii_digit() && ends
        }
        _ => false,
    }
}

fn take_subject_token(line: &mut [u8], subject_token: &mut Option<Secret>) {
    let Some((name, [b':', value @ ..])) = line.split_at_mut_checked(SUBJECT_TOKEN.len()) else {
        return;
    };
    if name.eq_ignore_ascii_case(SUBJECT_TOKEN) {
        *subject_token = std::str::from_utf8(value).ok().map(|value| Secret::from(value.trim()));
        value.zeroize();
        value.fill(b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::{HEAD_LIMIT, INTERIM_RESPONSES, Next, RawHead};
    use crate::Secret;

    /// Scans `text`, received in pieces of `size` bytes. Returns what ureq gets, and the token.
    fn scanned(text: &str, size: usize) -> (String, Option<Secret>) {
        let (mut head, mut arrived, mut token) = (RawHead::default(), Vec::new(), None);
        let mut pieces = text.as_bytes().chunks(size);
        loop {
            match head.scan(&mut arrived, &mut token).unwrap() {
                Next::HandOver => break,
                Next::Skip(length) => drop(arrived.drain(..length)),
                Next::Receive => match pieces.next() {
                    Some(piece) => arrived.extend_from_slice(piece),
                    None => break,
                },
            }
        }
        pieces.for_each(|piece| arrived.extend_from_slice(piece));
        (String::from_utf8(arrived).unwrap(), token)
    }

    #[test]
    fn interim_responses_are_skipped() {
        let response = "HTTP/1.1 200 OK\r\nA: b\r\n\r\nHTTP/1.1 100 of the body\r\n\r\n";
        for before in [
            "",
            "\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 100 Continue\r\nWith: lines\r\n\r\n",
            "HTTP/1.1 102\r\n\r\nHTTP/1.0 103 Early Hints\nLink: x\n\n",
        ] {
            for size in [1, 2, 7, 1000] {
                assert_eq!(scanned(&format!("{before}{response}"), size).0, response, "{before:?}");
            }
        }
    }

    #[test]
    fn the_rest_is_handed_over_as_it_is() {
        for text in [
            "HTTP/1.1 101 Switching\r\n\r\n",
            "HTTP/1.1 1\r\n\r\n",
            "HTTP/1.1 1000 x\r\n\r\n",
            "SSH-2.0-O103 x\r\n\r\n",
            "SSH-2.0-OpenSSH",
            "\0\u{1}",
            "HTTP/2 200\r\n\r\n",
        ] {
            assert_eq!(scanned(text, 1), (text.to_owned(), None));
        }
        let endless = format!("HTTP/1.1 200 OK\r\nA: {}", "x".repeat(HEAD_LIMIT));
        let next = RawHead::default().scan(&mut endless.into_bytes(), &mut None).unwrap();
        assert_eq!(next, Next::HandOver);
    }

    #[test]
    fn interim_responses_without_end_are_refused() {
        for piece in ["HTTP/1.1 103 Early Hints\r\n\r\n", "\r\n"] {
            let mut text = piece.repeat(INTERIM_RESPONSES + 1).into_bytes();
            let mut head = RawHead::default();
            while let Ok(next) = head.scan(&mut text, &mut None) {
                let Next::Skip(length) = next else { panic!("{next:?}") };
                text.drain(..length);
            }
            assert_eq!(text.len(), piece.len());
        }
    }

    #[test]
    fn the_token_is_taken_out_of_the_head_and_of_nothing_else() {
        let text =
            "HTTP/1.1 201 Created\r\nx-SUBJECT-token: s3cret \r\nA: b\r\n\r\nX-Subject-Token: body";
        for size in [1, 10, 1000] {
            let (rest, token) = scanned(text, size);
            assert_eq!(token.as_ref().map(Secret::reveal), Some("s3cret"));
            assert_eq!(rest.len(), text.len());
            assert!(!rest.contains("s3cret"), "{rest}");
            assert!(rest.ends_with("\nA: b\r\n\r\nX-Subject-Token: body"));
        }
        let interim = "HTTP/1.1 103 x\r\nX-Subject-Token: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
        assert_eq!(scanned(interim, 1).1, None);
        assert_eq!(scanned("HTTP/1.1 200 OK\r\nY-Subject-Token: x\r\n\r\n", 1).1, None);
    }
}
