//! Connections that can be cut in the middle of a response.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::state::Sent;

pub(crate) struct Connections(pub(crate) TcpListener);

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Without this, small responses wait for the client's delayed ACK.
        let _ = stream.set_nodelay(true);
        (Connection { stream, cut: Cut::default(), left: None }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// Lets a handler cut the connection of its response.
#[derive(Clone, Default)]
pub(crate) struct Cut(Arc<Mutex<Option<Sent>>>);

impl Cut {
    /// Applies to the next response.
    pub(crate) fn set(&self, sent: Sent) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(sent).filter(|sent| *sent != Sent::Whole);
    }

    fn take(&self) -> Option<Sent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Connected<IncomingStream<'_, Connections>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Connections>) -> Self {
        stream.io().cut.clone()
    }
}

pub(crate) struct Connection {
    stream: TcpStream,
    cut: Cut,
    /// How many bytes may still be sent; None means no limit.
    left: Option<usize>,
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Some(sent) = self.cut.take() {
            self.left = Some(permitted(sent, bytes));
        }
        let Some(left) = self.left else {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        };
        if left == 0 {
            // The server closes the connection, and the client sees its end.
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let part = &bytes[..left.min(bytes.len())];
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, part))?;
        self.left = Some(left - written);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// The server writes head and body in one piece, since this connection takes no vectors.
fn permitted(sent: Sent, answer: &[u8]) -> usize {
    let head = answer.windows(4).position(|part| part == b"\r\n\r\n").map(|end| end + 4);
    let head = head.unwrap_or(answer.len());
    match sent {
        Sent::Whole => answer.len(),
        Sent::Nothing => 0,
        Sent::HalfHead => head / 2,
        Sent::HalfBody => head + (answer.len() - head) / 2,
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}
