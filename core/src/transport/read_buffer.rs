//! A connection's receive buffer.

use zeroize::Zeroize;

use super::deadline::Deadline;
use super::failure::Failure;
use super::stream::Stream;

/// In bytes. One system call reads a usual response with its head, or much of a list.
const ROOM: usize = 64 << 10;

/// Bytes received but not consumed yet. Belongs to a connection, so that calls need no buffer of
/// their own. Wiped when dropped: the head of a login's response holds a token.
pub(super) struct ReadBuffer {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// The end of the part that was ever written, and so must be wiped.
    written: usize,
}

impl Drop for ReadBuffer {
    fn drop(&mut self) {
        self.buffer[..self.written].zeroize();
    }
}

impl ReadBuffer {
    pub(super) fn new() -> ReadBuffer {
        ReadBuffer { buffer: vec![0; ROOM], start: 0, end: 0, written: 0 }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    pub(super) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.buffer[self.start..self.end]
    }

    pub(super) fn consume(&mut self, amount: usize) {
        self.start = (self.start + amount).min(self.end);
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
        }
    }

    /// Reads more. Returns the number of bytes, 0 at the end.
    pub(super) fn receive(
        &mut self,
        stream: &mut Stream,
        deadline: Deadline<'_>,
    ) -> Result<usize, Failure> {
        self.make_room();
        let read = stream.read(&mut self.buffer[self.end..], deadline)?;
        self.end += read;
        self.written = self.written.max(self.end);
        Ok(read)
    }

    fn make_room(&mut self) {
        if self.end < self.buffer.len() {
            return;
        }
        // Growing the buffer in place could leave a copy behind that is not wiped.
        let size = if self.start == 0 { self.buffer.len() * 2 } else { self.buffer.len() };
        let mut larger = vec![0; size];
        let kept = self.end - self.start;
        larger[..kept].copy_from_slice(self.bytes());
        *self = ReadBuffer { buffer: larger, start: 0, end: kept, written: kept };
    }
}
