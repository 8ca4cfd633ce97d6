//! A tunnel through a proxy: CONNECT.

use super::failure::Failure;
use super::limits::Limits;
use super::proxy::Proxy;
use super::route::Server;
use super::stream::Stream;
use super::wire::Wire;

/// Asks `proxy`, which is at the other end of `stream`, for a way to `service`.
pub(super) fn open(
    stream: Stream,
    proxy: &Proxy,
    service: &Server,
    limits: Limits<'_>,
) -> Result<Stream, Failure> {
    let mut wire = Wire::new(stream);
    let target = service.authority();
    let head = format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n");
    let lines = proxy.authorization.as_str();
    // What the proxy is told is not the request.
    wire.send(&[head.as_bytes(), lines.as_bytes(), b"\r\n"], limits, &mut false)?;
    match wire.receive_head(limits, &[])?.answer.status {
        200..300 => wire.into_stream(),
        status => {
            let proxy = proxy.server.authority();
            Err(Failure::Proxy(format!("{proxy} answers CONNECT with {status}")))
        }
    }
}
