//! The write buffer: collects the pieces that ureq writes, adds lines that ureq must not see, and
//! holds the request to be sent at once.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::call;
use crate::header_lines::HeaderLines;

/// In bytes. Fits every line except a very long request line, for which the buffer grows.
const PIECE: usize = 4 << 10;
/// In bytes: room for a request line without its target.
const AROUND_TARGET: usize = 64;

/// Text added to each request of a client.
pub(super) struct Additions {
    /// Goes before a request's target: a forward proxy needs the whole URL.
    pub(super) target_prefix: String,
    /// Lines that ureq must not see, such as the token or a proxy's password, and lines that are the
    /// same in each request.
    pub(super) lines: HeaderLines,
}

/// The buffers belong to a connection. They are wiped when dropped, since tokens and passwords pass
/// through them.
pub(super) struct Outgoing {
    additions: Arc<Additions>,
    /// Where ureq writes next.
    piece: Zeroizing<Vec<u8>>,
    request: Zeroizing<Vec<u8>>,
    /// How many bytes of the body are missing; `None` until the head is complete.
    body_left: Option<usize>,
}

impl Outgoing {
    pub(super) fn new(additions: Arc<Additions>) -> Outgoing {
        let empty = || Zeroizing::new(Vec::new());
        Outgoing { additions, piece: empty(), request: empty(), body_left: None }
    }

    /// Where ureq writes. It never splits a line.
    pub(super) fn piece(&mut self) -> &mut [u8] {
        let size = PIECE.max(call::current(|call| call.target_length) + AROUND_TARGET);
        if self.piece.len() < size {
            self.piece = Zeroizing::new(vec![0; size]);
        }
        &mut self.piece
    }

    /// Takes the first `amount` bytes of the piece. Returns whether the request is complete.
    pub(super) fn add(&mut self, amount: usize) -> bool {
        let piece = std::mem::take(&mut self.piece);
        let bytes = &piece[..amount];
        match self.body_left {
            Some(left) => {
                self.push(&[bytes]);
                self.body_left = Some(left.saturating_sub(amount));
            }
            None => self.add_to_head(bytes),
        }
        self.piece = piece;
        self.body_left == Some(0)
    }

    /// Inserts the prefix before the target, which follows the first space, and the lines at the end.
    fn add_to_head(&mut self, bytes: &[u8]) {
        let additions = Arc::clone(&self.additions);
        let target = match self.request.is_empty() {
            true => bytes.iter().position(|byte| *byte == b' ').map_or(0, |blank| blank + 1),
            false => 0,
        };
        let (method, rest) = bytes.split_at(target);
        let prefix = if method.is_empty() { b"" } else { additions.target_prefix.as_bytes() };
        let Some(rest) = rest.strip_suffix(b"\r\n\r\n") else {
            return self.push(&[method, prefix, rest]);
        };
        let (lines, body) = call::current(|call| (call.lines.clone(), call.body_length));
        let lines = [additions.lines.as_str(), lines.as_str()].map(str::as_bytes);
        self.push(&[method, prefix, rest, b"\r\n", lines[0], lines[1], b"\r\n"]);
        self.body_left = Some(body);
    }

    fn push(&mut self, parts: &[&[u8]]) {
        let size = self.request.len() + parts.iter().map(|part| part.len()).sum::<usize>();
        if self.request.capacity() < size {
            let body = call::current(|call| call.body_length);
            // Growing the buffer in place could leave a copy behind that is not wiped.
            let mut larger = Zeroizing::new(Vec::with_capacity(size + body));
            larger.extend_from_slice(&self.request);
            self.request = larger;
        }
        parts.iter().for_each(|part| self.request.extend_from_slice(part));
    }

    /// The whole request, once [`Outgoing::add`] has returned true.
    pub(super) fn request(&self) -> &[u8] {
        &self.request
    }

    /// Prepares for the next request.
    pub(super) fn clear(&mut self) {
        self.request.clear();
        self.body_left = None;
    }
}

#[cfg(test)]
mod tests {
    use super::{Additions, Outgoing};
    use crate::header_lines::HeaderLines;
    use crate::transport::call::{Call, Current};
    use std::sync::Arc;

    /// The request that is sent when ureq writes `pieces`.
    fn sent(prefix: &str, body: usize, pieces: &[&str]) -> String {
        let line = |value| HeaderLines::default().with("x", "x", value).unwrap();
        let call = Call { lines: line("call"), body_length: body, ..Call::default() };
        let _current = Current::begin(call);
        let lines = line("client");
        let additions = Arc::new(Additions { target_prefix: prefix.to_owned(), lines });
        let mut outgoing = Outgoing::new(additions);
        // Twice, since the buffers stay with their connection.
        for _ in 0..2 {
            outgoing.clear();
            for (number, piece) in pieces.iter().enumerate() {
                outgoing.piece()[..piece.len()].copy_from_slice(piece.as_bytes());
                assert_eq!(outgoing.add(piece.len()), number == pieces.len() - 1);
            }
        }
        String::from_utf8(outgoing.request().to_vec()).unwrap()
    }

    #[test]
    fn lines_are_added_at_the_end_of_the_head() {
        let expected = "GET /a HTTP/1.1\r\nhost: h\r\nx: client\r\nx: call\r\n\r\n";
        assert_eq!(sent("", 0, &["GET /a HTTP/1.1\r\nhost: h\r\n\r\n"]), expected);
        assert_eq!(sent("", 0, &["GET /a HTTP/1.1\r\n", "host: h\r\n\r\n"]), expected);
        let expected = "POST http://h/a b HTTP/1.1\r\nc: d e\r\nx: client\r\nx: call\r\n\r\nbody";
        let head = "POST /a b HTTP/1.1\r\nc: d e\r\n\r\n";
        assert_eq!(sent("http://h", 4, &[head, "bo", "dy"]), expected);
    }

    #[test]
    fn a_body_may_look_like_a_head() {
        let head = "POST / HTTP/1.1\r\n\r\n";
        let body = "a\r\n\r\nb\r\n\r\n";
        assert!(sent("", body.len(), &[head, &body[..5], &body[5..]]).ends_with(body));
    }
}
