//! One connection to the service: sends ureq's requests, receives their responses.

use std::fmt;
use std::io;
use std::sync::Arc;

use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};

use super::call;
use super::deadline::Deadline;
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::keep_alive::KeepAlive;
use super::outgoing::{Additions, Outgoing};
use super::raw_head::{HEAD_LIMIT, Next, RawHead};
use super::read_buffer::ReadBuffer;
use super::stream::Stream;

/// A connection and its buffers, which it keeps from call to call.
///
/// Ignores ureq's own timeouts: [`Deadline`] reaches down to the socket.
pub(super) struct Connection {
    stream: Stream,
    interrupt: Interrupt,
    outgoing: Outgoing,
    input: ReadBuffer,
    /// Whether ureq consumed any of the input it saw last. If not, it needs more.
    made_progress: bool,
    head: RawHead,
    phase: Phase,
    keep_alive: Arc<KeepAlive>,
}

/// What comes next on a connection.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// A request. With `was_idle` the peer may have closed the connection meanwhile.
    Request {
        was_idle: bool,
    },
    ResponseHead,
    ResponseBody,
    /// Nothing: it is in ureq's pool.
    Idle,
}

impl Connection {
    pub(super) fn new(
        stream: Stream,
        interrupt: Interrupt,
        additions: Arc<Additions>,
    ) -> Connection {
        Connection {
            stream,
            interrupt,
            outgoing: Outgoing::new(additions),
            input: ReadBuffer::new(),
            made_progress: false,
            head: RawHead::default(),
            phase: Phase::Request { was_idle: false },
            keep_alive: Arc::new(KeepAlive::new()),
        }
    }

    /// Sends the complete request in one write.
    fn send(&mut self, was_idle: bool) -> Result<(), Failure> {
        let ends = call::current(|call| call.ends);
        let deadline = Deadline { interrupt: &self.interrupt, ends };
        if was_idle && !self.stream.is_silent(deadline)? {
            return Err(Failure::NoLongerOpen);
        }
        deadline.slice()?;
        call::current(|call| {
            call.sent = true;
            self.keep_alive.set_longest_idle(call.longest_idle);
            call.keep_alive = Some(Arc::clone(&self.keep_alive));
        });
        self.phase = Phase::ResponseHead;
        self.stream.write_all(self.outgoing.request(), deadline)
    }

    /// Receives until ureq can read the head of the response.
    fn receive_head(&mut self) -> Result<(), Failure> {
        loop {
            let arrived = self.input.bytes_mut();
            let next = call::current(|call| self.head.scan(arrived, &mut call.subject_token))?;
            match next {
                Next::Skip(length) => self.input.consume(length),
                Next::HandOver => {
                    self.phase = Phase::ResponseBody;
                    return Ok(());
                }
                Next::Receive if self.receive()? == 0 => return Err(Failure::Closed),
                Next::Receive => {}
            }
        }
    }

    /// Receives more of the body; returns false at the end of the connection.
    fn receive_body(&mut self) -> Result<bool, Failure> {
        // ureq needs a whole line, such as that of a chunk's size.
        if self.input.bytes().len() > HEAD_LIMIT {
            return Err(Failure::Unreadable("a line of its framing does not end".to_owned()));
        }
        if call::current(|call| call.used > call.most_received) {
            return Err(Failure::Unreadable("its framing does not end".to_owned()));
        }
        match self.receive()? {
            0 if call::current(|call| call.end_is_too_early) => Err(Failure::Closed),
            read => Ok(read > 0),
        }
    }

    fn receive(&mut self) -> Result<usize, Failure> {
        let ends = call::current(|call| call.ends);
        let deadline = Deadline { interrupt: &self.interrupt, ends };
        self.input.receive(&mut self.stream, deadline)
    }
}

impl Transport for Connection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        let Phase::Request { was_idle } = self.phase else {
            return Err(Failure::Unsendable("it is longer than announced".to_owned()).into());
        };
        if self.outgoing.add(amount) {
            self.send(was_idle)?;
        }
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        match self.phase {
            Phase::ResponseBody => Ok(self.receive_body()?),
            _ => Ok(self.receive_head().map(|()| true)?),
        }
    }

    /// ureq asks this before it returns the connection to its pool and again before it takes the
    /// connection out. The pool is locked then, so this must not block: whether the peer has closed
    /// the connection is checked just before the next request is sent.
    fn is_open(&mut self) -> bool {
        if self.phase == Phase::Idle {
            self.phase = Phase::Request { was_idle: true };
            return self.keep_alive.may_be_used();
        }
        self.phase = Phase::Idle;
        self.outgoing.clear();
        self.head = RawHead::default();
        self.keep_alive.begin_idle()
    }

    fn is_tls(&self) -> bool {
        matches!(self.stream, Stream::Tls(_))
    }
}

impl Buffers for Connection {
    fn output(&mut self) -> &mut [u8] {
        self.outgoing.piece()
    }

    fn input(&self) -> &[u8] {
        self.input.bytes()
    }

    /// Used only by transports that read into ureq's buffer.
    fn input_append_buf(&mut self) -> &mut [u8] {
        &mut []
    }

    fn input_appended(&mut self, _: usize) {}

    fn input_consume(&mut self, amount: usize) {
        self.made_progress = amount > 0;
        call::current(|call| call.used += amount as u64);
        self.input.consume(amount);
    }

    /// The first buffer is for bodies of unknown length, which are never sent.
    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        (&mut [], self.outgoing.piece())
    }

    fn can_use_input(&self) -> bool {
        self.made_progress && !self.input.bytes().is_empty()
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").finish_non_exhaustive()
    }
}

/// Passes a failure through ureq unchanged. ureq would take some other kinds than `Other` for the end
/// of a body.
impl From<Failure> for ureq::Error {
    fn from(failure: Failure) -> ureq::Error {
        ureq::Error::Io(io::Error::other(failure))
    }
}
