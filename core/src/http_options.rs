//! How clients of both services speak HTTP: time limits, trust, proxy.

use std::error::Error as StdError;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::arguments::Arguments;
use crate::{Result, Secret};

/// Options that the clients of both services share: time limits, trust, proxy.
#[derive(Clone)]
pub struct HttpOptions {
    /// The limit of one call, including retries and waits for the rate limit; `None` means no
    /// limit. 30 s by default.
    pub timeout: Option<Duration>,
    /// The limit for making a connection (name lookup, TCP, proxy and TLS); `None` means that only
    /// `timeout` applies. 10 s by default.
    pub connect_timeout: Option<Duration>,
    /// A PEM file with certificates to trust in addition to the system's: those of authorities, or of
    /// servers themselves.
    pub ca_file: Option<PathBuf>,
    /// Whether to check the service's certificate; `None` means true. With false, an attacker on the
    /// network can read and change everything that is sent, including the token.
    pub verify: Option<bool>,
    /// An `http://` or `https://` proxy. `None` reads the environment (`HTTPS_PROXY`, `http_proxy`,
    /// `ALL_PROXY`, `NO_PROXY`); an empty string means no proxy. Percent-encode `/`, `?` and `#` in
    /// its password.
    pub proxy: Option<Secret>,
    /// The `User-Agent` header; the library's name and version by default.
    pub user_agent: Option<String>,
    /// Permits `http://` to other hosts than this one, including proxies that read the request. The
    /// token is then sent in the clear.
    pub allow_http: bool,
    /// The largest response to accept, after decompression. 64 MiB by default.
    pub max_response_bytes: u64,
    /// Called regularly to check whether the call should stop. See [`InterruptHook`].
    pub interrupt: Option<InterruptHook>,
}

impl Default for HttpOptions {
    fn default() -> HttpOptions {
        HttpOptions {
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

impl fmt::Debug for HttpOptions {
    /// Leaves out the proxy, whose URL may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpOptions")
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

impl HttpOptions {
    pub(crate) fn from_arguments(arguments: &mut Arguments) -> Result<HttpOptions> {
        let default = HttpOptions::default();
        Ok(HttpOptions {
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
}

/// Called at least every 50 ms while a call waits, and after each signal; an error ends the call.
///
/// The call then fails with [`Status::Interrupted`](crate::Status::Interrupted);
/// [`Error::take_source`](crate::Error::take_source) returns the hook's error.
pub type InterruptHook = Arc<dyn Fn() -> std::result::Result<(), Stop> + Send + Sync>;

/// What the hook returns to end the call.
pub(crate) type Stop = Box<dyn StdError + Send + Sync>;
