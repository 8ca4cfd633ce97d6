//! The OpenStack client.

use std::fmt;
use std::time::Duration;

use ureq::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{Config, DetachVolume, VolumeDetach, endpoint, fault};
use crate::config::{secret_header, token_text};
use crate::transport::{Answer, Service, Transport};
use crate::{Error, Result};

/// A client of the compute service (Nova). As the Katapult client, one serves many threads.
pub struct Client {
    transport: Transport,
}

impl Client {
    /// Makes a client. Nothing is sent yet.
    ///
    /// # Errors
    /// `InvalidConfiguration` or `InvalidArgument`, saying what to change.
    pub fn new(config: &Config) -> Result<Client> {
        let missing = |what: &str| Error::invalid_configuration(what);
        let endpoint = config
            .endpoint
            .as_deref()
            .ok_or_else(|| missing("there is no endpoint: give endpoint or set OS_ENDPOINT"))?;
        let token = config
            .token
            .as_ref()
            .ok_or_else(|| missing("there is no token: give token or set OS_TOKEN"))?;
        let token = secret_header("token", token_text("token", token)?)?;
        let url = endpoint::compute_url(endpoint, config.project_id.as_deref())?;
        let headers = HeaderMap::from_iter([
            (HeaderName::from_static("x-auth-token"), token),
            // The document asks for it although no request here has a body.
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        ]);
        Ok(Client { transport: Transport::new(url, headers, &config.connection)? })
    }

    /// Makes a client of what the environment says; see [`Config::from_env`].
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn from_env() -> Result<Client> {
        Client::new(&Config::from_env()?)
    }

    /// Where requests go: the compute service's URL in effect.
    pub fn base_url(&self) -> &str {
        self.transport.base_url()
    }

    /// Asks for a volume to be detached from a server. The service does it after its answer: the
    /// volume is free only when the attachment is gone.
    ///
    /// # Errors
    /// `OpenstackNotFound` (no such server, volume or attachment), `OpenstackBadRequest` (being
    /// detached already; the root device, in newer clouds), `OpenstackForbidden` (the root device,
    /// in older ones), `OpenstackConflict` (the server's state does not permit it).
    pub fn detach_volume(&self, server_id: &str, volume_id: &str) -> Result<VolumeDetach> {
        let request = DetachVolume { server_id, volume_id }.request()?;
        let answer = self.transport.send(&Nova, &request, None)?;
        Ok(VolumeDetach { request_id: answer.request_id })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("url", &self.transport.base_url()).finish_non_exhaustive()
    }
}

struct Nova;

impl Service for Nova {
    const REQUEST_ID_HEADERS: &'static [&'static str] =
        &["x-compute-request-id", "x-openstack-request-id"];

    fn refusal(&self, answer: &Answer, _: bool) -> Error {
        fault::of(answer)
    }

    fn rate_limit_window(&self, _: &Answer) -> Option<Duration> {
        None
    }
}
