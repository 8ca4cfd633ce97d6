//! Requests that the caller puts together, for what this library has no call for.

use std::time::Duration;

use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use ureq::http::Method;

use crate::arguments::{call_timeout, kind, not_known, remove_nulls};
use crate::call::Call;
use crate::clipped::clipped;
use crate::request::LONGEST_TARGET;
use crate::url::split_path;
use crate::{Error, Request, Result, strict_json};

/// Its name in all languages, and in errors.
const NAME: &str = "request";

const METHODS: [Method; 5] =
    [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

/// What goes with a request, as it comes from C: `{"query": {…}, "body": {…}, "timeout": 5}`.
#[derive(Debug, Default)]
pub(crate) struct Parts<'a> {
    pub(crate) query: Option<Value>,
    /// As it was written.
    pub(crate) body: Option<&'a RawValue>,
    /// `None` is the client's.
    pub(crate) timeout: Option<Option<Duration>>,
}

impl<'a> Parts<'a> {
    pub(crate) fn of_json(request_json: &'a str) -> Result<Parts<'a>> {
        let mut parts = Parts::default();
        let members = strict_json::members("request_json", request_json)?
            .ok_or_else(|| Error::invalid_argument("request_json must be a JSON object"))?;
        for (name, value) in members {
            let is_given = value.get() != "null";
            match name.as_str() {
                "query" => parts.query = Some(strict_json::parse("query", value.get())?),
                "body" => {
                    strict_json::parse("body", value.get())?;
                    parts.body = is_given.then_some(value);
                }
                "timeout" => parts.timeout = Some(timeout(value.get())?),
                _ => {
                    let text = not_known(&name, &["query", "body", "timeout"]);
                    return Err(Error::invalid_argument(text));
                }
            }
        }
        Ok(parts)
    }
}

fn timeout(json: &str) -> Result<Option<Duration>> {
    match strict_json::parse("timeout", json)? {
        Value::Null => Ok(None),
        given => match given.as_f64() {
            Some(seconds) => call_timeout("timeout", seconds),
            None => Err(Error::invalid_argument(format!(
                "timeout must be more than 0 seconds, or null for no limit, not {}",
                kind(&given)
            ))),
        },
    }
}

/// A request below `base_url`, checked.
pub(crate) fn of(
    base_url: &str,
    method: &str,
    path: &str,
    query: Option<&Value>,
    body: Option<&(impl Serialize + ?Sized)>,
) -> Result<Request> {
    let is_it = |known: &&Method| known.as_str().eq_ignore_ascii_case(method);
    let Some(method) = METHODS.iter().find(is_it) else {
        return Err(Error::invalid_argument(format!(
            "method must be GET, POST, PUT, PATCH or DELETE, not {:?}",
            clipped(method)
        )));
    };
    check_path(base_url, path)?;
    let request = Request::new(method.clone(), path).query(&members(query)?);
    if request.target.len() > LONGEST_TARGET {
        return Err(Error::invalid_argument(format!(
            "query is too long: the request line would have more than {LONGEST_TARGET} bytes"
        )));
    }
    match body {
        None => Ok(request),
        Some(_) if request.is_read() => {
            Err(Error::invalid_argument("body must not be given with GET: give query"))
        }
        Some(body) => request.json(body),
    }
}

/// What is null in a query is left out.
fn members(query: Option<&Value>) -> Result<Map<String, Value>> {
    match query.cloned() {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(mut query) => {
            remove_nulls(&mut query);
            match query {
                Value::Object(members) => Ok(members),
                other => Err(Error::invalid_argument(format!(
                    "query must be an object such as {{\"disk\": {{\"id\": \"disk_...\"}}}}, not {}",
                    kind(&other)
                ))),
            }
        }
    }
}

/// A path must not lead elsewhere than below the base URL: the token would go there.
fn check_path(base_url: &str, path: &str) -> Result<()> {
    let wrong = |problem: &str| {
        let shown = clipped(path);
        Err(Error::invalid_argument(format!("path {problem}, such as /disks/disk, not {shown:?}")))
    };
    if !path.starts_with('/') || path.starts_with("//") {
        return wrong("must begin with one slash: it is below the base URL");
    }
    if path.contains(['?', '#']) {
        return wrong("must be without ? and #: give query instead");
    }
    if !path.bytes().all(is_of_a_path) || !is_well_encoded(path) {
        return wrong("must be percent-encoded");
    }
    let decoded = percent_decode_str(path).collect::<Vec<u8>>();
    let is_dots = |part: &[u8]| matches!(part, b"." | b"..");
    if decoded.split(|byte| matches!(byte, b'/' | b'\\')).any(is_dots)
        || decoded.iter().any(u8::is_ascii_control)
    {
        return wrong("must be plain, without . and .. and control characters");
    }
    let (_, below) = split_path(base_url);
    if !below.is_empty() && path.strip_prefix(below).is_some_and(|rest| rest.starts_with('/')) {
        return wrong(&format!("must be without {below}, which the base URL has"));
    }
    Ok(())
}

/// RFC 3986's characters of a path.
fn is_of_a_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@%".contains(&byte)
}

fn is_well_encoded(path: &str) -> bool {
    let is_code =
        |code: &str| code.len() >= 2 && code.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    path.split('%').skip(1).all(is_code)
}

/// What checks of the response know about such a request: nothing.
pub(crate) fn call(request: &Request) -> Call {
    Call { name: NAME, method: request.method.clone(), path: "", arguments: Map::new() }
}

