//! The body of an answer: where it ends, unpacked, and no larger than it may be.

use std::io::{self, BufRead, Read};
use std::mem;

use flate2::bufread::MultiGzDecoder;

use super::failure::Failure;
use super::head::{Framing, HEAD_LIMIT};
use super::input::Input;
use super::limits::Limits;
use super::stream::Stream;

/// Of a length that a server only promises, so much is believed at once.
const FIRST_ALLOCATION: u64 = 1 << 20;
/// A line of a chunk: its size, and extensions that nobody uses.
const LINE_LIMIT: usize = 4 << 10;
/// What may follow a gzip stream before its connection is given up.
const REST_LIMIT: u64 = 64 << 10;

/// The body as it is sent, without its framing.
pub(super) struct Body<'a> {
    pub(super) stream: &'a mut Stream,
    pub(super) input: &'a mut Input,
    pub(super) limits: Limits<'a>,
    framing: Framing,
    /// What is left of the piece that is being read: of everything, or of a chunk.
    left: u64,
    /// Whether a chunk has begun, after whose data a line end comes.
    in_chunk: bool,
    at_end: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(
        stream: &'a mut Stream,
        input: &'a mut Input,
        limits: Limits<'a>,
        framing: Framing,
    ) -> Body<'a> {
        let left = match framing {
            Framing::Length(length) => length,
            Framing::Chunked => 0,
            Framing::Close => u64::MAX,
        };
        Body { stream, input, limits, framing, left, in_chunk: false, at_end: false }
    }

    /// Everything, unpacked: at most `limit` bytes. A page that ends with its connection, and says
    /// no more than why a request was refused, may end badly: what arrived of it is enough.
    pub(super) fn read_refusal(&mut self, gzip: bool, limit: u64) -> Result<Vec<u8>, Failure> {
        if gzip || self.framing != Framing::Close {
            return self.read_all(gzip, limit, &mut Vec::new());
        }
        let mut page = Vec::new();
        match self.take(limit.saturating_add(1)).read_to_end(&mut page).map_err(Failure::from) {
            Ok(_) if page.len() as u64 > limit => Err(Failure::BodyTooLarge(limit)),
            Ok(_) | Err(Failure::Io(_) | Failure::Closed) => Ok(page),
            Err(failure) => Err(failure),
        }
    }

    /// Everything, unpacked: at most `limit` bytes. Takes `memory` for it if its length is known.
    pub(super) fn read_all(
        &mut self,
        gzip: bool,
        limit: u64,
        memory: &mut Vec<u8>,
    ) -> Result<Vec<u8>, Failure> {
        if !gzip && matches!(self.framing, Framing::Length(length) if length > limit) {
            return Err(Failure::BodyTooLarge(limit));
        }
        if let (false, Framing::Length(length)) = (gzip, self.framing) {
            return self.read_length(length, mem::take(memory));
        }
        let mut all = Vec::new();
        if gzip && !self.fill_buf()?.is_empty() {
            let mut decoder = MultiGzDecoder::new(&mut *self).take(limit.saturating_add(1));
            decoder.read_to_end(&mut all).map_err(broken_gzip)?;
            if all.len() as u64 <= limit {
                io::copy(&mut self.by_ref().take(REST_LIMIT), &mut io::sink())?;
            }
        } else {
            self.take(limit.saturating_add(1)).read_to_end(&mut all)?;
        }
        if all.len() as u64 > limit { Err(Failure::BodyTooLarge(limit)) } else { Ok(all) }
    }

    /// A body whose length is known.
    fn read_length(&mut self, length: u64, mut all: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let first = length.min(FIRST_ALLOCATION) as usize;
        all.clear();
        // A byte more, which makes a C string of it without another allocation.
        all.reserve_exact(first + 1);
        let mut filled = 0;
        while (filled as u64) < length {
            if filled == all.len() {
                all.resize(length.min(filled as u64 * 2).max(first as u64) as usize, 0);
            }
            filled += self.read(&mut all[filled..])?;
        }
        self.at_end = true;
        Ok(all)
    }

    /// Whether the connection now stands at the beginning of the next answer.
    pub(super) fn is_at_end(&self) -> bool {
        self.at_end
    }

    /// Goes to the next piece when one is finished; false at the end.
    fn advance(&mut self) -> Result<bool, Failure> {
        while self.left == 0 && !self.at_end {
            match self.framing {
                Framing::Length(_) | Framing::Close => self.at_end = true,
                Framing::Chunked => self.begin_chunk()?,
            }
        }
        Ok(!self.at_end)
    }

    fn begin_chunk(&mut self) -> Result<(), Failure> {
        if mem::replace(&mut self.in_chunk, true) && !self.line()?.is_empty() {
            return Err(unreadable("a chunk is longer than its size".to_owned()));
        }
        let line = self.line()?;
        let digits = line.split(';').next().unwrap_or_default().trim();
        let is_size = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let size = u64::from_str_radix(digits, 16).ok().filter(|_| is_size);
        self.left = size.ok_or_else(|| unreadable(format!("chunk size {digits:?}")))?;
        if self.left == 0 {
            self.skip_trailers()?;
            self.at_end = true;
        }
        Ok(())
    }

    fn skip_trailers(&mut self) -> Result<(), Failure> {
        let mut total = 0;
        loop {
            match self.line()?.len() {
                0 => return Ok(()),
                length => total += length,
            }
            if total > HEAD_LIMIT {
                return Err(Failure::HeadTooLarge(HEAD_LIMIT));
            }
        }
    }

    fn line(&mut self) -> Result<String, Failure> {
        loop {
            let bytes = self.input.bytes();
            if let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
                let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
                let text = String::from_utf8_lossy(line).into_owned();
                self.input.take(end + 1);
                return Ok(text);
            }
            if bytes.len() > LINE_LIMIT {
                return Err(unreadable("a chunk's size does not end".to_owned()));
            }
            self.receive()?;
        }
    }

    /// Takes note that so many bytes of the piece are gone.
    fn used(&mut self, amount: usize) {
        if self.framing != Framing::Close {
            self.left -= amount as u64;
        }
    }

    fn receive(&mut self) -> Result<(), Failure> {
        match self.input.receive(self.stream, self.limits)? {
            0 => Err(Failure::Closed),
            _ => Ok(()),
        }
    }
}

