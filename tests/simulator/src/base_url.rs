//! What links in answers begin with.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, Uri, header};

#[derive(Clone)]
pub(crate) struct BaseUrl {
    own: String,
    public: Option<PublicUrl>,
}

/// Without a slash at its end.
#[derive(Clone)]
pub(crate) struct PublicUrl(String);

impl PublicUrl {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("the public URL must be like http://sim.example.com:8080, not {text:?}");
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let has_host = uri.host().is_some_and(|host| !host.is_empty());
        if !is_web || !has_host || uri.query().is_some() || text.contains(['#', '@']) {
            return Err(wrong());
        }
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }

    /// Its host, with the port if it has one.
    pub(crate) fn authority(&self) -> &str {
        let (_, rest) = self.0.split_once("://").unwrap_or_default();
        rest.split('/').next().unwrap_or_default()
    }
}

impl BaseUrl {
    pub(crate) fn new(address: SocketAddr, public: Option<PublicUrl>) -> Self {
        Self { own: own_url(address), public }
    }

    /// Where the description says that the simulator is.
    pub(crate) fn described(&self) -> &str {
        self.public.as_ref().map_or(&self.own, |public| &public.0)
    }

    /// What the links in the answer to a request with these headers begin with.
    pub(crate) fn of_links(&self, headers: &HeaderMap) -> String {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        match (&self.public, host) {
            (None, Some(host)) if !host.is_empty() => format!("http://{host}"),
            _ => self.described().to_owned(),
        }
    }
}

/// As this machine reaches it: nobody can connect to 0.0.0.0 everywhere.
fn own_url(mut listens: SocketAddr) -> String {
    match listens.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => listens.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => listens.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    format!("http://{listens}")
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    #[test]
    fn public_urls() {
        for good in ["http://sim", "https://sim.example.com:8443/", "http://[::1]:80/katapult"] {
            let parsed = PublicUrl::parse(good).map(|url| url.0);
            assert_eq!(parsed, Ok(good.trim_end_matches('/').to_owned()));
        }
        for bad in [
            "",
            "sim",
            "sim:80",
            "/x",
            "ftp://sim",
            "http://",
            "http://a@b",
            "http://a?b",
            "http://a#b",
            "http://a b",
        ] {
            assert!(PublicUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
