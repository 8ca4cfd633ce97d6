//! One connection to the service: a request goes out, its answer comes in.

use std::time::Instant;

use zeroize::Zeroizing;

use super::answer::Answer;
use super::body::Body;
use super::failure::Failure;
use super::head::{self, HEAD_LIMIT, Head};
use super::input::Input;
use super::limits::Limits;
use super::stream::Stream;

/// What a server may announce before its answer (1xx).
const ANNOUNCEMENTS: usize = 100;

/// A connection with its buffers, which stay with it from call to call.
pub(super) struct Wire {
    stream: Stream,
    input: Input,
    /// The request that is being sent. Wiped when dropped: it holds the token.
    output: Zeroizing<Vec<u8>>,
    /// Since when no call has been using it.
    pub(super) idle_since: Instant,
}

/// What an answer is read for.
#[derive(Clone, Copy)]
pub(super) struct Expected {
    pub(super) request_id_headers: &'static [&'static str],
    pub(super) max_body: u64,
    /// Whether the connection may be used again only if the peer says so. Some proxies hand on the
    /// answer as it is, and close their own connection after it without a word (tinyproxy).
    pub(super) only_said_keep_alive: bool,
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Wire {
        let output = Zeroizing::new(Vec::new());
        Wire { stream, input: Input::new(), output, idle_since: Instant::now() }
    }

    /// The stream, for something else to be spoken on it.
    pub(super) fn into_stream(self) -> Result<Stream, Failure> {
        match self.input.bytes() {
            [] => Ok(self.stream),
            _ => Err(unreadable("something comes before it was asked for")),
        }
    }

    /// Whether a request may go out on it.
    pub(super) fn is_usable(&mut self, limits: Limits<'_>) -> bool {
        self.stream.is_silent(limits)
    }

    /// Sends `parts` as one. `sent` is set as soon as anything may have left.
    pub(super) fn send(
        &mut self,
        parts: &[&[u8]],
        limits: Limits<'_>,
        sent: &mut bool,
    ) -> Result<(), Failure> {
        let size = parts.iter().map(|part| part.len()).sum();
        if self.output.capacity() < size {
            // The old one is wiped, not grown: growing may leave a copy behind.
            self.output = Zeroizing::new(Vec::with_capacity(size));
        }
        self.output.clear();
        for part in parts {
            self.output.extend_from_slice(part);
        }
        limits.slice()?;
        *sent = true;
        self.stream.write_all(&self.output, limits)
    }

    /// The answer, and whether the connection may be used again. The body may be in `memory`.
    pub(super) fn receive(
        &mut self,
        limits: Limits<'_>,
        expected: Expected,
        memory: &mut Vec<u8>,
    ) -> Result<(Answer, bool), Failure> {
        let Head { mut answer, framing, keep_alive, says_keep_alive, gzip } =
            self.receive_head(limits, expected.request_id_headers)?;
        let mut body = Body::new(&mut self.stream, &mut self.input, limits, framing);
        answer.body = match answer.is_success() {
            true => body.read_all(gzip, expected.max_body, memory)?,
            false => body.read_refusal(gzip, expected.max_body)?,
        };
        let is_at_end = body.is_at_end();
        let keep_alive = keep_alive && (says_keep_alive || !expected.only_said_keep_alive);
        Ok((answer, keep_alive && is_at_end && self.input.bytes().is_empty()))
    }

    pub(super) fn receive_head(
        &mut self,
        limits: Limits<'_>,
        request_id_headers: &[&str],
    ) -> Result<Head, Failure> {
        for _ in 0..ANNOUNCEMENTS {
            let head = self.next_head(limits, request_id_headers)?;
            match head.answer.status {
                101 => return Err(unreadable("it changes the protocol")),
                100..200 => {}
                _ => return Ok(head),
            }
        }
        Err(unreadable("it only announces answers (1xx)"))
    }

    fn next_head(
        &mut self,
        limits: Limits<'_>,
        request_id_headers: &[&str],
    ) -> Result<Head, Failure> {
        loop {
            if self.input.bytes().is_empty() {
                self.receive_more(limits)?;
            }
            let parsed = head::parse(self.input.bytes(), request_id_headers)?;
            let known = parsed.as_ref().map_or(self.input.bytes().len(), |(_, length)| *length);
            if known > HEAD_LIMIT {
                return Err(Failure::HeadTooLarge(HEAD_LIMIT));
            }
            if let Some((head, length)) = parsed {
                self.input.take(length);
                return Ok(head);
            }
            // What arrives in crumbs is not parsed again for each of them: a head ends with a line.
            self.receive_more(limits)?;
            while !self.input.bytes()[known..].contains(&b'\n')
                && self.input.bytes().len() <= HEAD_LIMIT
            {
                self.receive_more(limits)?;
            }
        }
    }

    fn receive_more(&mut self, limits: Limits<'_>) -> Result<(), Failure> {
        match self.input.receive(&mut self.stream, limits)? {
            0 => Err(Failure::Closed),
            _ => Ok(()),
        }
    }
}

