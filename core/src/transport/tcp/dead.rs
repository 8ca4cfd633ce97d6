//! For tests: an address that never responds, as if behind a broken route.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

/// Its backlog is full, so the kernel drops further connections.
pub(in crate::transport) struct Dead {
    listener: TcpListener,
    queue: Vec<TcpStream>,
}

impl Dead {
    pub(in crate::transport) fn new() -> Dead {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
        socket.listen(0).unwrap();
        let mut dead = Dead { listener: socket.into(), queue: Vec::new() };
        let limit = Duration::from_millis(100);
        while let Ok(queued) = TcpStream::connect_timeout(&dead.address(), limit) {
            dead.queue.push(queued);
        }
        dead
    }

    pub(in crate::transport) fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap()
    }

    /// Makes it respond from now on.
    pub(in crate::transport) fn revive(&mut self) {
        for _ in self.queue.drain(..) {
            self.listener.accept().unwrap();
        }
    }
}
