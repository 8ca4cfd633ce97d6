//! The OpenStack client: the only place that performs its operations.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::http::Method;

use super::accepted::accepted;
use super::description::{ClientDescription, Decided};
use super::session::{LONGEST_LINE, Session};
use super::sessions::Sessions;
use super::{Config, about_error, error_response, microversion};
use crate::about;
use crate::call::{self, Call};
use crate::header_lines::HeaderLines;
use crate::transport::{
    Beginning, CallTimeout, HttpResponse, LOG_TARGET, Service, TimeLimit, Until, deadline_after,
};
use crate::{
    ApiResponse, Defaults, Error, Operation, Outcome, Request, Response as _, Result, Status,
};

/// A client of the compute service (Nova). As the Katapult client, one serves many threads, and clones
/// are the same client.
///
/// It logs in at the first call, renews its token two minutes before its end (a tenth of its life
/// before, if that is less) and once for each request when it is refused, and does so for all threads
/// at once.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    timeout: CallTimeout,
    /// Of calls that are parts of one that has begun.
    began: Option<Beginning>,
}

struct Shared {
    sessions: Sessions,
    decided: Decided,
    microversion: Option<HeaderLines>,
    /// The number in it: `89` of 2.89.
    minor: u32,
}

impl Client {
    /// Makes a client. Nothing is sent yet.
    ///
    /// ```no_run
    /// use katapult_disk::openstack::{Client, Config};
    ///
    /// let client = Client::new(&Config { cloud: Some("production".into()), ..Config::default() }.or_env()?)?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `InvalidConfiguration` or `InvalidArgument`, saying what to change.
    pub fn new(config: &Config) -> Result<Client> {
        config.check()?;
        let asked = config.compute_api_version.as_deref();
        let sessions = Sessions::new(config)?;
        let shared = Shared {
            decided: Decided::of(config, &sessions),
            sessions,
            microversion: asked.map(microversion::header).transpose()?.flatten(),
            minor: asked.map_or(1, microversion::minor),
        };
        let timeout = CallTimeout::of_client(config.http.timeout);
        let client = Client { shared: Arc::new(shared), timeout, began: None };
        client.log(config);
        Ok(client)
    }

    /// Makes a client of what the environment says; see [`Config::from_env`].
    ///
    /// ```no_run
    /// let client = katapult_disk::openstack::Client::from_env()?; // OS_CLOUD, or OS_AUTH_URL …
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn from_env() -> Result<Client> {
        Client::new(&Config::from_env()?)
    }

    /// The same client, with another timeout for the calls that are made with it; see
    /// [`katapult_disk::Client::with_timeout`](crate::Client::with_timeout). It shares the login, too.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// let patient = client.with_timeout(None)?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Status::InvalidArgument`] for no time at all.
    pub fn with_timeout(&self, timeout: impl Into<Option<Duration>>) -> Result<Client> {
        let timeout = CallTimeout::of_call(timeout.into())?;
        Ok(Client { timeout, ..self.clone() })
    }

    /// Ends all calls of the client that are under way, as
    /// [`katapult_disk::Client::interrupt`](crate::Client::interrupt) does.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// client.interrupt();
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    pub fn interrupt(&self) {
        self.shared.sessions.interrupt.interrupt();
    }

    /// The same client, for several requests that are one call, which begins now.
    pub(super) fn as_one_call(&self) -> Client {
        Client { began: Some(self.began()), ..self.clone() }
    }

    fn began(&self) -> Beginning {
        self.began.unwrap_or_else(|| self.shared.sessions.interrupt.beginning())
    }

    /// The limits of a call.
    fn limit(&self, until: Until) -> TimeLimit {
        self.timeout.begin(until, self.began())
    }

    /// Where requests go: the compute service's URL in effect; `None` before the first login, which
    /// finds it.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// println!("{:?}", client.endpoint());
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    pub fn endpoint(&self) -> Option<String> {
        self.shared.sessions.endpoint()
    }

