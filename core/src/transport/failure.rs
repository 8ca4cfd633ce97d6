//! What ureq's errors mean for the caller.

use std::io::ErrorKind;

use super::connection::Parts;
use super::interrupt::Interrupted;
use super::retry::Event;
use crate::{Error, Outcome, Status};

/// The error of an attempt without an answer, and whether it may be repeated.
///
/// `sent` is whether anything of the request had left: before that, nothing can have happened.
pub(super) fn describe(error: ureq::Error, sent: bool, parts: &Parts) -> (Error, Event) {
    let outcome = if sent { Outcome::Unknown } else { Outcome::NotSent };
    let broken = if sent { Event::Broken } else { Event::NotConnected };
    let fail = |status, text: String| Error::new(status, outcome, text);
    let to = &parts.peer;
    match error {
        ureq::Error::Timeout(_) if sent => {
            let text = format!("no complete answer from {to} within the timeout");
            (fail(Status::TimedOut, text), Event::Final)
        }
        ureq::Error::Timeout(_) => {
            let text = format!("no connection to {to} within the timeout");
            (fail(Status::TimedOut, text), Event::Final)
        }
        ureq::Error::Other(other) => match other.downcast::<Interrupted>() {
            Ok(stopped) => (interrupted(*stopped, outcome), Event::Final),
            Err(other) if other.is::<rustls::Error>() => {
                let hint = if is_untrusted(&*other) {
                    "; if it is signed by a CA of your own, give its certificate as ca_file"
                } else {
                    ""
                };
                let text = format!("TLS with {to} failed: {other}{hint}");
                (fail(Status::TlsFailed, text).with_source(other), Event::Final)
            }
            Err(other) => {
                let text = format!("{to}: {other}");
                (fail(Status::TlsFailed, text).with_source(other), Event::Final)
            }
        },
        ureq::Error::Io(error) => {
            let text = match error.kind() {
                ErrorKind::UnexpectedEof if sent => {
                    format!("{to} closed the connection before its answer was complete")
                }
                _ if sent => format!("the connection to {to} broke: {error}"),
                _ => format!("cannot connect to {to}: {error}"),
            };
            (fail(Status::ConnectionFailed, text).with_source(error.into()), broken)
        }
        ureq::Error::HostNotFound => (
            fail(Status::ConnectionFailed, format!("cannot connect to {to}: host not found")),
            broken,
        ),
        ureq::Error::ConnectProxyFailed(reason) => {
            (fail(Status::ConnectionFailed, format!("proxy: {reason}")), Event::Final)
        }
        ureq::Error::ConnectionFailed => {
            (fail(Status::ConnectionFailed, format!("cannot connect to {to}")), broken)
        }
        ureq::Error::LargeResponseHeader(_, limit) => {
            let text = format!("the header of the answer is larger than {limit} bytes");
            (fail(Status::ResponseTooLarge, text), Event::Final)
        }
        ureq::Error::Protocol(_) | ureq::Error::Decompress(..) | ureq::Error::BodyStalled => {
            let text = format!("the answer of {to} cannot be read: {error}");
            (fail(Status::InvalidResponse, text), Event::Final)
        }
        ureq::Error::Http(_) | ureq::Error::BadUri(_) => {
            let text = format!("the request cannot be sent as HTTP: {error}");
            (fail(Status::InvalidArgument, text), Event::Final)
        }
        // ureq's list is open; what is left concerns features that are not used here.
        error => (fail(Status::InternalError, format!("ureq: {error}")), Event::Final),
    }
}

fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(
        error.downcast_ref(),
        Some(rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer))
    )
}

/// The interrupt hook ended the call. Its own error is the source.
pub(super) fn interrupted(stopped: Interrupted, outcome: Outcome) -> Error {
    Error::interrupted(outcome, "interrupted").with_source(stopped.0)
}

pub(super) fn too_large(limit: u64) -> Error {
    let text = format!("the answer is larger than {limit} bytes (max_response_bytes)");
    Error::new(Status::ResponseTooLarge, Outcome::Unknown, text)
}
