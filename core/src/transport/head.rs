//! The head of an answer: what of it counts.

use std::mem::MaybeUninit;
use std::time::{Duration, SystemTime};

use super::answer::{Answer, RateLimit};
use super::failure::Failure;
use crate::Secret;

/// Enough for any service and its proxies; more is an attack or a mistake.
pub(super) const HEAD_LIMIT: usize = 64 << 10;
const HEADERS: usize = 128;

/// What is known of an answer before its body.
pub(super) struct Head {
    /// Still without its body.
    pub(super) answer: Answer,
    pub(super) framing: Framing,
    /// Whether the connection may be used again after this answer.
    pub(super) keep_alive: bool,
    /// Whether that was said, and is not only what HTTP/1.1 presumes.
    pub(super) says_keep_alive: bool,
    pub(super) gzip: bool,
}

/// Where the body ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// So many bytes are left.
    Length(u64),
    Chunked,
    /// With the connection.
    Close,
}

/// Reads a head from the beginning of `bytes`: the head and its length, or `None` if it is not
/// complete yet. The request's id is in the first of `request_id_headers` that is there.
pub(super) fn parse(
    bytes: &[u8],
    request_id_headers: &[&str],
) -> Result<Option<(Head, usize)>, Failure> {
    let mut headers = [const { MaybeUninit::uninit() }; HEADERS];
    let mut response = httparse::Response::new(&mut []);
    let parsed = httparse::ParserConfig::default().parse_response_with_uninit_headers(
        &mut response,
        bytes,
        &mut headers,
    );
    let length = match parsed {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(error) => return Err(unreadable(format!("it is not HTTP ({error})"))),
    };
    let mut found = Found::default();
    for header in response.headers.iter() {
        found.note(header.name, header.value, request_id_headers)?;
    }
    let status = response.code.unwrap_or(0);
    Ok(Some((found.head(status, response.version == Some(1))?, length)))
}

/// The headers that count, as they stand there.
#[derive(Default)]
struct Found<'a> {
    content_length: Option<u64>,
    chunked: bool,
    close: bool,
    keep_alive: bool,
    gzip: bool,
    permitted: Option<u32>,
    remaining: Option<u32>,
    retry_after: Option<&'a str>,
    date: Option<&'a str>,
    subject_token: Option<&'a str>,
    /// With its place among the names that it may have.
    request_id: Option<(usize, &'a str)>,
}

impl<'a> Found<'a> {
    fn note(&mut self, name: &str, value: &'a [u8], request_ids: &[&str]) -> Result<(), Failure> {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        // A value that is no text is as if it were not there, but where the body ends must be clear.
        let text = || std::str::from_utf8(value).unwrap_or_default();
        // Most names are told apart by their length.
        match name.len() {
            4 if is("date") => self.date = Some(text()),
            10 if is("connection") => {
                self.close |= has_word(text(), "close");
                self.keep_alive |= has_word(text(), "keep-alive");
            }
            11 if is("retry-after") => self.retry_after = Some(text()),
            14 if is("content-length") => self.note_length(text())?,
            15 if is("x-subject-token") => self.subject_token = Some(text()),
            16 if is("content-encoding") => self.note_encoding(text())?,
            17 if is("transfer-encoding") => self.note_transfer_encoding(text())?,
            21 if is("x-ratelimit-permitted") => self.permitted = text().parse().ok(),
            21 if is("x-ratelimit-remaining") => self.remaining = text().parse().ok(),
            _ => {}
        }
        if let Some(place) = request_ids.iter().position(|known| is(known)) {
            let is_better = self.request_id.is_none_or(|(known, _)| place < known);
            if is_better && !text().is_empty() {
                self.request_id = Some((place, text()));
            }
        }
        Ok(())
    }

    fn note_transfer_encoding(&mut self, text: &str) -> Result<(), Failure> {
        if !text.eq_ignore_ascii_case("chunked") {
            return Err(unreadable(format!("transfer-encoding {text:?}")));
        }
        self.chunked = true;
        Ok(())
    }

