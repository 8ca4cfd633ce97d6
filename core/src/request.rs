//! A request as plain data, made of an operation.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Map, Value};
use ureq::http::Method;
use zeroize::Zeroizing;

use crate::arguments::Bounds;
use crate::header_lines::HeaderLines;
use crate::secrets::Secrets;
use crate::{Error, Result};

/// What servers take as a request line: nginx's and Apache's default is 8 KiB, with method and version.
pub(crate) const LONGEST_TARGET: usize = 8000;

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
    /// What no message may repeat; `None` if that is the transport's.
    pub(crate) secrets: Option<Secrets>,
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
    /// The request with these arguments.
    pub(crate) fn of(
        method: &Method,
        path: &str,
        arguments: &Map<String, Value>,
    ) -> Result<Request> {
        let (path, arguments) = filled(path, arguments);
        let request = Request::new(method.clone(), &path);
        if !request.is_read() {
            return if arguments.is_empty() { Ok(request) } else { request.json(&*arguments) };
        }
        for (key, value) in arguments.iter() {
            match key.as_str() {
                "page" => Bounds::POSITIVE.check(key, value.as_u64())?,
                "per_page" => Bounds::PAGE_SIZE.check(key, value.as_u64())?,
                _ => {}
            }
        }
        let request = request.query(&arguments);
        if request.target.len() > LONGEST_TARGET {
            return Err(Error::invalid_argument(format!(
                "annotations are too long for a filter: the request line would have more than \
                 {LONGEST_TARGET} bytes"
            )));
        }
        Ok(request)
    }

    /// What it asks for, for people: path and query without percent-encoding and without the page.
    pub fn shown(&self) -> String {
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let is_page = |pair: &&str| pair.starts_with("page=") || pair.starts_with("per_page=");
        let query: Vec<&str> = query.split('&').filter(|pair| !is_page(pair)).collect();
        let query = query.join("&");
        let shown = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        percent_decode_str(&shown).decode_utf8_lossy().into_owned()
    }

    pub(crate) fn get(path: &str) -> Request {
        Request::new(Method::GET, path)
    }

    pub(crate) fn new(method: Method, path: &str) -> Request {
        // Room for a query, so that it grows once.
        let mut target = String::with_capacity(path.len() + 80);
        target.push_str(path);
        Request { method, target, headers: HeaderLines::default(), body: None, secrets: None }
    }

    pub(crate) fn query(mut self, members: &Map<String, Value>) -> Request {
        for (name, value) in members {
            self.add_query(&Key { name, within: None }, value);
        }
        self
    }

    /// Adds a value to the query as Rails reads it: `disk[id]=…`, `annotations[][key]=…`. Both sides are
    /// percent-encoded.
    fn add_query(&mut self, key: &Key<'_>, value: &Value) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    self.add_query(&Key { name, within: Some(key) }, value);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.add_query(&Key { name: "", within: Some(key) }, item);
                }
            }
            _ => {
                self.target.push(if self.target.contains('?') { '&' } else { '?' });
                key.add_to(&mut self.target);
                self.target.push('=');
                match value {
                    Value::String(text) => self.target.extend(encoded(text)),
                    other => self.target.extend(encoded(&other.to_string())),
                }
            }
        }
    }

    pub(crate) fn headers(mut self, lines: &HeaderLines) -> Request {
        self.headers = self.headers.and(Some(lines));
        self
    }

    pub(crate) fn json(mut self, body: &(impl Serialize + ?Sized)) -> Result<Request> {
        // Room for most bodies, and not for more: all of it is wiped.
        let mut json = Zeroizing::new(Vec::with_capacity(64));
        serde_json::to_writer(&mut *json, body)
            .map_err(|error| Error::internal(format!("request body: {error}")))?;
        self.body = Some(json);
        Ok(self)
    }

    /// Whether repeating it cannot change anything.
    pub(crate) fn is_read(&self) -> bool {
        self.method == Method::GET
    }
}

/// The key of a query pair: a name, or `name[name]`.
struct Key<'a> {
    name: &'a str,
    within: Option<&'a Key<'a>>,
}

impl Key<'_> {
    fn add_to(&self, target: &mut String) {
        match self.within {
            None => target.extend(encoded(self.name)),
            Some(outer) => {
                outer.add_to(target);
                target.push_str("%5B");
                target.extend(encoded(self.name));
                target.push_str("%5D");
            }
        }
    }
}

/// The path with the arguments in it that it has in braces, and the others.
fn filled<'a>(
    path: &'a str,
    arguments: &'a Map<String, Value>,
) -> (Cow<'a, str>, Cow<'a, Map<String, Value>>) {
    if !path.contains('{') {
        return (Cow::Borrowed(path), Cow::Borrowed(arguments));
    }
    let mut others = arguments.clone();
    let mut filled = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(before);
        let value = others.remove(name);
        filled.extend(encoded(value.as_ref().and_then(Value::as_str).unwrap_or_default()));
        rest = after;
    }
    (Cow::Owned(filled + rest), Cow::Owned(others))
}

/// RFC 3986's unreserved characters stay as they are.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` for one path segment, one query key or one query value.
pub(crate) fn encoded(text: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(text, RESERVED)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};
    use ureq::http::Method;

    use super::Request;

    fn get(path: &str, arguments: Value) -> String {
        let arguments: Map<String, Value> = arguments.as_object().cloned().unwrap();
        Request::of(&Method::GET, path, &arguments).unwrap().target
    }

    #[test]
    fn everything_but_unreserved_characters_is_encoded() {
        assert_eq!(
            get("/disks/disk", json!({"disk": {"id": "a/b?c#d&e=f%20é .."}})),
            "/disks/disk?disk%5Bid%5D=a%2Fb%3Fc%23d%26e%3Df%2520%C3%A9%20.."
        );
        assert_eq!(
            get("/x", json!({"a": "", "b": "\0", "c": 7, "d": true})),
            "/x?a=&b=%00&c=7&d=true"
        );
    }

    #[test]
    fn arguments_of_the_path_are_not_in_the_query() {
        let arguments = json!({"server_id": "a", "volume_id": "../b"});
        assert_eq!(get("/servers/{server_id}/v/{volume_id}", arguments), "/servers/a/v/..%2Fb");
    }

    #[test]
    fn a_list_in_the_query_is_as_rails_reads_it() {
        let arguments = json!({"annotations": [{"key": "a", "value": "b"}]});
        let expected = "/x?annotations%5B%5D%5Bkey%5D=a&annotations%5B%5D%5Bvalue%5D=b";
        assert_eq!(get("/x", arguments), expected);
    }

    #[test]
    fn people_see_what_was_asked_for() {
        let shown = |arguments: Value| {
            let arguments = arguments.as_object().cloned().unwrap();
            Request::of(&Method::GET, "/a/b", &arguments).unwrap().shown()
        };
        assert_eq!(shown(json!({"a": {"b": "c d"}, "page": 1, "per_page": 200})), "/a/b?a[b]=c d");
        assert_eq!(shown(json!({"page": 1})), "/a/b");
    }
}
