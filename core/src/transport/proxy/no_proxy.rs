//! Which services `NO_PROXY` excludes from the environment's proxy.
//!
//! Follows curl and Python's requests where they agree. Entries that neither supports (ports, stars,
//! other notations of addresses) are accepted if they can have only one meaning.

use std::net::IpAddr;

/// Whether `list`, the value of the variable, excludes the service.
pub(super) fn excludes(list: &str, host: &str, port: u16) -> bool {
    list.split([',', ' ', '\t'])
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .any(|entry| entry_excludes(entry, host, port))
}

/// One entry: `*`, a domain with its subdomains, an address, or a network in CIDR notation. Each but
/// `*` may end in `:port`.
fn entry_excludes(entry: &str, host: &str, port: u16) -> bool {
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
    use super::excludes;

    /// Checks what `list` decides about a host, at port 443.
    fn check(table: &[(&str, &str, bool)]) {
        for (list, host, expected) in table {
            assert_eq!(excludes(list, host, 443), *expected, "{list:?} for {host}");
        }
    }

    #[test]
    fn as_curl_and_requests_decide() {
        check(&[
            ("*", "example.com", true),
            ("example.com", "example.com", true),
            ("example.com", "api.example.com", true),
            (".example.com", "api.example.com", true),
            (".example.com", "example.com", true),
            ("EXAMPLE.com", "api.example.COM", true),
            ("com", "example.com", true),
            ("ample.com", "example.com", false),
            (".", "example.com", false),
            ("other ,example.com", "example.com", true),
            ("10.0.0.1", "10.0.0.1", true),
            ("10.0.0.0/8", "10.20.30.40", true),
            ("10.9.9.9/8", "10.20.30.40", true),
            ("10.0.0.0/8", "11.20.30.40", false),
            ("10.0.0.1/32", "10.0.0.1", true),
            ("fd12::1", "fd12::1", true),
            ("localhost", "foo.localhost", true),
            // Neither a URL nor a part of an address is an entry.
            ("https://example.com", "example.com", false),
            ("example.com/", "example.com", false),
            ("10.0.0.", "10.0.0.1", false),
            ("10.0.0", "10.0.0.1", false),
            ("10.0.0.*", "10.0.0.1", false),
            ("10.0.0.01", "10.0.0.1", false),
            ("10.0.0.1.", "10.0.0.1", false),
            ("10.0.0.0/40", "10.0.0.1", false),
            // Other separators, quotes, stars within a name, a port alone.
            ("other;example.com", "example.com", false),
            ("other|example.com", "example.com", false),
            ("other\nexample.com", "example.com", false),
            ("'example.com'", "example.com", false),
            ("\"example.com\"", "example.com", false),
            ("**", "example.com", false),
            ("*example.com", "example.com", false),
            ("example.*", "example.com", false),
            (":443", "example.com", false),
            (":443", "10.0.0.1", false),
            ("example.com:https", "example.com", false),
            // An IPv4-mapped IPv6 address counts as IPv6.
            ("::ffff:10.0.0.1", "10.0.0.1", false),
            ("10.0.0.1", "::ffff:10.0.0.1", false),
            ("10.0.0.0/8", "::ffff:10.0.0.1", false),
            ("::ffff:10.0.0.0/120", "10.0.0.1", false),
            ("::ffff:10.0.0.1", "::ffff:10.0.0.1", true),
            ("[fd12::]/16", "fd12::1", false),
            ("fd12::1:443", "fd12::1", false),
        ]);
    }

    #[test]
    fn as_one_of_them_decides() {
        check(&[
            // curl: dots at the end of both, blanks between entries.
            ("example.com.", "example.com", true),
            ("example.com", "example.com.", true),
            ("localhost", "localhost.", true),
            (".example.com.", "a.example.com", true),
            ("10.0.0.1", "10.0.0.1.", true),
            ("other example.com", "example.com", true),
            ("other\texample.com", "example.com", true),
            // requests: a line end around an entry, several dots before it, its port.
            ("example.com\n", "example.com", true),
            ("other,\r\nexample.com", "example.com", true),
            ("..example.com", "example.com", true),
            ("example.com:443", "example.com", true),
            ("example.com:8443", "example.com", false),
            // An empty length is invalid, as for requests. curl takes the address itself.
            ("10.0.0.1/", "10.0.0.1", false),
        ]);
    }

    /// Both ask the proxy here, although the entry can only mean that they should not.
    #[test]
    fn what_can_mean_one_thing_only() {
        check(&[
            ("other,*", "example.com", true),
            ("* ", "example.com", true),
            ("*.example.com", "api.example.com", true),
            ("*.example.com", "example.com", true),
            ("10.0.0.1:443", "10.0.0.1", true),
            ("10.0.0.1:8443", "10.0.0.1", false),
            ("0.0.0.0/0", "11.20.30.40", true),
            ("fd00::/8", "fd12::1", true),
            ("FD12:0:0::1", "fd12::1", true),
            ("[fd12::1]", "fd12::1", true),
            ("[fd12::1]:443", "fd12::1", true),
            ("[fd12::/16]", "fd12::1", true),
        ]);
    }
}
