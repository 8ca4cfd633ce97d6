//! The OpenStack client: the only place that performs its operations.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::session::{Session, Sessions};
use super::{Config, error_response};
use crate::header_lines::HeaderLines;
use crate::transport::{HttpResponse, Service, deadline_after};
use crate::{Error, Request, Result, Status};

/// A client of the compute service (Nova). As the Katapult client, one serves many threads.
///
/// It logs in at the first call, renews its token two minutes before its end and once when it is
/// refused, and does so for all threads at once.
pub struct Client {
    sessions: Sessions,
    microversion: Option<HeaderLines>,
    timeout: Option<Duration>,
}

impl Client {
    /// Makes a client. Nothing is sent yet.
    ///
    /// # Errors
    /// `InvalidConfiguration` or `InvalidArgument`, saying what to change.
    pub fn new(config: &Config) -> Result<Client> {
        config.check()?;
        Ok(Client {
            sessions: Sessions::new(config)?,
            microversion: config.compute_api_version.as_deref().map(microversion).transpose()?,
            timeout: config.http.timeout,
        })
    }

    /// Makes a client of what the environment says; see [`Config::from_env`].
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn from_env() -> Result<Client> {
        Client::new(&Config::from_env()?)
    }

    /// Where requests go: the compute service's URL in effect; `None` before the first login, which
    /// finds it.
    pub fn endpoint(&self) -> Option<String> {
        self.sessions.endpoint()
    }

    /// Sends a request to the compute service, until the client's timeout or `until`, whichever is
    /// first; again with a new token if the one in use was refused.
    pub(super) fn send(&self, request: &Request, until: Option<Instant>) -> Result<HttpResponse> {
        let began = Instant::now();
        let until = [deadline_after(self.timeout), until].into_iter().flatten().min();
        let session = self.sessions.get(until)?;
        match self.send_in(&session, request, until) {
            Err(error) if error.status() == Status::OpenstackUnauthorized => {
                match self.sessions.after_refusal(&session, began, until)? {
                    Some(session) => self.send_in(&session, request, until),
                    None => Err(error),
                }
            }
            other => other,
        }
    }

    fn send_in(
        &self,
        session: &Arc<Session>,
        request: &Request,
        until: Option<Instant>,
    ) -> Result<HttpResponse> {
        let mut request = request.clone().headers(&session.token);
        if let Some(microversion) = &self.microversion {
            request = request.headers(microversion);
        }
        session.transport.send(&Nova, &request, until)
    }

    /// Sleeps until `until` unless the interrupt hook ends it.
    pub(super) fn sleep_until(&self, until: Instant) -> Result<()> {
        self.sessions.sleep_until(until)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("endpoint", &self.endpoint()).finish_non_exhaustive()
    }
}

fn microversion(given: &str) -> Result<HeaderLines> {
    let numbers = given.split_once('.').map(|(major, minor)| [major, minor]);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_microversion =
        given == "latest" || numbers.is_some_and(|both| both.map(is_number) == [true; 2]);
    // "2" and "2.1" are what the tools write for no microversion.
    if !(is_microversion || given == "2") {
        return Err(Error::invalid_configuration(format!(
            "compute_api_version must be a microversion such as 2.89, or latest, not {given:?}"
        )));
    }
    let given = if given == "2" { "2.1" } else { given };
    let value = format!("compute {given}");
    HeaderLines::default().with("compute_api_version", "openstack-api-version", &value)
}

struct Nova;

impl Service for Nova {
    const REQUEST_ID_HEADERS: &'static [&'static str] =
        &["x-compute-request-id", "x-openstack-request-id"];

    fn error_of(&self, answer: &HttpResponse, _: bool) -> Error {
        error_response::of(answer)
    }

    fn rate_limit_window(&self, _: &HttpResponse) -> Option<Duration> {
        None
    }
}
