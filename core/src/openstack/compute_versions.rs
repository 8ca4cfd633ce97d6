//! Asks Nova for its versions, where its URL names none.

use super::not_sent;
use super::session::Connecting;
use super::versions::{self, Version, Versions};
use crate::header_lines::HeaderLines;
use crate::transport::{TimeLimit, Transport};
use crate::url::split_path;
use crate::{Error, Request, Result};

/// What Nova says about its version 2.1.
pub(super) enum Told {
    /// Its URL.
    Current(String),
    /// It has none, or does not answer with its versions; with what it answered.
    Nothing(String),
}

/// `GET {url}/`, for which Nova needs no token (captured).
pub(super) fn ask(url: &str, connecting: &Connecting, limit: TimeLimit) -> Result<Told> {
    let Connecting { http, secrets, interrupt, .. } = connecting;
    let lines = HeaderLines::default();
    let transport = Transport::new(url.to_owned(), lines, http, secrets, interrupt)?;
    let told = match transport.send(&Versions, &Request::get("/"), limit) {
        Ok(response) => match versions::listed(&response.body) {
            Some(list) => current(url, &list),
            None => Told::Nothing("no version document".to_owned()),
        },
        Err(error) if is_final(&error) => Told::Nothing(error.description().to_owned()),
        Err(error) => {
            return Err(not_sent(error.in_context(&format!("compute service: GET {url}/"))));
        }
    };
    Ok(told)
}

/// Whether the answer would be the same at the next call.
fn is_final(error: &Error) -> bool {
    error.http_status().is_some_and(|status| status < 500 && status != 429)
}

fn current(url: &str, list: &[Version]) -> Told {
    match list.iter().find(|version| version.id == "v2.1") {
        Some(version) => Told::Current(own_url(url, version)),
        None => {
            let ids: Vec<&str> = list.iter().map(|version| version.id.as_str()).collect();
            Told::Nothing(format!("versions {} only", ids.join(", ")))
        }
    }
}

/// The version's path on the host that was asked. A path outside the URL's own is that of a service
/// behind a proxy, which knows another prefix or none.
fn own_url(url: &str, version: &Version) -> String {
    let (origin, prefix) = split_path(url);
    let is_inside =
        |path: &&String| path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/'));
    match version.path.as_ref().filter(is_inside) {
        Some(path) => format!("{origin}{path}"),
        None => format!("{url}/v2.1"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Told, current};
    use crate::openstack::versions::Version;

    fn told(url: &str, versions: &[(&str, Option<&str>)]) -> Result<String, String> {
        let version = |(id, path): &(&str, Option<&str>)| Version {
            id: (*id).to_owned(),
            path: path.map(str::to_owned),
        };
        let list: Vec<Version> = versions.iter().map(version).collect();
        match current(url, &list) {
            Told::Current(url) => Ok(url),
            Told::Nothing(text) => Err(text),
        }
    }

    #[test]
    fn the_versions_path_counts_on_the_host_that_was_asked() {
        let table = [
            ("https://h:8774", Some("/v2.1"), "https://h:8774/v2.1"),
            ("https://h/compute", Some("/compute/v2.1"), "https://h/compute/v2.1"),
            ("https://h/compute", Some("/compute/nova/v2.1"), "https://h/compute/nova/v2.1"),
            ("https://h/compute", Some("/v2.1"), "https://h/compute/v2.1"),
            ("https://h/compute", Some("/computer/v2.1"), "https://h/compute/v2.1"),
            ("https://h/compute", None, "https://h/compute/v2.1"),
            ("https://h", Some("/nova/v2.1"), "https://h/nova/v2.1"),
        ];
        for (url, path, expected) in table {
            let versions = [("v2.0", Some("/v2")), ("v2.1", path)];
            assert_eq!(told(url, &versions).as_deref(), Ok(expected), "{url} {path:?}");
        }
    }

    #[test]
    fn a_service_without_the_version_says_which_it_has() {
        let text = told("https://h", &[("v2.0", Some("/v2")), ("v3.0", None)]).unwrap_err();
        assert_eq!(text, "versions v2.0, v3.0 only");
    }
}
