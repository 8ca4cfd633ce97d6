//! Chooses the proxy to the service, if any.
//!
//! A client has one origin, so this is decided once. The environment is read as by curl and Python's
//! requests; requests to loopback never go to a proxy from the environment.

mod no_proxy;

use std::ffi::OsString;
use std::net::IpAddr;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use ureq::http::Uri;
use zeroize::Zeroizing;

use super::route::Server;
use crate::header_lines::HeaderLines;
use crate::url::check_authority;
use crate::{Error, Result, Secret};

/// A proxy and the credentials for it.
#[derive(Debug)]
pub(super) struct Proxy {
    pub(super) server: Server,
    /// Empty without credentials.
    pub(super) authorization: HeaderLines,
    /// The password, or a user without one, which may be a token.
    pub(super) secret: Option<Secret>,
}

/// The proxy for `base`: the given one, or the environment's. A variable that applies but is not UTF-8
/// is an error: to ignore it would send requests around the proxy.
pub(super) fn choose(
    base: &Uri,
    given: Option<&str>,
    environment: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<Proxy>> {
    if let Some(given) = given {
        return if given.is_empty() { Ok(None) } else { parse("proxy", given).map(Some) };
    }
    let service = Server::of(base);
    if is_loopback(&service.host) {
        return Ok(None);
    }
    // An empty variable is ignored, as by curl, so it does not hide the upper-case one.
    let first = |names: &[&'static str]| {
        names
            .iter()
            .find_map(|name| Some((*name, environment(name).filter(|value| !value.is_empty())?)))
    };
    let proxy = if service.is_https {
        first(&["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
    } else {
        // Not HTTP_PROXY: a CGI server sets that from a request header.
        first(&["http_proxy", "all_proxy", "ALL_PROXY"])
    };
    let Some((name, value)) = proxy else {
        return Ok(None);
    };
    if let Some((list_name, list)) = first(&["no_proxy", "NO_PROXY"]) {
        if no_proxy::excludes(&text(list_name, list)?, &service.host, service.port) {
            return Ok(None);
        }
    }
    parse(name, &text(name, value)?).map(Some)
}

fn text(name: &str, value: OsString) -> Result<String> {
    value.into_string().map_err(|_| Error::invalid_configuration(format!("{name} is not UTF-8")))
}

fn parse(name: &str, value: &str) -> Result<Proxy> {
    // The value may hold a password, even in the wrong place, so no message shows any of it.
    let invalid = |problem: &str| {
        Error::invalid_configuration(format!(
            "{name} {problem}, as in http://proxy.example.com:3128"
        ))
    };
    if value.contains(|c: char| c.is_ascii_whitespace() || c.is_control()) {
        return Err(invalid("must not contain spaces, line breaks or other control characters"));
    }
    let (scheme, rest) = split_scheme(value);
    match scheme.as_str() {
        "http" | "https" => {}
        "socks" | "socks4" | "socks4a" | "socks5" | "socks5h" => {
            return Err(Error::invalid_configuration(format!(
                "{name} names a {scheme} proxy; only http:// and https:// proxies are supported"
            )));
        }
        _ => return Err(invalid("must begin with http:// or https://")),
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // Without this check the host would be part of the user name or password.
    if rest[authority.len()..].contains('@') {
        return Err(Error::invalid_configuration(format!(
            "{name} has a / ? or # before an @: percent-encode / ? # in the credentials (%2F, \
             %3F, %23)"
        )));
    }
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let url: Uri =
        format!("{scheme}://{host}").parse().map_err(|_| invalid("must be the URL of a proxy"))?;
    check_authority(&url).map_err(invalid)?;
    let authorization = match user {
        None => HeaderLines::default(),
        Some(user) => authorization(name, user)?,
    };
    Ok(Proxy { server: Server::of(&url), authorization, secret: user.map(secret) })
}

/// Splits off the scheme, in lower case; it is http by default.
fn split_scheme(value: &str) -> (String, &str) {
    let is_scheme = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    };
    match value.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        // `://` in a password does not end a scheme.
        _ => ("http".to_owned(), value),
    }
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

/// What nobody may read of `name:password`.
fn secret(user: &str) -> Secret {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let secret = if password.is_empty() { name } else { password };
    let decoded = Zeroizing::new(percent_decode_str(secret).collect::<Vec<u8>>());
    Secret::from(std::str::from_utf8(&decoded).unwrap_or(secret))
}

/// The host without the brackets of an IPv6 literal.
pub(super) fn bare_host(uri: &Uri) -> &str {
    uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

/// Whether this is certainly this machine. `localhost.` and names below `localhost` are not, since
/// some resolvers ask the network for them.
pub(super) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    #[cfg(unix)]
    use std::os::unix::ffi::OsStringExt;
    #[cfg(windows)]
    use std::os::windows::ffi::OsStringExt;

    use super::{choose, is_loopback, parse};
    use crate::{Error, Result, Status};

    /// Names and values, which are text or bytes.
    type Variables<'a, V> = &'a [(&'a str, V)];

    /// The host and port of the proxy that is chosen with this environment.
    fn chosen<V: AsRef<[u8]>>(base: &str, environment: Variables<'_, V>) -> Result<Option<String>> {
        let lookup = |name: &str| {
            let (_, value) = environment.iter().find(|(key, _)| *key == name)?;
            Some(of_bytes(value.as_ref()))
        };
        let proxy = choose(&base.parse().unwrap(), None, lookup)?;
        Ok(proxy.map(|proxy| proxy.server.authority()))
    }

    #[cfg(unix)]
    fn of_bytes(value: &[u8]) -> OsString {
        OsString::from_vec(value.to_vec())
    }

    /// What is not UTF-8 becomes what is not UTF-16.
    #[cfg(windows)]
    fn of_bytes(value: &[u8]) -> OsString {
        std::str::from_utf8(value).map_or_else(|_| OsString::from_wide(&[0xd800]), OsString::from)
    }

    fn refused(value: &str) -> Error {
        let error = parse("https_proxy", value).unwrap_err();
        assert_eq!(error.status(), Status::InvalidConfiguration, "{value:?}");
        assert!(error.description().starts_with("https_proxy "), "{error}");
        error
    }

    const HTTPS: &str = "https://api.katapult.io/core/v1";
    const HTTP: &str = "http://api.katapult.io";

    #[test]
    fn the_variable_that_applies() {
        let table: &[(&str, Variables<'_, &str>, Option<&str>)] = &[
            (HTTPS, &[("https_proxy", "a:1"), ("HTTPS_PROXY", "b:2")], Some("a:1")),
            (HTTPS, &[("HTTPS_PROXY", "b:2"), ("all_proxy", "c:3")], Some("b:2")),
            (HTTPS, &[("all_proxy", "c:3"), ("ALL_PROXY", "d:4")], Some("c:3")),
            (HTTPS, &[("ALL_PROXY", "d:4"), ("http_proxy", "e:5")], Some("d:4")),
            (HTTPS, &[("http_proxy", "e:5")], None),
            (HTTP, &[("http_proxy", "e:5"), ("https_proxy", "a:1")], Some("e:5")),
            (HTTP, &[("HTTP_PROXY", "f:6")], None),
            // For curl an empty variable hides nothing; for requests it hides the upper-case one.
            (HTTPS, &[("https_proxy", ""), ("HTTPS_PROXY", "b:2")], Some("b:2")),
            (HTTPS, &[("https_proxy", ""), ("all_proxy", "c:3")], Some("c:3")),
            (HTTPS, &[("https_proxy", "a:1"), ("no_proxy", ""), ("NO_PROXY", "*")], None),
            (HTTPS, &[("https_proxy", "a:1"), ("no_proxy", "x"), ("NO_PROXY", "*")], Some("a:1")),
            (HTTPS, &[("https_proxy", "a:1"), ("no_proxy", "katapult.io:443")], None),
            (HTTP, &[("http_proxy", "e:5"), ("no_proxy", "katapult.io:443")], Some("e:5")),
            // A proxy that NO_PROXY excludes is not checked.
            (HTTPS, &[("https_proxy", "socks5://a"), ("no_proxy", "*")], None),
            (HTTPS, &[("https_proxy", "a:1"), ("ALL_PROXY", "socks5://a")], Some("a:1")),
            ("https://localhost:8443", &[("https_proxy", "a:1")], None),
            ("https://[::1]:8443", &[("https_proxy", "a:1")], None),
            ("https://localhost.:8443", &[("https_proxy", "a:1")], Some("a:1")),
            ("https://foo.localhost:8443", &[("https_proxy", "a:1")], Some("a:1")),
        ];
        for (base, environment, expected) in table {
            let proxy = chosen(base, environment).unwrap();
            assert_eq!(proxy.as_deref(), *expected, "{base} with {environment:?}");
        }
    }

    #[test]
    fn a_given_proxy_overrides_the_environment() {
        let environment = |_: &str| Some(OsString::from("environment:1"));
        for base in [HTTPS, "https://localhost:8443"] {
            let given = |text| choose(&base.parse().unwrap(), Some(text), environment).unwrap();
            assert_eq!(given("http://mine:1").unwrap().server.authority(), "mine:1");
            assert!(given("").is_none(), "an empty text means no proxy");
        }
    }

    #[test]
    fn a_variable_that_is_not_utf_8() {
        let bad: &[u8] = b"\xffhunter2";
        let proxy: (&str, &[u8]) = ("https_proxy", b"a:1");
        for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            let error = chosen(HTTPS, &[(name, bad)]).unwrap_err();
            assert_eq!(error.status(), Status::InvalidConfiguration);
            assert_eq!(error.description(), format!("{name} is not UTF-8"));
        }
        let error = chosen(HTTP, &[("http_proxy", bad)]).unwrap_err();
        assert_eq!(error.description(), "http_proxy is not UTF-8");
        for name in ["no_proxy", "NO_PROXY"] {
            let error = chosen(HTTPS, &[proxy, (name, bad)]).unwrap_err();
            assert_eq!(error.description(), format!("{name} is not UTF-8"));
        }

        let unread: &[(&str, Variables<'_, &[u8]>)] = &[
            (HTTPS, &[proxy, ("HTTPS_PROXY", bad), ("ALL_PROXY", bad), ("http_proxy", bad)]),
            (HTTPS, &[proxy, ("no_proxy", b"elsewhere"), ("NO_PROXY", bad)]),
            (HTTPS, &[("no_proxy", bad)]),
            (HTTPS, &[("https_proxy", bad), ("no_proxy", b"*")]),
            ("https://127.0.0.1", &[("https_proxy", bad), ("no_proxy", bad)]),
        ];
        for (base, environment) in unread {
            assert!(chosen(base, environment).is_ok(), "{environment:?}");
        }
    }

    #[test]
    fn credentials() {
        let table = [
            // printf 'me:p@ss' | base64
            ("me:p%40ss", "bWU6cEBzcw=="),
            ("me:p@ss", "bWU6cEBzcw=="),
            ("me:p%2Fs%3Fs%23", "bWU6cC9zP3Mj"),
            ("me:p:s:s", "bWU6cDpzOnM="),
            ("me:100%sure", "bWU6MTAwJXN1cmU="),
            ("me:a%20b", "bWU6YSBi"),
            ("me:a+b", "bWU6YSti"),
            ("me:%C3%A4", "bWU6w6Q="),
            ("me:ä", "bWU6w6Q="),
            ("corp\\me:pw", "Y29ycFxtZTpwdw=="),
            ("me:[x]", "bWU6W3hd"),
            ("me:", "bWU6"),
            ("me", "bWU6"),
        ];
        for (user, expected) in table {
            for url in [format!("http://{user}@proxy:3128/"), format!("{user}@proxy:3128")] {
                let proxy = parse("proxy", &url).unwrap();
                assert_eq!(proxy.server.authority(), "proxy:3128", "{user}");
                let line = format!("proxy-authorization: Basic {expected}\r\n");
                assert_eq!(proxy.authorization.as_str(), line, "{user}");
            }
        }
    }

    #[test]
    fn what_would_cut_credentials_must_be_encoded() {
        for user in ["me:hun/ter2", "me:hun?ter2", "me:hun#ter2", "me:12/ter2", "hun/m:ter2"] {
            for url in [format!("http://{user}@proxy:3128"), format!("{user}@proxy")] {
                assert_eq!(
                    refused(&url).description(),
                    "https_proxy has a / ? or # before an @: percent-encode / ? # in the \
                     credentials (%2F, %3F, %23)"
                );
            }
        }
        for url in ["me:hun://ter2@proxy", "http://me:hun://ter2@proxy", "http://proxy/hun@ter2"] {
            assert!(refused(url).description().contains("%2F"), "{url}");
        }
    }

    #[test]
    fn urls() {
        let table = [
            ("proxy", "proxy:80"),
            ("DIRECT", "DIRECT:80"),
            ("HTTP://proxy:3128", "proxy:3128"),
            ("https://proxy", "proxy:443"),
            ("http://proxy:3128/", "proxy:3128"),
            ("http://proxy:3128/a/b", "proxy:3128"),
            ("http://proxy:3128?a", "proxy:3128"),
            ("http://proxy:3128#a", "proxy:3128"),
            ("http://[::ffff:127.0.0.1]:3128", "[::ffff:127.0.0.1]:3128"),
        ];
        for (url, expected) in table {
            assert_eq!(parse("proxy", url).unwrap().server.authority(), expected, "{url}");
        }
    }

    #[test]
    fn an_invalid_url_is_rejected_and_no_part_of_it_is_shown() {
        let line_end = "must not contain spaces, line breaks or other";
        let table = [
            (" http://hunter2", line_end),
            ("http://me:hunter2@proxy:3128 ", line_end),
            ("http://me:hunter2@proxy:3128\n", line_end),
            ("http://me:hunter2@proxy/\r\n", line_end),
            ("http://me:hun ter2@proxy", line_end),
            (" ", line_end),
            ("socks5h://me:hunter2@proxy:1080", "names a socks5h proxy; only"),
            ("hunter2://me@proxy", "must begin with http:// or https://"),
            ("://hunter2", "must begin with http:// or https://"),
            ("\"http://hunter2\"", "must be the URL of a proxy"),
            ("'http://me:hunter2@proxy'", "percent-encode"),
            ("http://me:hunter2", "must have a port"),
            ("http://me:hunter2@", "must be the URL of a proxy"),
            ("http://", "must be the URL of a proxy"),
            ("//proxy", "must be the URL of a proxy"),
            (":3128", "must name a host"),
            ("http://me:hunter2@proxy:", "must have a port"),
            ("http://me:hunter2@proxy:0", "must have a port"),
            ("http://127.0.0%2E1", "must be the URL of a proxy"),
        ];
        for (value, problem) in table {
            let error = refused(value);
            assert!(error.description().contains(problem), "{value:?}: {error}");
            for part in ["me:", "hun", "ter2", "://me", "@"] {
                let text = error.to_string().replace("before an @", "");
                assert!(!text.contains(part), "{value:?}: {error}");
            }
        }
    }

    #[test]
    fn loopback() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]
        {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["localhost.", "foo.localhost", "127.1", "127.0.0.1.", "0.0.0.0", "::", "10.0.0.1"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