/// Such a request with the objects that it names, for the hints of an error.
pub(crate) fn naming(
    request: &Request,
    query: Option<&Value>,
    body: Option<&(impl Serialize + ?Sized)>,
) -> Call {
    let body = body.and_then(|body| serde_json::to_value(body).ok());
    let given = [query, body.as_ref()].into_iter().flatten().filter_map(Value::as_object);
    let members = given.flatten().map(|(name, value)| (name.clone(), value.clone()));
    Call { arguments: members.collect(), ..call(request) }
}

/// An error as the error of such a request.
pub(crate) fn in_request(error: Error) -> Error {
    error.in_operation(NAME, None)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Parts, of};
    use crate::Status;

    const BASE: &str = "https://api.katapult.io/core/v1";

    fn target(
        method: &str,
        path: &str,
        query: Value,
        body: Option<Value>,
    ) -> Result<String, String> {
        let request = of(BASE, method, path, Some(&query), body.as_ref());
        request.map(|request| request.target).map_err(|error| {
            assert_eq!(error.status(), Status::InvalidArgument, "{error}");
            error.description().to_owned()
        })
    }

    #[test]
    fn a_query_is_as_nested_as_the_apis_own() {
        let query = json!({"disk": {"id": "a b"}, "page": 2, "x": [1, 2], "no": null, "empty": {}});
        let expected = "/disks/disk?disk%5Bid%5D=a%20b&page=2&x%5B%5D=1&x%5B%5D=2";
        assert_eq!(target("GET", "/disks/disk", query, None).unwrap(), expected);
        assert_eq!(target("delete", "/disks", Value::Null, None).unwrap(), "/disks");
        let both = target("POST", "/disks", json!({"a": true}), Some(json!({})));
        assert_eq!(both.unwrap(), "/disks?a=true");
        assert_eq!(target("DELETE", "/a%2Fb/c:d@e", Value::Null, None).unwrap(), "/a%2Fb/c:d@e");
    }

    #[test]
    fn a_path_leads_nowhere_else() {
        for (path, says) in [
            ("", "begin with one slash"),
            ("disks", "begin with one slash"),
            ("//evil.example/disks", "begin with one slash"),
            ("https://evil.example/disks", "begin with one slash"),
            ("@evil.example/disks", "begin with one slash"),
            ("/disks?x=1", "give query instead"),
            ("/disks#x", "give query instead"),
            ("/a b", "percent-encoded"),
            ("/ä", "percent-encoded"),
            ("/a\r\nHost: evil", "percent-encoded"),
            ("/a\\..\\b", "percent-encoded"),
            ("/a%", "percent-encoded"),
            ("/a%2", "percent-encoded"),
            ("/a%zz", "percent-encoded"),
            ("/a/../b", "plain"),
            ("/a/./b", "plain"),
            ("/..", "plain"),
            ("/a/%2e%2E/b", "plain"),
            ("/a%2F..%2Fb", "plain"),
            ("/a%5C..%5Cb", "plain"),
            ("/a%00", "plain"),
            ("/a%0d%0a", "plain"),
            ("/core/v1/disks", "without /core/v1"),
        ] {
            let text = target("GET", path, Value::Null, None).unwrap_err();
            assert!(text.starts_with("path ") && text.contains(says), "{path}: {text}");
        }
        assert!(target("GET", "/core/v12", Value::Null, None).is_ok());
    }

    #[test]
    fn what_else_is_wrong_is_named() {
        for method in ["gett", "", "TRACE", "CONNECT", "HEAD", "GET ", "GET / HTTP/1.1\r\nX: y"] {
            let text = target(method, "/disks", Value::Null, None).unwrap_err();
            assert!(text.starts_with("method must be GET, POST"), "{text}");
        }
        let text = target("GET", "/disks", Value::Null, Some(json!({}))).unwrap_err();
        assert!(text.starts_with("body must not"), "{text}");
        let text = target("GET", "/disks", json!([1]), None).unwrap_err();
        assert!(text.starts_with("query must be an object"), "{text}");
        let text = target("GET", "/disks", json!({"a": "x".repeat(9000)}), None).unwrap_err();
        assert!(text.starts_with("query is too long"), "{text}");
    }

    #[test]
    fn the_parts_come_as_json() {
        let body = r#"{"big": 123456789012345678901234567890, "nothing": null}"#;
        let text = format!(r#"{{"query": {{"a": 1}}, "body": {body}, "timeout": null}}"#);
        let parts = Parts::of_json(&text).unwrap();
        assert_eq!(parts.body.unwrap().get(), body, "as it was written");
        assert_eq!((parts.query, parts.timeout), (Some(json!({"a": 1})), Some(None)));
        let nothing = Parts::of_json(r#"{"query": null, "body": null}"#).unwrap();
        assert!(nothing.body.is_none() && nothing.timeout.is_none());
        for (text, says) in [
            ("[]", "request_json must be"),
            ("{", "request_json is not valid JSON"),
            (r#"{"qeury": {}}"#, "qeury is not known; known here: query, body, timeout"),
            (r#"{"body": {"a": 1, "a": 2}}"#, "body gives a twice"),
            (r#"{"timeout": "5"}"#, "timeout must be more than 0 seconds"),
            (r#"{"timeout": -1}"#, "timeout must be more than 0 seconds, not -1"),
            (r#"{"timeout": 0}"#, "timeout must be more than 0 seconds, not 0"),
        ] {
            let error = Parts::of_json(text).unwrap_err();
            assert!(error.description().starts_with(says), "{text}: {error}");
        }
    }
}
