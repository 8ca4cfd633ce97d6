//! What a caller configures about connections, and what is made of it.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use ureq::http::Uri;

use super::base_url::BaseUrl;
use super::connector::Destination;
use super::interrupt::{Interrupt, InterruptHook};
use super::proxy::{self, Proxy};
use super::route::Route;
use super::tls;
use crate::arguments::Arguments;
use crate::{Error, Result, Secret};

/// Settings that the clients of both services share.
#[derive(Clone)]
pub struct Connection {
    /// The limit of one call, with its repeats and its waits for the rate limit; `None` is no
    /// limit. 30 s by default.
    pub timeout: Option<Duration>,
    /// The limit for making a connection (name lookup, TCP, proxy and TLS); `None` is no limit of
    /// its own. 10 s by default.
    pub connect_timeout: Option<Duration>,
    /// A PEM file with certificates to trust besides the system's: of authorities, or servers' own.
    pub ca_file: Option<PathBuf>,
    /// Whether the service's certificate is checked. Without that any certificate will do, and
    /// anybody on the way can read and change what is sent, the token included. `None` is the
    /// default, true.
    pub verify: Option<bool>,
    /// An `http://` or `https://` proxy. `None` asks the environment (`HTTPS_PROXY`, `http_proxy`,
    /// `ALL_PROXY`, `NO_PROXY`), the empty string means none. A `/`, `?` or `#` in its password is
    /// percent-encoded.
    pub proxy: Option<Secret>,
    /// The `User-Agent` header; the library's name and version by default.
    pub user_agent: Option<String>,
    /// Permits `http://` to other hosts than this one, proxies that read the request included. The
    /// token is then readable on the way.
    pub allow_http: bool,
    /// The largest answer to accept, after decompression. 64 MiB by default.
    pub max_response_bytes: u64,
    /// Looks whether the caller wants to stop. See [`InterruptHook`].
    pub interrupt: Option<InterruptHook>,
}

impl Default for Connection {
    fn default() -> Connection {
        Connection {
            timeout: Some(Duration::from_secs(30)),
            connect_timeout: Some(Duration::from_secs(10)),
            ca_file: None,
            verify: None,
            proxy: None,
            user_agent: None,
            allow_http: false,
            max_response_bytes: 64 << 20,
            interrupt: None,
        }
    }
}

impl fmt::Debug for Connection {
    /// Leaves out the proxy, whose URL may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("ca_file", &self.ca_file)
            .field("verify", &self.verify)
            .field("user_agent", &self.user_agent)
            .field("allow_http", &self.allow_http)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

impl Connection {
    pub(crate) fn from_arguments(arguments: &mut Arguments) -> Result<Connection> {
        let default = Connection::default();
        Ok(Connection {
            timeout: arguments.seconds("timeout")?.unwrap_or(default.timeout),
            connect_timeout: arguments
                .seconds("connect_timeout")?
                .unwrap_or(default.connect_timeout),
            ca_file: arguments.text("ca_file")?.map(PathBuf::from),
            verify: arguments.flag("verify")?,
            // Its URL may hold a password.
            proxy: arguments.secret("proxy")?.map(Secret::from),
            user_agent: arguments.text("user_agent")?,
            allow_http: arguments.flag("allow_http")?.unwrap_or(false),
            max_response_bytes: arguments
                .whole_number("max_response_bytes")?
                .unwrap_or(default.max_response_bytes),
            interrupt: None,
        })
    }

    /// Checks everything once, so that a mistake shows when the client is made.
    pub(super) fn parts(&self, base_url: &str) -> Result<Parts> {
        more_than_zero("timeout", self.timeout)?;
        more_than_zero("connect_timeout", self.connect_timeout)?;
        if self.max_response_bytes == 0 {
            return Err(Error::invalid_argument("max_response_bytes must be at least 1, not 0"));
        }
        let base: Uri = base_url
            .parse()
            .map_err(|_| Error::invalid_configuration("the URL of the service is not a URL"))?;
        let is_https = base.scheme_str() == Some("https");
        if !is_https && !self.allow_http && !proxy::is_loopback(proxy::bare_host(&base)) {
            let (scheme, host) = (base.scheme_str().unwrap_or_default(), base.host());
            return Err(Error::invalid_configuration(format!(
                "{scheme}://{} is not https://; allow_http permits that, but then the token is \
                 sent in the clear",
                host.unwrap_or_default()
            )));
        }
        let user_agent = self.user_agent.as_deref().unwrap_or(USER_AGENT);
        let is_header = (1..=LONGEST_USER_AGENT).contains(&user_agent.len())
            && user_agent.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if !is_header {
            return Err(Error::invalid_argument(format!(
                "user_agent must be 1 to {LONGEST_USER_AGENT} printable ASCII characters"
            )));
        }
        let proxy = proxy::choose(&base, self.proxy.as_ref().map(Secret::reveal), |name| {
            std::env::var_os(name)
        })?;
        let route = Route::new(proxy, &base);
        self.check_forwarding(&route)?;
        let base_url = BaseUrl::of(base)
            .ok_or_else(|| Error::invalid_configuration("the URL of the service is not a URL"))?;
        let extra_certificates =
            self.ca_file.as_deref().map(tls::read_certificates).transpose()?.unwrap_or_default();
        let tls = route
            .speaks_tls()
            .then(|| tls::config(extra_certificates, self.verify.unwrap_or(true)))
            .transpose()?;
        Ok(Parts {
            base_url,
            peer: route.peer(),
            user_agent: user_agent.to_owned(),
            destination: Destination {
                route,
                interrupt: Interrupt(self.interrupt.clone()),
                tls,
                connect_timeout: self.connect_timeout,
            },
        })
    }

