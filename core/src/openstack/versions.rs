//! Version documents: what Keystone and Nova say at a URL without a version.

use std::time::Duration;

use serde_json::Value;

use crate::json;
use crate::transport::{HttpResponse, Service};
use crate::{Error, Outcome, Status};

/// A version of an API that a service offers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// `v2.1`
    pub(super) id: String,
    /// The path of its own URL, without a slash at its end. Host and scheme are not used: behind a
    /// proxy they are often those of another machine, which must not get a password.
    pub(super) path: Option<String>,
}

/// The versions that a document lists; `None` if it is not a version document.
pub(super) fn listed(body: &[u8]) -> Option<Vec<Version>> {
    let document = json::detail(body)?;
    let one = document.get("version").map(std::slice::from_ref);
    // Nova has a list, Keystone an object with the list in it (both captured).
    let list = document.get("versions");
    let list = list.and_then(|list| list.get("values").unwrap_or(list).as_array());
    let entries = list.map(Vec::as_slice).or(one)?;
    let versions: Vec<Version> = entries.iter().filter_map(Version::of).collect();
    (!versions.is_empty()).then_some(versions)
}

impl Version {
    fn of(entry: &Value) -> Option<Version> {
        let links = entry.get("links").and_then(Value::as_array);
        let own = links.into_iter().flatten().find(|link| link["rel"] == "self");
        let path = own.and_then(|link| path_of(link.get("href")?.as_str()?));
        Some(Version { id: entry.get("id")?.as_str()?.to_owned(), path })
    }
}

/// The path of a link without a slash at its end; `None` if it would not arrive unchanged.
fn path_of(href: &str) -> Option<String> {
    let path = match href.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None if href.starts_with('/') => href,
        None => return None,
    };
    let path = path.trim_end_matches('/');
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic())
        && !path.contains(['?', '#'])
        && !path.split('/').any(|part| matches!(part, "." | ".."));
    is_plain.then(|| path.to_owned())
}

/// A service that is asked for its version document.
pub(super) struct Versions;

impl Service for Versions {
    const LIMITS_ALL_REQUESTS: bool = false;
    const REQUEST_ID_HEADERS: &'static [&'static str] = &["x-openstack-request-id"];

    /// Keystone answers 300 (captured).
    fn is_answer(&self, response: &HttpResponse) -> bool {
        response.is_success() || response.status == 300
    }

    fn error_of(&self, response: &HttpResponse, _: bool) -> Error {
        let redirect = response.redirect().map(|redirect| format!(" and {redirect}"));
        let text = format!("HTTP {}{}", response.status, redirect.unwrap_or_default());
        response.error(Status::OpenstackError, Outcome::NotSent, text)
    }

    fn rate_limit_window(&self, _: &HttpResponse) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Version, listed, path_of};

    #[test]
    fn the_documents_of_both_services() {
        let nova = r#"{"versions": [
            {"id": "v2.0", "status": "SUPPORTED", "version": "", "min_version": "",
             "links": [{"rel": "self", "href": "http://10.0.0.1:8774/v2/"}]},
            {"id": "v2.1", "status": "CURRENT", "version": "2.100", "min_version": "2.1",
             "links": [{"rel": "describedby", "href": "http://docs/"},
                       {"rel": "self", "href": "http://10.0.0.1:8774/compute/v2.1/"}]}]}"#;
        let keystone = r#"{"versions": {"values": [{"id": "v3.14", "status": "stable",
             "links": [{"rel": "self", "href": "http://10.0.0.1:5000/v3/"}]}]}}"#;
        let one = r#"{"version": {"id": "v3.14", "links": [{"rel": "self", "href": "/v3/"}]}}"#;
        let version =
            |id: &str, path: &str| Version { id: id.to_owned(), path: Some(path.to_owned()) };
        let both = vec![version("v2.0", "/v2"), version("v2.1", "/compute/v2.1")];
        assert_eq!(listed(nova.as_bytes()), Some(both));
        assert_eq!(listed(keystone.as_bytes()), Some(vec![version("v3.14", "/v3")]));
        assert_eq!(listed(one.as_bytes()), Some(vec![version("v3.14", "/v3")]));
        let unlinked = Version { id: "v2.1".to_owned(), path: None };
        assert_eq!(listed(br#"{"versions": [{"id": "v2.1"}]}"#), Some(vec![unlinked]));
    }

    #[test]
    fn what_is_not_a_version_document() {
        let table = [
            "",
            "<html>",
            "[]",
            "{}",
            "7",
            r#"{"versions": []}"#,
            r#"{"versions": "v3"}"#,
            r#"{"versions": {"values": 1}}"#,
            r#"{"version": "3"}"#,
            r#"{"versions": [{"id": 3}]}"#,
        ];
        for body in table {
            assert_eq!(listed(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn of_a_link_its_path_counts() {
        let table = [
            ("https://other.example:8774/v2.1/", Some("/v2.1")),
            ("http://other.example", Some("")),
            ("/compute/v2.1", Some("/compute/v2.1")),
            ("v2.1", None),
            ("http://h/v2.1?token=x", None),
            ("http://h/a/../v2.1", None),
            ("http://h/v 2", None),
        ];
        for (href, path) in table {
            assert_eq!(path_of(href).as_deref(), path, "{href}");
        }
    }
}
