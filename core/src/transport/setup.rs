//! Checks the options of a client and prepares its connections.

use ureq::http::Uri;

use super::base_url::BaseUrl;
use super::connector::Destination;
use super::interrupt::Interrupt;
use super::proxy::{self, Proxy};
use super::route::Route;
use super::time_limit::more_than_zero;
use super::tls::{self, ClientCertificate};
use crate::http_options::HttpOptions;
use crate::{Bounds, Error, Result, Secret};

/// In bytes: what servers accept as a header.
const LONGEST_USER_AGENT: usize = 1000;

const USER_AGENT: &str = concat!("katapult-disk/", env!("CARGO_PKG_VERSION"));

/// The options of a client, checked, and what its connections need.
pub(super) struct Setup {
    pub(super) base_url: BaseUrl,
    /// Names the service and its proxy in messages.
    pub(super) peer: String,
    pub(super) user_agent: String,
    pub(super) destination: Destination,
}

impl Setup {
    /// Checks everything now, so that a mistake is reported when the client is made.
    pub(super) fn new(
        options: &HttpOptions,
        base_url: &str,
        interrupt: &Interrupt,
    ) -> Result<Setup> {
        more_than_zero("timeout", options.timeout)?;
        more_than_zero("connect_timeout", options.connect_timeout)?;
        Bounds::POSITIVE.check("max_response_bytes", Some(options.max_response_bytes))?;
        let base: Uri = base_url
            .parse()
            .map_err(|_| Error::invalid_configuration("the URL of the service is not a URL"))?;
        let is_https = base.scheme_str() == Some("https");
        if !is_https && !options.allow_http && !proxy::is_loopback(proxy::bare_host(&base)) {
            let (scheme, host) = (base.scheme_str().unwrap_or_default(), base.host());
            return Err(Error::invalid_configuration(format!(
                "{scheme}://{} is not https://; allow_http permits that, but then the token is \
                 sent in the clear",
                host.unwrap_or_default()
            )));
        }
        let user_agent = options.user_agent.as_deref().unwrap_or(USER_AGENT);
        let is_header = (1..=LONGEST_USER_AGENT).contains(&user_agent.len())
            && user_agent.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if !is_header {
            return Err(Error::invalid_argument(format!(
                "user_agent must be 1 to {LONGEST_USER_AGENT} printable ASCII characters"
            )));
        }
        let proxy = proxy::choose(&base, options.proxy.as_ref().map(Secret::reveal), |name| {
            std::env::var_os(name)
        })?;
        let route = Route::new(proxy, &base);
        check_forwarding(options, &route)?;
        let base_url = BaseUrl::of(base)
            .ok_or_else(|| Error::invalid_configuration("the URL of the service is not a URL"))?;
        let extra_certificates =
            options.ca_file.as_deref().map(tls::read_certificates).transpose()?.unwrap_or_default();
        let own =
            ClientCertificate::read(options.cert_file.as_deref(), options.key_file.as_deref())?;
        let tls = route
            .speaks_tls()
            .then(|| tls::config(extra_certificates, options.verify.unwrap_or(true), own))
            .transpose()?;
        Ok(Setup {
            base_url,
            peer: route.peer(),
            user_agent: user_agent.to_owned(),
            destination: Destination {
                route,
                interrupt: interrupt.clone(),
                tls,
                connect_timeout: options.connect_timeout,
            },
        })
    }
}

/// A service on this machine needs no TLS, but a proxy elsewhere would receive its token over the
/// network.
fn check_forwarding(options: &HttpOptions, route: &Route) -> Result<()> {
    match &route.proxy {
        Some(Proxy { server, .. })
            if route.is_forwarded() && !options.allow_http && !proxy::is_loopback(&server.host) =>
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

#[cfg(test)]
mod tests {
    use super::{Interrupt, Setup};
    use crate::{HttpOptions, Status};

    /// The error for this route to the service, if any.
    fn refusal(service: &str, proxy: &str, allow_http: bool) -> Option<String> {
        let options = HttpOptions {
            proxy: Some(proxy.into()),
            allow_http,
            // Saves reading the system's certificates.
            verify: Some(false),
            ..HttpOptions::default()
        };
        let error = Setup::new(&options, service, &Interrupt::default()).err()?;
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
