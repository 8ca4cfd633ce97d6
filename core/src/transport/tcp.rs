//! TCP connections that an interrupt ends: sockets never block, waiting happens in `poll`.

use std::fmt;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::PollFlags;
use rustix::io::Errno;
use socket2::{Domain, Protocol, Socket, Type};
use ureq::Error;
use ureq::http::Uri;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, ShutdownHandle,
    Transport,
};

use super::interrupt::Interrupt;
use super::{call, resolve};

/// Opens the connection unless an earlier connector (the proxy's) has.
pub(super) struct TcpConnector {
    pub(super) interrupt: Interrupt,
    pub(super) connect_timeout: Option<Duration>,
    /// Where to connect instead of to the request's host.
    pub(super) proxy: Option<Uri>,
}

impl fmt::Debug for TcpConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TcpConnector")
    }
}

impl<In: Transport> Connector<In> for TcpConnector {
    type Out = Either<In, Tcp>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        if let Some(transport) = chained {
            return Ok(Some(Either::A(transport)));
        }
        call::connecting(self.connect_timeout);
        let socket = Arc::new(self.open(details)?);
        let handle: Arc<dyn ShutdownHandle> = Arc::new(Handle(Arc::clone(&socket)));
        (details.register_shutdown)(Arc::downgrade(&handle))?;
        let buffers = LazyBuffers::new(
            details.config.input_buffer_size(),
            details.config.output_buffer_size(),
        );
        let interrupt = self.interrupt.clone();
        Ok(Some(Either::B(Tcp { socket, buffers, interrupt, pooled: false, _handle: handle })))
    }
}

impl TcpConnector {
    /// Tries the host's addresses in their order, each with an equal share of the time that is left.
    fn open(&self, details: &ConnectionDetails) -> Result<TcpStream, Error> {
        let addresses =
            resolve::lookup(self.proxy.as_ref().unwrap_or(details.uri), &self.interrupt)?;
        let deadline = call::deadline();
        let mut failure = Error::HostNotFound;
        for (tried, address) in addresses.iter().enumerate() {
            let share = deadline.map(|deadline| {
                let now = Instant::now();
                let addresses_left = (addresses.len() - tried) as u32;
                now + deadline.saturating_duration_since(now) / addresses_left
            });
            match self.open_one(*address, share) {
                Ok(socket) => return Ok(socket),
                Err(error @ Error::Other(_)) => return Err(error),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    fn open_one(&self, address: SocketAddr, deadline: Option<Instant>) -> Result<TcpStream, Error> {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
        socket.set_nonblocking(true)?;
        socket.set_tcp_nodelay(true)?;
        let started = socket.connect(&address.into());
        let socket = TcpStream::from(socket);
        match started {
            Ok(()) => {}
            Err(error) if error.raw_os_error() == Some(Errno::INPROGRESS.raw_os_error()) => {
                self.interrupt.wait_ready_until(&socket, PollFlags::OUT, deadline)?;
                if let Some(error) = socket.take_error()? {
                    return Err(error.into());
                }
            }
            Err(error) => return Err(error.into()),
        }
        Ok(socket)
    }
}

struct Handle(Arc<TcpStream>);

impl ShutdownHandle for Handle {
    fn shutdown(&self) {
        // Fails only on a socket that is shut down already.
        let _ = self.0.shutdown(Shutdown::Both);
    }
}

/// One TCP connection.
pub(super) struct Tcp {
    socket: Arc<TcpStream>,
    buffers: LazyBuffers,
    interrupt: Interrupt,
    /// Whether ureq has asked if it is open since it was last read from.
    pooled: bool,
    /// The pool keeps a weak reference; this keeps the handle alive as long as the connection.
    _handle: Arc<dyn ShutdownHandle>,
}

impl fmt::Debug for Tcp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tcp")
    }
}

impl Transport for Tcp {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), Error> {
        let mut rest = &self.buffers.output()[..amount];
        while !rest.is_empty() {
            match (&*self.socket).write(rest) {
                Ok(0) => return Err(Error::Io(ErrorKind::WriteZero.into())),
                Ok(written) => rest = &rest[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.interrupt.wait_ready(&self.socket, PollFlags::OUT)?;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
        self.pooled = false;
        loop {
            self.interrupt.wait_ready(&self.socket, PollFlags::IN)?;
            match (&*self.socket).read(self.buffers.input_append_buf()) {
                Ok(read) => {
                    self.buffers.input_appended(read);
                    return Ok(read > 0);
                }
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Only "nothing to read" means an idle connection that may be used: a closed one is at its
    /// end, and bytes that nobody asked for would be taken for the next answer.
    ///
    /// ureq asks when it puts a connection into its pool and when it takes it out. Only the second
    /// look decides, so the first costs no system call.
    fn is_open(&mut self) -> bool {
        if !std::mem::replace(&mut self.pooled, true) {
            return true;
        }
        matches!(self.socket.peek(&mut [0]), Err(error) if error.kind() == ErrorKind::WouldBlock)
    }
}

/// Last in the chain: notes that a request begins to leave.
#[derive(Debug)]
pub(super) struct WatchConnector {
    /// A CONNECT proxy's own connection passes through the chain too, without a proxy.
    pub(super) tunnelled: bool,
}

impl<In: Transport> Connector<In> for WatchConnector {
    type Out = Either<In, Watched<In>>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let to_service = details.config.proxy().is_some() == self.tunnelled;
        Ok(chained.map(|transport| {
            if to_service { Either::B(Watched(transport)) } else { Either::A(transport) }
        }))
    }
}

/// A connection to the service: everything transmitted on it belongs to a request.
#[derive(Debug)]
pub(super) struct Watched<T>(T);

impl<T: Transport> Transport for Watched<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        call::sending();
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
