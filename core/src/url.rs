//! Checks the URLs of services and proxies.

use std::net::Ipv6Addr;

use ureq::http::Uri;

use crate::{Error, Result};

/// In bytes: leaves room for path and query in a request line that every server accepts.
const LONGEST_URL: usize = 2000;

/// Checks the URL of a service; returns it without a trailing slash.
///
/// Rejects parts that would be lost or leaked: user and password, query, fragment. `example` is for the
/// message.
pub(crate) fn service_url(name: &str, given: &str, example: &str) -> Result<String> {
    checked(given).map_err(|problem| {
        let text = format!("{name} {problem}, as in {example}");
        Error::invalid_configuration(text)
    })
}

/// As [`service_url`]; the error says what the URL must have, or what is wrong with it.
pub(crate) fn checked(given: &str) -> std::result::Result<String, String> {
    let url = given.trim().trim_end_matches('/');
    if url.len() > LONGEST_URL {
        return Err(format!("has more than {LONGEST_URL} bytes"));
    }
    let parsed: Uri = url.parse().map_err(|_| "must be an absolute URL")?;
    let authority = parsed.authority().ok_or("must be an absolute URL")?;
    if !matches!(parsed.scheme_str(), Some("https" | "http")) {
        return Err("must begin with https://".to_owned());
    }
    if authority.as_str().contains('@') {
        return Err("must not hold a user name or password".to_owned());
    }
    if url.contains(['?', '#']) {
        return Err("must end with its path, without ? or #".to_owned());
    }
    check_authority(&parsed)?;
    if !parsed.path().is_ascii() || parsed.path().split('/').any(|part| matches!(part, "." | ".."))
    {
        return Err("must have a plain path".to_owned());
    }
    Ok(url.to_owned())
}

/// A checked URL as its scheme with host, and its path (empty, or with a slash at its beginning).
pub(crate) fn split_path(url: &str) -> (&str, &str) {
    let host = url.find("://").map_or(0, |end| end + 3);
    let path = url[host..].find('/').map_or(url.len(), |slash| host + slash);
    url.split_at(path)
}

/// Whether this is a host name or an address; an IPv6 address must be in brackets.
fn is_host(text: &str) -> bool {
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    match inside {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => !text.is_empty() && text.bytes().all(fits),
    }
}

/// Checks that a URL has a valid host and, if any, a valid port. The error says what it must have.
pub(crate) fn check_authority(url: &Uri) -> std::result::Result<(), &'static str> {
    if !url.host().is_some_and(is_host) {
        return Err("must name a host");
    }
    let authority = url.authority().map_or("", |authority| authority.as_str());
    let port = url.host().and_then(|host| authority.strip_prefix(host)).unwrap_or_default();
    if !port.is_empty() && url.port_u16().is_none_or(|port| port == 0) {
        return Err("must have a port from 1 to 65535, or none");
    }
    Ok(())
}