    fn note_length(&mut self, text: &str) -> Result<(), Failure> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let length = text.parse().ok().filter(|_| is_number);
        let length = length.ok_or_else(|| unreadable(format!("content-length {text:?}")))?;
        if self.content_length.is_some_and(|known| known != length) {
            return Err(unreadable("it has two lengths".to_owned()));
        }
        self.content_length = Some(length);
        Ok(())
    }

    fn note_encoding(&mut self, text: &str) -> Result<(), Failure> {
        match text.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => self.gzip = true,
            "" | "identity" => {}
            other => return Err(unreadable(format!("content-encoding {other:?}"))),
        }
        Ok(())
    }

    fn head(self, status: u16, is_http_1_1: bool) -> Result<Head, Failure> {
        let framing = match self.content_length {
            _ if matches!(status, 100..200 | 204 | 304) => Framing::Length(0),
            _ if self.chunked => Framing::Chunked,
            Some(length) => Framing::Length(length),
            None => Framing::Close,
        };
        // Both at once is how requests are smuggled past proxies: nothing more from there.
        let is_ambiguous = self.chunked && self.content_length.is_some();
        let stays = if is_http_1_1 { !self.close } else { self.keep_alive && !self.close };
        let date = || self.date.and_then(|date| httpdate::parse_http_date(date).ok());
        // Only a refusal can need the server's clock.
        let date: Option<SystemTime> = if status < 400 { None } else { date() };
        Ok(Head {
            answer: Answer {
                status,
                request_id: self.request_id.map(|(_, id)| id.to_owned()),
                rate_limit: self
                    .permitted
                    .zip(self.remaining)
                    .map(|(permitted, remaining)| RateLimit { permitted, remaining }),
                retry_after: self
                    .retry_after
                    .and_then(|value| retry_after(value, date.unwrap_or_else(SystemTime::now))),
                date,
                subject_token: self.subject_token.map(Secret::from),
                body: Vec::new(),
            },
            framing,
            keep_alive: stays && framing != Framing::Close && !is_ambiguous,
            says_keep_alive: self.keep_alive,
            gzip: self.gzip,
        })
    }
}

fn unreadable(problem: String) -> Failure {
    Failure::Unreadable(problem)
}

fn has_word(list: &str, word: &str) -> bool {
    list.split(',').any(|entry| entry.trim().eq_ignore_ascii_case(word))
}

/// Seconds, or an HTTP date by the server's clock; what cannot be read is as if it were not there.
fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::{Framing, Head, parse, retry_after};
    use std::time::{Duration, UNIX_EPOCH};

    fn head(text: &str) -> Option<Head> {
        let text = format!("{}\r\n\r\nrest", text.replace('\n', "\r\n"));
        let (head, length) = parse(text.as_bytes(), &["x-first", "x-second"]).ok()??;
        assert_eq!(&text[length..], "rest");
        Some(head)
    }

    #[test]
    fn where_the_body_ends() {
        let table = [
            ("HTTP/1.1 200 OK\nContent-Length: 12", Framing::Length(12), true),
            ("HTTP/1.1 200 OK\ncontent-length: 12\nContent-Length: 12", Framing::Length(12), true),
            ("HTTP/1.1 200\nTransfer-Encoding: Chunked", Framing::Chunked, true),
            (
                "HTTP/1.1 200\nTransfer-Encoding: chunked\nContent-Length: 3",
                Framing::Chunked,
                false,
            ),
            ("HTTP/1.1 200 OK", Framing::Close, false),
            ("HTTP/1.1 204 No Content", Framing::Length(0), true),
            ("HTTP/1.1 304 x\nContent-Length: 12", Framing::Length(0), true),
            ("HTTP/1.1 200 OK\nContent-Length: 1\nConnection: x, Close", Framing::Length(1), false),
            ("HTTP/1.0 200 OK\nContent-Length: 1", Framing::Length(1), false),
            (
                "HTTP/1.0 200 OK\nContent-Length: 1\nconnection: keep-alive",
                Framing::Length(1),
                true,
            ),
        ];
        for (text, framing, keep_alive) in table {
            let head = head(text).unwrap();
            assert_eq!((head.framing, head.keep_alive), (framing, keep_alive), "{text}");
        }
    }

    #[test]
    fn what_is_not_clear_is_refused() {
        for text in [
            "HTTP/1.1 200 OK\nContent-Length: 12\nContent-Length: 13",
            "HTTP/1.1 200 OK\nContent-Length: 12, 12",
            "HTTP/1.1 200 OK\nContent-Length: -1",
            "HTTP/1.1 200 OK\nContent-Length: +1",
            "HTTP/1.1 200 OK\nContent-Length:",
            "HTTP/1.1 200 OK\nContent-Length: 99999999999999999999999",
            "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked",
            "HTTP/1.1 200 OK\nContent-Encoding: br",
            "HTTP/2 200",
            "HTTP/1.1 OK",
            "HTTP/1.1 200 OK\nno header",
            "<html>",
        ] {
            assert!(head(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_first_name_of_a_request_id_counts() {
        let head = head("HTTP/1.1 200 OK\nX-Second: b\nX-First: a\nX-Second: c").unwrap();
        assert_eq!(head.answer.request_id.as_deref(), Some("a"));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_770);
        let table = [
            ("1", Some(1)),
            (" 120 ", Some(120)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(7)),
            ("Sun, 06 Nov 1994 08:49:00 GMT", Some(0)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("99999999999999999999999", None),
        ];
        for (value, seconds) in table {
            assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
        }
    }
}