    /// What the arguments, clouds.yaml and the environment come to, and what logins have told since.
    /// Nothing is sent, and nothing secret is in it.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// let description = client.description();
    /// println!("{:?} of {:?}", description.user, description.project);
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    pub fn description(&self) -> ClientDescription {
        self.shared.decided.description(&self.shared.sessions)
    }

    fn log(&self, config: &Config) {
        if log::log_enabled!(target: LOG_TARGET, log::Level::Debug) {
            let text = self.description().to_string();
            let text = config.secrets().shown(&text, LONGEST_LINE);
            log::debug!(target: LOG_TARGET, "OpenStack client: {text}");
        }
    }

    /// Performs an operation and decodes its response.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// use katapult_disk::openstack::GetVolumeAttachment;
    ///
    /// let server = "6d2b9c4e-3c55-4a55-8c0e-0c5d1f7e9b02";
    /// let volume = "2f1c7e1b-0f0e-4b6a-9a0e-6d1d3f6b5a11";
    /// let answer = client.call(&GetVolumeAttachment::new(server, volume))?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// What the service refused, or what happened on the way; see [`Error::outcome`].
    pub fn call<O: Operation<Nova>>(&self, operation: &O) -> Result<O::Output> {
        self.call_with_response(operation).map(|(output, _)| output)
    }

