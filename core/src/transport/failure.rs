//! Why an attempt failed, and the caller's error for it.

use std::fmt;
use std::io::{self, ErrorKind};

use super::retry::Event;
use super::tls;
use crate::http_options::Stop;
use crate::{Error, Outcome, Status};

/// Why an attempt got no response.
#[derive(Debug)]
pub(super) enum Failure {
    TimedOut,
    /// Holds what the hook returned.
    Interrupted(Stop),
    HostNotFound,
    Io(io::Error),
    /// The peer ended the connection too early.
    Closed,
    /// The peer has closed an idle connection; nothing was sent on it.
    NoLongerOpen,
    Tls(rustls::Error),
    /// The proxy did not open a tunnel.
    Proxy(String),
    HeadTooLarge(usize),
    BodyTooLarge(u64),
    /// The memory that is left does not hold the response.
    OutOfMemory,
    /// The response is not valid HTTP.
    Unreadable(String),
    /// The request cannot be expressed in HTTP.
    Unsendable(String),
}

impl Failure {
    /// The error of an attempt, and whether it may be repeated.
    ///
    /// `sent` is true if any part of the request may have been sent; otherwise the outcome is
    /// `not_sent`. `peer` names the service in the message.
    pub(super) fn describe(self, sent: bool, peer: &str) -> (Error, Event) {
        let outcome = if sent { Outcome::Unknown } else { Outcome::NotSent };
        let broken = if sent { Event::Broken } else { Event::NotConnected };
        let fail = |status, text: String| Error::new(status, outcome, text);
        match self {
            Failure::TimedOut => {
                let what = if sent { "complete response from" } else { "connection to" };
                let text = format!("no {what} {peer} within the timeout");
                (fail(Status::TimedOut, text), Event::Final)
            }
            Failure::Interrupted(stop) => (interrupted(stop, outcome), Event::Final),
            Failure::HostNotFound => {
                let text = format!("cannot connect to {peer}: host not found");
                (fail(Status::ConnectionFailed, text), broken)
            }
            Failure::Io(error) => {
                let text = match sent {
                    true => format!("the connection to {peer} broke: {error}"),
                    false => format!("cannot connect to {peer}: {error}"),
                };
                (fail(Status::ConnectionFailed, text).with_source(error.into()), broken)
            }
            Failure::Closed | Failure::NoLongerOpen => {
                let text = match sent {
                    true => {
                        format!("{peer} closed the connection before its response was complete")
                    }
                    false => format!("cannot connect to {peer}: it closed the connection"),
                };
                (fail(Status::ConnectionFailed, text), broken)
            }
            Failure::Tls(error) => {
                let text = format!("TLS with {peer} failed: {}", tls::sentence(&error, sent));
                (fail(Status::TlsFailed, text).with_source(error.into()), Event::Final)
            }
            Failure::Proxy(reason) => {
                (fail(Status::ConnectionFailed, format!("proxy: {reason}")), Event::Final)
            }
            Failure::HeadTooLarge(limit) => {
                let text = format!("the header of the response is larger than {limit} bytes");
                (fail(Status::ResponseTooLarge, text), Event::Final)
            }
            Failure::BodyTooLarge(limit) => {
                let text =
                    format!("the response is larger than {limit} bytes (max_response_bytes)");
                (fail(Status::ResponseTooLarge, text), Event::Final)
            }
            Failure::OutOfMemory => {
                let text = "the response is larger than the memory that is left";
                (fail(Status::ResponseTooLarge, text.to_owned()), Event::Final)
            }
            Failure::Unreadable(problem) => {
                let text = format!("the response of {peer} cannot be read: {problem}");
                (fail(Status::InvalidResponse, text), Event::Final)
            }
            Failure::Unsendable(problem) => {
                let text = format!("the request cannot be sent as HTTP: {problem}");
                (fail(Status::InvalidArgument, text), Event::Final)
            }
        }
    }
}

/// The error of a call that the interrupt hook ended, with the hook's error as its source.
pub(super) fn interrupted(stop: Stop, outcome: Outcome) -> Error {
    Error::interrupted(outcome, "interrupted").with_source(stop)
}

impl From<rustls::Error> for Failure {
    fn from(error: rustls::Error) -> Failure {
        Failure::Tls(error)
    }
}

/// Translates ureq's error. `sent` is true if any part of the request may have been sent.
pub(super) fn of_ureq(error: ureq::Error, sent: bool) -> Failure {
    match error {
        ureq::Error::Io(error) => error.into(),
        ureq::Error::Decompress(format, error) => match error.downcast::<Failure>() {
            Ok(failure) => failure,
            Err(error) if ends_too_early(&error) => {
                Failure::Unreadable(format!("its {format} is not complete"))
            }
            // Either the connection ended, or the compressed body did.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Failure::Closed,
            Err(error) => Failure::Unreadable(format!("its {format} is broken ({error})")),
        },
        ureq::Error::BodyExceedsLimit(limit) => Failure::BodyTooLarge(limit),
        ureq::Error::LargeResponseHeader(_, limit) => Failure::HeadTooLarge(limit),
        ureq::Error::Timeout(_) => Failure::TimedOut,
        error if sent => Failure::Unreadable(error.to_string()),
        error => Failure::Unsendable(error.to_string()),
    }
}

/// True if the body ended before the gzip header was complete.
pub(super) fn ends_too_early(error: &io::Error) -> bool {
    error.kind() == ErrorKind::UnexpectedEof && error.get_ref().is_none()
}

/// A request that HTTP's rules do not permit.
impl From<ureq::http::Error> for Failure {
    fn from(error: ureq::http::Error) -> Failure {
        Failure::Unsendable(error.to_string())
    }
}

/// Unwraps a failure, or an error of rustls or ureq, that travelled inside an `io::Error`.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let error = match error.downcast::<Failure>() {
            Ok(failure) => return failure,
            Err(error) => error,
        };
        let error = match error.downcast::<ureq::Error>() {
            // ureq wraps its errors so only while a body is read.
            Ok(error) => return of_ureq(error, true),
            Err(error) => error,
        };
        match error.downcast::<rustls::Error>() {
            Ok(error) => Failure::Tls(error),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Failure::Closed,
            // Not the system's, which has a number.
            Err(error)
                if error.kind() == ErrorKind::OutOfMemory && error.raw_os_error().is_none() =>
            {
                Failure::OutOfMemory
            }
            Err(error) => Failure::Io(error),
        }
    }
}

impl From<Failure> for io::Error {
    fn from(failure: Failure) -> io::Error {
        io::Error::other(failure)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Failure {}
