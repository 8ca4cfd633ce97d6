//! The Katapult client, which performs its operations.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use crate::about;
use crate::call::{self, Call};
use crate::katapult::page_response::PageResponse;
use crate::katapult::{error_response, hint};
use crate::keyed_lock::KeyedLock;
use crate::secrets::Secrets;
use crate::transport::{
    Beginning, CallTimeout, Governed, HttpResponse, Interrupt, RateLimit, Service, TimeLimit,
    Transport, Until,
};
use crate::used_keys::UsedKeys;
use crate::{
    ApiResponse, Config, Defaults, Error, ListItem, ListOperation, Operation, Outcome, Request,
    Response as _, Result,
};

/// A client of the Katapult Core API.
///
/// Share one: it reuses connections, is thread-safe, and works in forked processes. Clones are the same
/// client.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    timeout: CallTimeout,
    /// Of calls that are parts of one that has begun.
    began: Option<Beginning>,
}

struct Shared {
    defaults: Defaults,
    transport: Transport,
    interrupt: Interrupt,
    locks: KeyedLock,
    used_keys: UsedKeys,
}

impl Client {
    /// Makes a client. Nothing is sent yet.
    ///
    /// ```no_run
    /// use katapult_disk::{Client, Config};
    ///
    /// let client = Client::new(Config::from_env()?.organization("acme"))?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Status::InvalidConfiguration`](crate::Status::InvalidConfiguration) or [`Status::InvalidArgument`](crate::Status::InvalidArgument), saying what to change.
    pub fn new(config: Config) -> Result<Client> {
        let defaults = config.defaults();
        defaults.check()?;
        let secrets = Secrets::default().and(config.api_token.as_ref());
        let lines = config.authorization()?;
        let interrupt = Interrupt::new(config.http.interrupt.clone());
        let transport =
            Transport::new(config.checked_base_url()?, lines, &config.http, &secrets, &interrupt)?;
        let (locks, used_keys) = (KeyedLock::default(), UsedKeys::default());
        Ok(Client {
            shared: Arc::new(Shared { defaults, transport, interrupt, locks, used_keys }),
            timeout: CallTimeout::of_client(config.http.timeout),
            began: None,
        })
    }

    /// Makes a client from the environment; see [`Config::from_env`].
    ///
    /// ```no_run
    /// let client = katapult_disk::Client::from_env()?; // KATAPULT_API_TOKEN
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn from_env() -> Result<Client> {
        Client::new(Config::from_env()?)
    }

    /// The same client, with another timeout for the calls that are made with it: they share connections,
    /// the rate limit and all else. Costs next to nothing, so it may be made for a single call. `None` means
    /// no limit. Of a call that waits it limits each attempt to send a request, as
    /// [`HttpOptions::timeout`](crate::HttpOptions::timeout) does.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// # let client = katapult_disk::Client::from_env()?;
    /// let disk = client.with_timeout(Duration::from_secs(5))?.get_disk("disk_Ot5Ne8Dk2Sw7Vh1R")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument) for no time at all.
    pub fn with_timeout(&self, timeout: impl Into<Option<Duration>>) -> Result<Client> {
        let timeout = CallTimeout::of_call(timeout.into())?;
        Ok(Client { timeout, ..self.clone() })
    }

    /// Ends all calls of the client that are under way, on all threads, within 100 ms: also those that
    /// wait for a task, a disk, a login, the rate limit or another workflow, and fleets. They fail with
    /// [`Status::Interrupted`](crate::Status::Interrupted). Calls that begin later are not concerned. The service goes on with what it
    /// has accepted.
    ///
    /// Does nothing but count, so that it may be called from a signal's handler.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// std::thread::scope(|scope| {
    ///     let waiting = scope.spawn(|| client.wait_task("task_Ot5Ne8Dk2Sw7Vh1R", Default::default()));
    ///     client.interrupt();
    ///     println!("{:?}", waiting.join());
    /// });
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    pub fn interrupt(&self) {
        self.shared.interrupt.interrupt();
    }