fn unreadable(problem: &str) -> Failure {
    Failure::Unreadable(problem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Expected, Wire};
    use crate::transport::failure::Failure;
    use crate::transport::interrupt::Interrupt;
    use crate::transport::limits::Limits;
    use crate::transport::stream::Stream;
    use crate::transport::tcp::Tcp;
    use std::io::Write;
    use std::net::TcpListener;
    use std::time::{Duration, Instant};

    /// What comes of an answer that is sent in pieces and then ends: status, body and whether the
    /// connection may be used again, or the failure.
    fn receive(pieces: &[&[u8]]) -> Result<(u16, String, bool), Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let limits = Limits {
            interrupt: &Interrupt::default(),
            deadline: Some(Instant::now() + Duration::from_secs(5)),
        };
        let mut wire = Wire::new(Stream::Tcp(Tcp::connect(&[address], limits)?));
        let (mut peer, _) = listener.accept().unwrap();
        peer.set_nodelay(true).unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                for piece in pieces {
                    peer.write_all(piece).unwrap();
                    std::thread::sleep(Duration::from_millis(5));
                }
            });
            let expected =
                Expected { request_id_headers: &[], max_body: 100, only_said_keep_alive: false };
            let (answer, is_reusable) = wire.receive(limits, expected, &mut vec![b'x'; 3])?;
            Ok((answer.status, String::from_utf8(answer.body).unwrap(), is_reusable))
        })
    }

    #[test]
    fn answers_in_every_framing() {
        const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        const LENGTH: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
        let table: &[(&[&str], u16, &str, bool)] = &[
            (&[LENGTH, "hello"], 200, "hello", true),
            (&[LENGTH, "hel", "lo"], 200, "hello", true),
            (&["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello more"], 200, "hello", false),
            (&["HTTP/1.1 200", " OK\r\nContent-", "Length: 2\r\n\r", "\nok"], 200, "ok", true),
            (&["HTTP/1.1 200 OK\r\n\r\nto the", " end"], 200, "to the end", false),
            (
                &[
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n",
                    LENGTH,
                    "hello",
                ],
                200,
                "hello",
                true,
            ),
            (&["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"], 404, "", true),
            (&["HTTP/1.1 204 No Content\r\n\r\n"], 204, "", true),
            (&[CHUNKED, "5\r\nhello\r\n0\r\n\r\n"], 200, "hello", true),
            (
                &[CHUNKED, "1;x=y\r\nh\r", "\n4", "\r\nel", "lo\r\n0\r\nX: y\r\n", "\r\n"],
                200,
                "hello",
                true,
            ),
            (&[CHUNKED, "0\r\n\r\n"], 200, "", true),
        ];
        for (pieces, status, body, is_reusable) in table {
            let bytes: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
            let (found, text, reusable) = receive(&bytes).unwrap();
            assert_eq!(
                (found, text.as_str(), reusable),
                (*status, *body, *is_reusable),
                "{pieces:?}"
            );
        }
    }

    #[test]
    fn answers_that_are_not_whole() {
        let of = |head: &str, rest: &str| {
            let text = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{rest}");
            receive(&[text.as_bytes()]).unwrap_err()
        };
        assert!(matches!(receive(&[]), Err(Failure::Closed)));
        assert!(matches!(receive(&[b"HTTP/1.1 2"]), Err(Failure::Closed)));
        assert!(matches!(of("Content-Length: 5", "hell"), Failure::Closed));
        let chunked = |rest| of("Transfer-Encoding: chunked", rest);
        for rest in ["", "5", "5\r\nhell", "5\r\nhello", "5\r\nhello\r\n", "0\r\n"] {
            assert!(matches!(chunked(rest), Failure::Closed), "{rest:?}");
        }
        for rest in ["x\r\n", "\r\n", "-1\r\n", "5\r\nhello!\r\n", "fffffffffffffffff\r\n"] {
            assert!(matches!(chunked(rest), Failure::Unreadable(_)), "{rest:?}");
        }
        let gzip = of("Content-Encoding: gzip\r\nContent-Length: 5", "hello");
        assert!(matches!(gzip, Failure::Unreadable(_)), "{gzip:?}");
    }

    #[test]
    fn answers_that_are_too_large() {
        let large = "x".repeat(101);
        for head in ["Content-Length: 101", "Content-Length: 99999999999", "Connection: close"] {
            let text = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{large}");
            let failure = receive(&[text.as_bytes()]).unwrap_err();
            assert!(matches!(failure, Failure::BodyTooLarge(100)), "{head}: {failure:?}");
        }
        let line = format!("X-Header: {}\r\n", "x".repeat(1000));
        let head = format!("HTTP/1.1 200 OK\r\n{}\r\n", line.repeat(70));
        assert!(matches!(receive(&[head.as_bytes()]), Err(Failure::HeadTooLarge(_))));
        let announcement = "HTTP/1.1 100 Continue\r\n\r\n".repeat(101);
        assert!(matches!(receive(&[announcement.as_bytes()]), Err(Failure::Unreadable(_))));
    }
}
