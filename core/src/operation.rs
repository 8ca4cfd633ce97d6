//! What to send, as plain data. No I/O happens here.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::http::Method;

use zeroize::Zeroizing;

use crate::header_lines::HeaderLines;
use crate::{Config, Result};

/// One operation of the Katapult API: an instance is one call of it.
///
/// Adding an operation means one struct with this trait; [`Client::call`](crate::Client::call)
/// performs it.
pub trait Operation {
    /// What the answer decodes to.
    type Output: DeserializeOwned;

    /// The top-level keys that every answer has.
    const ANSWER_KEYS: &'static [&'static str];

    /// The request to send. `config` gives the defaults, such as the organization.
    ///
    /// # Errors
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the argument.
    fn request(&self, config: &Config) -> Result<Request>;
}

impl<O: Operation> Operation for &O {
    type Output = O::Output;

    const ANSWER_KEYS: &'static [&'static str] = O::ANSWER_KEYS;

    fn request(&self, config: &Config) -> Result<Request> {
        (*self).request(config)
    }
}

/// A request relative to the base URL. `Debug` leaves out the body, which may hold what is secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    pub(crate) method: Method,
    /// Path and query, percent-encoded.
    pub(crate) target: String,
    /// Those that only this request has.
    pub(crate) headers: HeaderLines,
    /// JSON. Wiped when dropped, since a password may be in it.
    pub(crate) body: Option<Zeroizing<Vec<u8>>>,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}

impl Request {
    pub(crate) fn get(path: &str) -> Request {
        Request::new(Method::GET, path)
    }

    pub(crate) fn new(method: Method, path: &str) -> Request {
        Request { method, target: path.to_owned(), headers: HeaderLines::default(), body: None }
    }

    /// Adds a query pair; both sides are percent-encoded.
    pub(crate) fn query(mut self, key: &str, value: &str) -> Request {
        self.target.push(if self.target.contains('?') { '&' } else { '?' });
        self.target.extend(encoded(key));
        self.target.push('=');
        self.target.extend(encoded(value));
        self
    }

    /// Adds a lookup, such as `disk[id]=…`, of the key and value that
    /// [`Lookup::pair`](crate::Lookup) gives.
    pub(crate) fn lookup(self, object: &str, (key, value): (&str, &str)) -> Request {
        self.query(&format!("{object}[{key}]"), value)
    }

    pub(crate) fn headers(mut self, lines: &HeaderLines) -> Request {
        self.headers = self.headers.and(Some(lines));
        self
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> Result<Request> {
        let mut json = Zeroizing::new(Vec::new());
        serde_json::to_writer(&mut *json, body)
            .map_err(|error| crate::Error::internal(format!("request body: {error}")))?;
        self.body = Some(json);
        Ok(self)
    }

    /// Whether repeating it cannot change anything.
    pub(crate) fn is_read(&self) -> bool {
        self.method == Method::GET
    }
}

/// RFC 3986's unreserved characters stay as they are.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` for one path segment, one query key or one query value.
pub(crate) fn encoded(text: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(text, RESERVED)
}

#[cfg(test)]
mod tests {
    use super::Request;

    #[test]
    fn everything_but_unreserved_characters_is_encoded() {
        let request = Request::get("/disks/disk").query("disk[id]", "a/b?c#d&e=f%20é ..");
        assert_eq!(
            request.target,
            "/disks/disk?disk%5Bid%5D=a%2Fb%3Fc%23d%26e%3Df%2520%C3%A9%20.."
        );
        assert_eq!(Request::get("/x").query("a", "").query("b", "\0").target, "/x?a=&b=%00");
    }
}