    /// [`Client::call`] for callers that want the response, too, as the service sent it.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// use katapult_disk::openstack::ListVolumeAttachments;
    ///
    /// let list = ListVolumeAttachments::new("6d2b9c4e-3c55-4a55-8c0e-0c5d1f7e9b02");
    /// let (answer, response) = client.call_with_response(&list)?;
    /// println!("{:?}: {}", response.request_id(), answer.volume_attachments.len());
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::call`].
    pub fn call_with_response<O: Operation<Nova>>(
        &self,
        operation: &O,
    ) -> Result<(O::Output, ApiResponse)> {
        let response = self.send(operation)?;
        let output = response.decode_in_time();
        let output = output.map_err(|error| call::in_operation(error, operation))?;
        Ok((output, response))
    }

    /// Performs an operation and gives the response as it came: a JSON object with the operation's
    /// [`KEYS`](crate::Response::KEYS).
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// use katapult_disk::openstack::ListVolumeAttachments;
    ///
    /// let response = client.send(&ListVolumeAttachments::new("6d2b9c4e-3c55-4a55-8c0e-0c5d1f7e9b02"))?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::call`].
    pub fn send<O: Operation<Nova>>(&self, operation: &O) -> Result<ApiResponse> {
        self.send_until(operation, Until::CallTimeout)
    }

    /// As [`Client::send`], perhaps as a part of a wait, whose timeout then governs it.
    pub(super) fn send_until<O: Operation<Nova>>(
        &self,
        operation: &O,
        until: Until,
    ) -> Result<ApiResponse> {
        self.send_with(self.shared.microversion.as_ref(), operation, until)
    }

    /// As [`Client::send_until`], with at least the microversion 2.`minor` where the cloud has that.
    pub(super) fn send_at_least<O: Operation<Nova>>(
        &self,
        minor: u32,
        operation: &O,
        until: Until,
    ) -> Result<ApiResponse> {
        if self.shared.minor >= minor {
            return self.send_until(operation, until);
        }
        let wanted = microversion::header(&format!("2.{minor}"))?;
        match self.send_with(wanted.as_ref(), operation, until) {
            // What Nova answers to a microversion that it does not have, or cannot read.
            Err(error) if matches!(error.http_status(), Some(406 | 400)) => {
                self.send_until(operation, until)
            }
            other => other,
        }
    }

    fn send_with<O: Operation<Nova>>(
        &self,
        microversion: Option<&HeaderLines>,
        operation: &O,
        until: Until,
    ) -> Result<ApiResponse> {
        let call = Call::of(operation, &Defaults::default())
            .map_err(|error| call::in_operation(error, operation))?;
        self.send_call(&call, O::Output::KEYS, microversion, until)
            .map_err(|error| self.questioning(error).in_operation(call.name, call.object_id()))
    }

    fn questioning(&self, error: Error) -> Error {
        error.questioning("endpoint", &self.endpoint().unwrap_or_default())
    }

    /// The limit of a call of several requests that begins now and does not wait.
    pub(super) fn limit_of_a_call(&self) -> Until {
        Until::Call { deadline: deadline_after(self.timeout.limit) }
    }

    fn send_call(
        &self,
        call: &Call,
        keys: &'static [&'static str],
        microversion: Option<&HeaderLines>,
        until: Until,
    ) -> Result<ApiResponse> {
        let limit = self.limit(until);
        let request = call.request()?;
        let request = match microversion {
            Some(lines) => request.headers(lines),
            None => request,
        };
        about::exchange(&request, |request| {
            let answer = self.send_request(call, request, limit)?;
            match call.method {
                Method::DELETE => accepted(answer),
                _ => ApiResponse::of_answer(answer, keys, call),
            }
        })
    }

    /// A request of the caller's own, as it is.
    pub(super) fn send_own(&self, call: &Call, request: Request) -> Result<ApiResponse> {
        let request = match &self.shared.microversion {
            Some(lines) => request.headers(lines),
            None => request,
        };
        let limit = self.limit(Until::CallTimeout);
        self.send_request(call, &request, limit)
            .and_then(ApiResponse::of_own_request)
            .map_err(|error| self.questioning(error))
    }

    /// Sends a request to the compute service; again with a new token if the one in use was refused.
    fn send_request(
        &self,
        call: &Call,
        request: &Request,
        limit: TimeLimit,
    ) -> Result<HttpResponse> {
        let session = self.shared.sessions.get(limit)?;
        match self.send_in(&session, call, request, limit) {
            Err(error) if error.status() == Status::OpenstackUnauthorized => {
                match self.shared.sessions.after_refusal(&session, limit)? {
                    Some(session) => self.send_in(&session, call, request, limit),
                    None => Err(error),
                }
            }
            other => other,
        }
    }

    fn send_in(
        &self,
        session: &Arc<Session>,
        call: &Call,
        request: &Request,
        limit: TimeLimit,
    ) -> Result<HttpResponse> {
        let mut request = request.clone().headers(&session.token);
        request.secrets = Some(session.secrets.clone());
        session.transport.send(&Asked(call), &request, limit)
    }

    /// Sleeps until `until` unless something ends the call.
    pub(super) fn sleep_until(&self, until: Instant) -> Result<()> {
        self.shared.sessions.interrupt.sleep_until(until, self.began(), Outcome::NotSent)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("endpoint", &self.endpoint()).finish_non_exhaustive()
    }
}

/// OpenStack's compute service, as the service that performs an [`Operation`].
#[derive(Clone, Copy, Debug)]
pub struct Nova;

/// Nova, as it was asked by a call.
struct Asked<'a>(&'a Call);

impl Service for Asked<'_> {
    // Nova's limits are for a method and a path.
    const LIMITS_ALL_REQUESTS: bool = false;
    const REQUEST_ID_HEADERS: &'static [&'static str] =
        &["x-compute-request-id", "x-openstack-request-id"];

    fn error_of(&self, answer: &HttpResponse, is_read: bool) -> Error {
        let error =
            about_error::without_doubtful_absence(self.0, error_response::of(answer, is_read));
        let advice = "check endpoint, or the compute service's URL in the catalog";
        let error = match error.status() {
            Status::InvalidConfiguration => error.with_hint(Some(advice.to_owned())),
            _ => error,
        };
        match about_error::contradiction(self.0, error.description())
            .filter(|_| error.code().is_some())
        {
            None => error,
            Some(text) => answer.about_another(text),
        }
    }

    fn rate_limit_window(&self, _: &HttpResponse) -> Option<Duration> {
        None
    }
}
