//! How clients of both services speak HTTP: time limits, trust, proxy.

use std::error::Error as StdError;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{Secret, arguments};

/// Options that the clients of both services share: time limits, trust, proxy.
#[derive(Clone, Deserialize)]
#[serde(default)]
pub struct HttpOptions {
    /// The limit of one call, including retries and waits for the rate limit; `None` means no
    /// limit. 90 s by default.
    ///
    /// A call that waits ([`WaitOptions`](crate::WaitOptions)) has the wait's own timeout instead,
    /// also for retries and for the rate limit. There this one limits each attempt to send a request.
    ///
    /// The default outlasts an exhausted rate limit, up to 63 s, and leaves as long as a request needs.
    /// With less, a call may fail with `RateLimitReached`. A service that has accepted a connection and
    /// then says nothing costs all of it.
    #[serde(deserialize_with = "arguments::some_seconds")]
    pub timeout: Option<Duration>,
    /// The limit for making a connection (name lookup, TCP, proxy and TLS); `None` means that only
    /// `timeout` applies. 10 s by default: a service that cannot be reached is not waited for longer.
    #[serde(deserialize_with = "arguments::some_seconds")]
    pub connect_timeout: Option<Duration>,
    /// A PEM file with certificates to trust in addition to the system's: those of authorities, or of
    /// servers themselves.
    pub ca_file: Option<PathBuf>,
    /// A PEM file with the certificate, and its chain, by which this client identifies itself to
    /// services that demand one (mutual TLS).
    pub cert_file: Option<PathBuf>,
    /// A PEM file with the private key of the certificate in `cert_file`; by default that file itself.
    pub key_file: Option<PathBuf>,
    /// Whether to check the service's certificate; `None` means true. With false, an attacker on the
    /// network can read and change everything that is sent, including the token.
    #[serde(deserialize_with = "verify")]
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
    /// The largest response to accept in bytes, after decompression. 64 MiB by default. Whatever it is, a
    /// response may have 131,072 JSON values, and a page of a list 2,000 items.
    pub max_response_bytes: u64,
    /// Called regularly to check whether the call should stop. See [`InterruptHook`].
    #[serde(skip)]
    pub interrupt: Option<InterruptHook>,
}

impl Default for HttpOptions {
    fn default() -> HttpOptions {
        HttpOptions {
            timeout: Some(Duration::from_secs(90)),
            connect_timeout: Some(Duration::from_secs(10)),
            ca_file: None,
            cert_file: None,
            key_file: None,
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
            .field("cert_file", &self.cert_file)
            .field("key_file", &self.key_file)
            .field("verify", &self.verify)
            .field("user_agent", &self.user_agent)
            .field("allow_http", &self.allow_http)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

/// `#[serde(deserialize_with)]` for `verify`: in other libraries it may be a path.
fn verify<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<bool>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Bool(verify) => Ok(Some(verify)),
        Value::String(_) => Err(D::Error::custom(
            "must be true or false; a file of certificates to trust is given as ca_file",
        )),
        other => Err(D::Error::custom(format!("must be true or false, not {other}"))),
    }
}

/// Called at least every 50 ms while a call waits, and after each signal; an error ends the call.
///
/// The call then fails with [`Status::Interrupted`](crate::Status::Interrupted);
/// [`Error::take_source`](crate::Error::take_source) returns the hook's error.
pub type InterruptHook = Arc<dyn Fn() -> std::result::Result<(), Stop> + Send + Sync>;

/// What the hook returns to end the call.
pub(crate) type Stop = Box<dyn StdError + Send + Sync>;
