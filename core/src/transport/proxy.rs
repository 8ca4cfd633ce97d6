//! Which proxy, if any, leads to the service.
//!
//! A client has one origin, so this is decided once. The environment is read as curl and Python's
//! requests read it; loopback is never sent to a proxy that the environment names.

use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use ureq::http::Uri;
use zeroize::Zeroizing;

use super::header_lines::HeaderLines;
use super::route::Server;
use crate::config::check_authority;
use crate::{Error, Result};

/// A proxy, and what it is told of who asks.
#[derive(Debug)]
pub(super) struct Proxy {
    pub(super) server: Server,
    /// Empty if it does not want to know.
    pub(super) authorization: HeaderLines,
}

/// The proxy for `base`: the given one, or the environment's.
pub(super) fn choose(
    base: &Uri,
    given: Option<&str>,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Option<Proxy>> {
    if let Some(given) = given {
        return if given.is_empty() { Ok(None) } else { parse("proxy", given).map(Some) };
    }
    let host = bare_host(base);
    let port = base.port_u16().unwrap_or(if is_https(base) { 443 } else { 80 });
    if is_loopback(host) || is_excluded(&environment, host, port) {
        return Ok(None);
    }
    let names: [&str; 4] = if is_https(base) {
        ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    } else {
        // Not HTTP_PROXY: a CGI server sets it from a header that the remote side chooses.
        ["http_proxy", "http_proxy", "all_proxy", "ALL_PROXY"]
    };
    let found = names
        .into_iter()
        .find_map(|name| Some((name, environment(name).filter(|value| !value.is_empty())?)));
    found.map(|(name, value)| parse(name, &value)).transpose()
}

fn parse(name: &str, value: &str) -> Result<Proxy> {
    // The value may hold a password, so no message shows it.
    let invalid = || {
        Error::invalid_configuration(format!(
            "{name} is not a proxy URL such as http://proxy.example.com:3128"
        ))
    };
    let (scheme, rest) = value.split_once("://").unwrap_or(("http", value));
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(Error::invalid_configuration(format!(
            "{name} names a {scheme} proxy; only http:// and https:// proxies are supported"
        )));
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let url: Uri = format!("{scheme}://{host}").parse().map_err(|_| invalid())?;
    check_authority(&url).map_err(|problem| {
        Error::invalid_configuration(format!(
            "{name} {problem}, as in http://proxy.example.com:3128"
        ))
    })?;
    let authorization = match user {
        None => HeaderLines::default(),
        Some(user) => authorization(name, user)?,
    };
    Ok(Proxy { server: Server::of(&url), authorization })
}

/// `user` is `name:password`, percent-encoded as in URLs.
fn authorization(argument: &str, user: &str) -> Result<HeaderLines> {
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
    let decoded = |text: &str| Zeroizing::new(percent_decode_str(text).collect::<Vec<u8>>());
    let both = Zeroizing::new([&decoded(user)[..], b":", &decoded(password)].concat());
    let encoded = Zeroizing::new(BASE64_STANDARD.encode(&*both));
    let value = Zeroizing::new(format!("Basic {}", *encoded));
    HeaderLines::default().with(argument, "proxy-authorization", &value)
}

fn is_https(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https")
}

/// The host without the brackets of an IPv6 literal.
pub(super) fn bare_host(uri: &Uri) -> &str {
    uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

pub(super) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn is_excluded(environment: &impl Fn(&str) -> Option<String>, host: &str, port: u16) -> bool {
    // An empty one is none, as for curl and requests.
    let list = ["no_proxy", "NO_PROXY"]
        .into_iter()
        .find_map(|name| environment(name).filter(|value| !value.is_empty()))
        .unwrap_or_default();
    list.split([',', ' ', '\t'])
        .filter(|entry| !entry.is_empty())
        .any(|entry| excludes(entry, host, port))
}

/// One entry of NO_PROXY: `*`, a domain (with all below it), an address, or a network in CIDR
/// form; each but `*` may end in `:port`.
fn excludes(entry: &str, host: &str, port: u16) -> bool {
    if entry == "*" {
        return true;
    }
    let (name, entry_port) = split_port(entry);
    if entry_port.is_some_and(|entry_port| entry_port != port) {
        return false;
    }
    let name = name.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = host.parse::<IpAddr>() {
        return match name.split_once('/') {
            Some((network, length)) => in_network(address, network, length),
            None => name.parse() == Ok(address),
        };
    }
    let name = name.trim_start_matches("*.").trim_matches('.').to_ascii_lowercase();
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    !name.is_empty()
        && host.strip_suffix(&name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn split_port(entry: &str) -> (&str, Option<u16>) {
    match entry.rsplit_once(':') {
        // More colons outside brackets are an IPv6 address.
        Some((name, port)) if !name.contains(':') || name.ends_with(']') => match port.parse() {
            Ok(port) => (name, Some(port)),
            Err(_) => (entry, None),
        },
        _ => (entry, None),
    }
}

fn in_network(address: IpAddr, network: &str, length: &str) -> bool {
    let Ok(length) = length.parse::<u32>() else {
        return false;
    };
    match (address, network.parse()) {
        (IpAddr::V4(address), Ok(IpAddr::V4(network))) if length <= 32 => {
            let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
            (address.to_bits() ^ network.to_bits()) & mask == 0
        }
        (IpAddr::V6(address), Ok(IpAddr::V6(network))) if length <= 128 => {
            let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
            (address.to_bits() ^ network.to_bits()) & mask == 0
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{choose, excludes};

    #[test]
    fn no_proxy_entries() {
        let table = [
            ("*", "example.com", 443, true),
            ("example.com", "example.com", 443, true),
            ("example.com", "api.example.com", 443, true),
            (".example.com", "api.example.com", 443, true),
            ("*.example.com", "api.example.com", 443, true),
            ("EXAMPLE.com", "api.example.COM", 443, true),
            ("ample.com", "example.com", 443, false),
            ("example.com:8443", "example.com", 443, false),
            ("example.com:443", "example.com", 443, true),
            ("10.0.0.0/8", "10.20.30.40", 443, true),
            ("10.0.0.0/8", "11.20.30.40", 443, false),
            ("0.0.0.0/0", "11.20.30.40", 443, true),
            ("10.0.0.1", "10.0.0.1", 80, true),
            ("fd00::/8", "fd12::1", 443, true),
            ("[fd12::1]:443", "fd12::1", 443, true),
            ("fd12::1", "fd12::1", 443, true),
            ("10.0.0.0/40", "10.0.0.1", 443, false),
            (".", "example.com", 443, false),
        ];
        for (entry, host, port, expected) in table {
            assert_eq!(excludes(entry, host, port), expected, "{entry} for {host}:{port}");
        }
    }

    fn chosen(base: &str, given: Option<&str>, environment: &[(&str, &str)]) -> Option<String> {
        let lookup = |name: &str| {
            environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        let proxy = choose(&base.parse().unwrap(), given, lookup).unwrap();
        proxy.map(|proxy| proxy.server.authority())
    }

    #[test]
    fn the_scheme_and_the_exceptions_decide() {
        let environment = [
            ("https_proxy", "http://secure:3128"),
            ("http_proxy", "plain:3129"),
            ("no_proxy", "internal.example, 10.0.0.0/8"),
        ];
        let expected = |proxy: &str| Some(proxy.to_owned());
        let https = "https://api.katapult.io/core/v1";
        assert_eq!(chosen(https, None, &environment), expected("secure:3128"));
        assert_eq!(chosen("http://api.katapult.io", None, &environment), expected("plain:3129"));
        assert_eq!(chosen("https://a.internal.example", None, &environment), None);
        assert_eq!(chosen("https://10.1.2.3", None, &environment), None);
        assert_eq!(chosen("https://localhost:8443", None, &environment), None);
        assert_eq!(chosen("https://[::1]:8443", None, &environment), None);
        let upper =
            [("https_proxy", "secure:3128"), ("no_proxy", ""), ("NO_PROXY", "internal.example")];
        assert_eq!(chosen("https://a.internal.example", None, &upper), None);
        // What the caller gives explicitly holds everywhere, and "" means none.
        assert_eq!(chosen(https, Some("http://mine:1"), &environment), expected("mine:1"));
        assert_eq!(chosen(https, Some(""), &environment), None);
    }

    #[test]
    fn the_user_of_a_proxy() {
        let proxy = super::parse("proxy", "me:p%40ss@proxy:3128").unwrap();
        assert_eq!(proxy.server.authority(), "proxy:3128");
        // printf 'me:p@ss' | base64
        let expected = "proxy-authorization: Basic bWU6cEBzcw==\r\n";
        assert_eq!(proxy.authorization.as_str(), expected);
    }

    #[test]
    fn what_is_no_proxy_url() {
        for value in
            ["http://", "http://:3128", "proxy:port", "http://pro xy:1", "http://proxy:", "proxy:0"]
        {
            assert!(super::parse("proxy", value).is_err(), "{value}");
        }
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_an_error_and_its_password_is_not_shown() {
        let base = "https://api.katapult.io".parse().unwrap();
        let error = choose(&base, Some("socks5://me:hunter2@proxy:1080"), |_| None).unwrap_err();
        assert!(error.description().contains("socks5"), "{error}");
        assert!(!error.to_string().contains("hunter2"));
    }
}