    /// A service of this machine needs no TLS, but a proxy elsewhere would be handed its token
    /// over the network.
    fn check_forwarding(&self, route: &Route) -> Result<()> {
        match &route.proxy {
            Some(Proxy { server, .. })
                if route.is_forwarded()
                    && !self.allow_http
                    && !proxy::is_loopback(&server.host) =>
            {
                Err(Error::invalid_configuration(format!(
                    "neither the service {} nor the proxy {} is https://; the token would be \
                     readable on the way: allow_http permits that, or use an https:// proxy",
                    route.authority(),
                    server.authority()
                )))
            }
            _ => Ok(()),
        }
    }
}

fn more_than_zero(name: &str, limit: Option<Duration>) -> Result<()> {
    match limit {
        Some(Duration::ZERO) => {
            Err(Error::invalid_argument(format!("{name} must be more than 0 seconds")))
        }
        _ => Ok(()),
    }
}

/// What servers take as a header.
const LONGEST_USER_AGENT: usize = 1000;

const USER_AGENT: &str = concat!("katapult-disk/", env!("CARGO_PKG_VERSION"));

/// What was configured, checked.
pub(super) struct Parts {
    pub(super) base_url: BaseUrl,
    /// Whom the client talks to, for messages.
    pub(super) peer: String,
    pub(super) user_agent: String,
    pub(super) destination: Destination,
}

#[cfg(test)]
mod tests {
    use super::Connection;
    use crate::Status;

    /// What is wrong with this way to the service, if anything.
    fn refusal(service: &str, proxy: &str, allow_http: bool) -> Option<String> {
        let connection = Connection {
            proxy: Some(proxy.into()),
            allow_http,
            // Saves reading the system's certificates.
            verify: Some(false),
            ..Connection::default()
        };
        let error = connection.parts(service).err()?;
        assert_eq!(error.status(), Status::InvalidConfiguration);
        Some(error.description().to_owned())
    }

    #[test]
    fn a_token_goes_to_another_machine_under_tls_only() {
        let table = [
            ("http://127.0.0.1:8080/core/v1", "http://me:hunter2@proxy:3128", false),
            ("http://localhost:8080", "http://me:hunter2@192.0.2.1", false),
            ("http://[::1]:8080", "http://me:hunter2@[2001:db8::1]", false),
            ("http://[::1]:8080", "http://localhost.:3128", false),
            ("http://127.0.0.1:8080", "http://127.0.0.1:3128", true),
            ("http://127.0.0.1:8080", "http://localhost:3128", true),
            ("http://127.0.0.1:8080", "http://[::ffff:127.0.0.1]:3128", true),
            ("http://127.0.0.1:8080", "https://proxy:3128", true),
            ("http://127.0.0.1:8080", "", true),
            ("https://127.0.0.1:8080", "http://proxy:3128", true),
            ("https://api.katapult.io", "http://proxy:3128", true),
        ];
        for (service, proxy, is_fine) in table {
            assert_eq!(refusal(service, proxy, true), None, "{service} through {proxy}");
            let refusal = refusal(service, proxy, false);
            assert_eq!(refusal.is_none(), is_fine, "{service} through {proxy}: {refusal:?}");
        }
    }

    #[test]
    fn the_refusal_says_what_to_do_and_shows_no_password() {
        let text = refusal("http://localhost:8080/x", "http://me:hunter2@proxy:3128", false);
        assert_eq!(
            text.as_deref(),
            Some(
                "neither the service localhost:8080 nor the proxy proxy:3128 is https://; the \
                 token would be readable on the way: allow_http permits that, or use an https:// \
                 proxy"
            )
        );
    }
}