    /// The same client, for several calls that count as one which begins now: once the client was
    /// [interrupted](Client::interrupt), those that are made later with this handle fail, too.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let client = client.as_one_call();
    /// for page in client.pages(katapult_disk::ListDisks::default()) {
    ///     println!("{} disks", page?.len()); // no page comes after an interrupt
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    pub fn as_one_call(&self) -> Client {
        Client { began: Some(self.began()), ..self.clone() }
    }

    fn began(&self) -> Beginning {
        self.began.unwrap_or_else(|| self.shared.interrupt.beginning())
    }

    /// The limits of a call.
    fn limit(&self, until: Until) -> TimeLimit {
        self.timeout.begin(until, self.began())
    }

    /// Performs an operation and decodes its response.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let disk = client.call(&katapult_disk::GetDisk::new("disk_Ot5Ne8Dk2Sw7Vh1R"))?.into_disk();
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// The API's error, or a failure of the request; see [`Error::outcome`].
    pub fn call<O: Operation>(&self, operation: &O) -> Result<O::Output> {
        self.call_with_response(operation).map(|(output, _)| output)
    }

    /// [`Client::call`] for callers that want the response, too, as the API sent it.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let get = katapult_disk::GetDisk::new("disk_Ot5Ne8Dk2Sw7Vh1R");
    /// let (answer, response) = client.call_with_response(&get)?;
    /// println!("{:?}: {}", response.request_id(), answer.into_disk().id);
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::call`].
    pub fn call_with_response<O: Operation>(
        &self,
        operation: &O,
    ) -> Result<(O::Output, ApiResponse)> {
        let response = self.send(operation)?;
        let output = response.decode_in_time();
        let output = output.map_err(|error| call::in_operation(error, operation))?;
        Ok((output, response))
    }

    /// Performs an operation and returns the response unchanged: a JSON object with the operation's
    /// [`KEYS`](crate::Response::KEYS).
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let response = client.send(&katapult_disk::GetDisk::new("disk_Ot5Ne8Dk2Sw7Vh1R"))?;
    /// println!("{}", response.body());
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Client::call`].
    pub fn send<O: Operation>(&self, operation: &O) -> Result<ApiResponse> {
        self.send_until(operation, Until::CallTimeout)
    }

    /// The request of an operation. Checks the arguments without sending anything.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// client.request_of(&katapult_disk::CreateDisk::new("data", 20))?; // finds mistakes, sends nothing
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the argument.
    pub fn request_of<O: Operation>(&self, operation: &O) -> Result<Request> {
        self.prepare(operation)?.request()
    }

    /// The arguments of an operation as they will be sent.
    pub(crate) fn arguments<O: Operation>(&self, operation: &O) -> Result<Map<String, Value>> {
        self.prepare(operation).map(|call| call.arguments)
    }

    /// Like [`Client::send`], perhaps as a part of a wait or workflow, whose timeout then governs it.
    pub(crate) fn send_until<O: Operation>(
        &self,
        operation: &O,
        until: Until,
    ) -> Result<ApiResponse> {
        self.send_call(&self.prepare(operation)?, O::Output::KEYS, until)
    }

    fn prepare<O: Operation>(&self, operation: &O) -> Result<Call> {
        Call::of(operation, &self.shared.defaults)
            .map_err(|error| call::in_operation(error, operation))
    }

    /// The page of a list with this number, or the one that the operation asks for, and its number;
    /// its items are not decoded. It may take `memory`.
    pub(crate) fn send_page<O: ListOperation>(
        &self,
        operation: &O,
        number: Option<u64>,
        until: Until,
        memory: &mut Vec<u8>,
    ) -> Result<(u64, PageResponse)> {
        let mut call = self.prepare(operation)?;
        let given = call.arguments.get("page").and_then(Value::as_u64);
        let number = number.or(given).unwrap_or(1);
        call.arguments.insert("page".to_owned(), number.into());
        self.send_page_call(&call, (O::Output::KEYS, O::Item::KEY), until, memory)
            .map(|page| (number, page))
    }

    fn send_call(
        &self,
        call: &Call,
        keys: &'static [&'static str],
        until: Until,
    ) -> Result<ApiResponse> {
        let limit = self.limit(until);
        let exchange = |request: &Request| {
            let answer = self.shared.transport.send(&Asked(call), request, limit)?;
            ApiResponse::of_answer(answer, keys, call)
        };
        call.request()
            .and_then(|request| about::exchange(&request, exchange))
            .map_err(|error| self.in_call(error, call))
    }

    /// A request of the caller's own, as it is.
    pub(crate) fn send_own(&self, call: &Call, request: &Request) -> Result<ApiResponse> {
        let limit = self.limit(Until::CallTimeout);
        let answer = self.shared.transport.send(&Asked(call), request, limit)?;
        ApiResponse::of_own_request(answer)
    }

    fn send_page_call(
        &self,
        call: &Call,
        (keys, items_key): (&'static [&'static str], &'static str),
        until: Until,
        memory: &mut Vec<u8>,
    ) -> Result<PageResponse> {
        let limit = self.limit(until);
        let exchange = |request: &Request| {
            let answer = self.shared.transport.send_into(&Asked(call), request, limit, memory)?;
            PageResponse::of(answer, keys, items_key, call)
        };
        call.request()
            .and_then(|request| about::exchange(&request, exchange))
            .map_err(|error| self.in_call(error, call))
    }

    /// An error as the error of an operation.
    fn in_call(&self, error: Error, call: &Call) -> Error {
        self.with_hint(error, call).in_operation(call.name, call.object_id())
    }

    /// Adds what may be wrong with what `call` names, or with the base URL.
    pub(crate) fn with_hint(&self, error: Error, call: &Call) -> Error {
        let hint = hint::of(&error, call);
        error.questioning("base_url", self.base_url()).with_hint(hint)
    }

    /// Where requests go: the base URL in effect.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// println!("{}", client.base_url());
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    pub fn base_url(&self) -> &str {
        self.shared.transport.base_url()
    }

    /// The rate limit as the latest response reported it, if there was one.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// if let Some(limit) = client.rate_limit() {
    ///     println!("{} of {} requests left", limit.remaining, limit.permitted);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.shared.transport.rate_limit()
    }

    /// What no message may repeat.
    pub(crate) fn secrets(&self) -> &Secrets {
        self.shared.transport.secrets()
    }

    /// Serialises workflows on the same object.
    pub(crate) fn locks(&self) -> &KeyedLock {
        &self.shared.locks
    }

    /// What was created with idempotency keys.
    pub(crate) fn used_keys(&self) -> &UsedKeys {
        &self.shared.used_keys
    }

    /// Lets the governor permit this client's requests until the result is dropped.
    pub(crate) fn govern(&self) -> Governed<'_> {
        self.shared.transport.govern()
    }

    /// Fails if something ends the call.
    pub(crate) fn check_interrupt(&self, outcome: Outcome) -> Result<()> {
        self.shared.interrupt.check(self.began(), outcome)
    }

    /// Whether the client was interrupted since the call began.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.shared.interrupt.is_after(self.began())
    }

    /// The limit of one call.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        self.timeout.limit
    }

    /// Sleeps until `until` unless something ends the call.
    pub(crate) fn sleep_until(&self, until: Instant) -> Result<()> {
        self.shared.interrupt.sleep_until(until, self.began(), Outcome::Unknown)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.shared.transport.base_url())
            .field("organization", &self.shared.defaults.organization)
            .field("data_center", &self.shared.defaults.data_center)
            .finish_non_exhaustive()
    }
}

/// Katapult, as it was asked by a call.
struct Asked<'a>(&'a Call);

impl Service for Asked<'_> {
    const LIMITS_ALL_REQUESTS: bool = true;
    const REQUEST_ID_HEADERS: &'static [&'static str] = &["x-request-id"];

    fn error_of(&self, answer: &HttpResponse, is_read: bool) -> Error {
        let error = error_response::of(answer, is_read);
        match about::contradiction_of_error(self.0, error.detail()) {
            None => error,
            Some(text) => answer.about_another(text),
        }
    }

    fn rate_limit_window(&self, answer: &HttpResponse) -> Option<Duration> {
        Some(answer.until_next_minute())
    }
}