impl Read for Body<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || !self.advance()? {
            return Ok(0);
        }
        let wanted = self.left.min(buffer.len() as u64) as usize;
        let buffer = &mut buffer[..wanted];
        let waiting = self.input.bytes();
        // What is large need not pass through the input.
        let read = if waiting.is_empty() {
            match (self.stream.read(buffer, self.limits)?, self.framing) {
                (0, Framing::Close) => {
                    self.at_end = true;
                    return Ok(0);
                }
                (0, _) => return Err(Failure::Closed.into()),
                (read, _) => read,
            }
        } else {
            let read = waiting.len().min(wanted);
            buffer[..read].copy_from_slice(&waiting[..read]);
            self.input.take(read);
            read
        };
        self.used(read);
        Ok(read)
    }
}

impl BufRead for Body<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if !self.advance()? {
            return Ok(&[]);
        }
        if self.input.bytes().is_empty() && self.input.receive(self.stream, self.limits)? == 0 {
            if self.framing != Framing::Close {
                return Err(Failure::Closed.into());
            }
            self.at_end = true;
        }
        let waiting = self.input.bytes();
        Ok(&waiting[..self.left.min(waiting.len() as u64) as usize])
    }

    fn consume(&mut self, amount: usize) {
        self.input.take(amount);
        self.used(amount);
    }
}

/// A failure of the connection stays what it is; anything else is the packer's.
fn broken_gzip(error: io::Error) -> Failure {
    match error.downcast::<Failure>() {
        Ok(failure) => failure,
        Err(error) => unreadable(format!("its gzip is broken ({error})")),
    }
}

fn unreadable(problem: String) -> Failure {
    Failure::Unreadable(problem)
}
