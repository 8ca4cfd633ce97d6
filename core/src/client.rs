//! The Katapult client: the only place that performs an operation.

use std::fmt;
use std::ops::Range;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use crate::katapult::error_response;
use crate::keyed_lock::KeyedLock;
use crate::transport::{HttpResponse, RateLimit, Service, Transport};
use crate::{
    Config, Error, ListOperation, Operation, Outcome, Pagination, Request, Result, Status, json,
};

/// A client of the Katapult Core API.
///
/// Share one: it keeps its connections open, may be used by many threads at once, and goes on
/// working in a process that was forked.
pub struct Client {
    config: Config,
    transport: Transport,
    locks: KeyedLock,
}

/// The answer of an operation, as the API sent it. `Debug` leaves out the body, which may hold what
/// is secret.
#[derive(Clone)]
pub struct ApiResponse {
    status: u16,
    body: String,
    request_id: Option<String>,
}

/// The answer that is a page of a list.
pub(crate) struct PageResponse {
    pub(crate) response: ApiResponse,
    pub(crate) pagination: Pagination,
    items_key: &'static str,
    /// Where the items stand in the body.
    pub(crate) items: Vec<Range<usize>>,
}

impl Client {
    /// Makes a client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`Status::InvalidConfiguration`] or [`Status::InvalidArgument`], saying what to change.
    pub fn new(config: Config) -> Result<Client> {
        config.check_defaults()?;
        let transport = Transport::new(config.base_url()?, config.authorization()?, &config.http)?;
        Ok(Client { config, transport, locks: KeyedLock::default() })
    }

    /// Makes a client of what the environment says; see [`Config::from_env`].
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn from_env() -> Result<Client> {
        Client::new(Config::from_env()?)
    }

    /// Performs an operation and decodes its answer.
    ///
    /// # Errors
    /// What the API refused, or what happened on the way; see [`Error::outcome`].
    pub fn call<O: Operation>(&self, operation: &O) -> Result<O::Output> {
        self.send(operation)?.decode()
    }

    /// Performs an operation and gives the answer as it came: a JSON object with the operation's
    /// [`ANSWER_KEYS`](Operation::ANSWER_KEYS).
    ///
    /// # Errors
    /// As [`Client::call`].
    pub fn send<O: Operation>(&self, operation: &O) -> Result<ApiResponse> {
        self.send_until(operation, None)
    }

    /// What would be sent for an operation; finds mistakes in its arguments without sending it.
    ///
    /// # Errors
    /// [`Status::InvalidArgument`], naming the argument.
    pub fn request<O: Operation>(&self, operation: &O) -> Result<Request> {
        operation.request(&self.config)
    }

    /// As [`Client::send`], but gives up at `until` if that is before the client's timeout ends.
    pub(crate) fn send_until<O: Operation>(
        &self,
        operation: &O,
        until: Option<Instant>,
    ) -> Result<ApiResponse> {
        self.send_request(&self.request(operation)?, O::ANSWER_KEYS, until)
    }

    /// A page of a list; its items are not decoded. It may take `memory`.
    pub(crate) fn send_page<O: ListOperation>(
        &self,
        operation: &O,
        memory: &mut Vec<u8>,
    ) -> Result<PageResponse> {
        let request = self.request(operation)?;
        let answer = self.transport.send_into(&Katapult, &request, None, memory)?;
        ApiResponse::of_page(answer, O::ANSWER_KEYS, O::ITEMS_KEY)
    }

    /// The part of [`Client::send_until`] that is the same for all operations, in machine code too.
    fn send_request(
        &self,
        request: &Request,
        keys: &'static [&'static str],
        until: Option<Instant>,
    ) -> Result<ApiResponse> {
        ApiResponse::of_answer(self.transport.send(&Katapult, request, until)?, keys)
    }

    /// Where requests go: the base URL in effect.
    pub fn base_url(&self) -> &str {
        self.transport.base_url()
    }

    /// The rate limit as the newest answer told it, if there was one.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.transport.rate_limit()
    }

    /// Keeps workflows out of each other's way.
    pub(crate) fn locks(&self) -> &KeyedLock {
        &self.locks
    }

    /// Sleeps until `until` unless the interrupt hook ends it.
    pub(crate) fn sleep_until(&self, until: Instant) -> Result<()> {
        self.transport.sleep_until(until, Outcome::Unknown)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.transport.base_url())
            .field("organization", &self.config.organization)
            .field("data_center", &self.config.data_center)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ApiResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiResponse")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl ApiResponse {
    /// An answer that has to be a JSON object with all `keys`.
    pub(crate) fn of_answer(
        answer: HttpResponse,
        keys: &'static [&'static str],
    ) -> Result<ApiResponse> {
        ApiResponse::of_text(answer)?.checked(keys)
    }

    /// An answer that has to be a page of a list, looked through once.
    fn of_page(
        answer: HttpResponse,
        keys: &'static [&'static str],
        items_key: &'static str,
    ) -> Result<PageResponse> {
        let response = ApiResponse::of_text(answer)?;
        let shape = json::page_shape(&response.body, keys, items_key)
            .map(|shape| (serde_json::from_str(shape.pagination), shape.items));
        match shape {
            Some((Ok(pagination), items)) => {
                Ok(PageResponse { response, pagination, items_key, items })
            }
            Some((Err(error), _)) => Err(response.misshapen(&json::problem(&error))),
            None => {
                let problem = format!("expected an array of objects as {items_key}");
                Err(response.checked(keys)?.misshapen(&problem))
            }
        }
    }

    fn of_text(answer: HttpResponse) -> Result<ApiResponse> {
        let HttpResponse { status, request_id, body, .. } = answer;
        match String::from_utf8(body) {
            Ok(body) => Ok(ApiResponse { status, body, request_id }),
            Err(_) => Err(invalid("the answer is not UTF-8, so not JSON".to_owned())
                .with_answer(status, request_id.as_deref())),
        }
    }

    fn checked(self, keys: &'static [&'static str]) -> Result<ApiResponse> {
        let Err(error) = json::check_object(&self.body, keys) else {
            return Ok(self);
        };
        // A page says what went wrong; JSON may hold what is secret, so it is for the detail.
        let start = match self.body.trim_start().starts_with(['{', '[', '"']) {
            true => String::new(),
            false => format!(": {}", error_response::excerpt(self.body.as_bytes())),
        };
        let problem = json::problem(&error);
        Err(invalid(format!("the answer is not the JSON of this API ({problem}){start}"))
            .with_answer(self.status, self.request_id.as_deref())
            .with_detail(json::detail(self.body.as_bytes())))
    }

    /// The body, byte for byte.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The body, byte for byte.
    pub fn into_body(self) -> String {
        self.body
    }

    /// The service's id of the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// An answer that a workflow makes up.
    pub(crate) fn of(body: String) -> ApiResponse {
        ApiResponse { status: 200, body, request_id: None }
    }

    /// This answer with a body made of parts of several.
    pub(crate) fn with_body(self, body: String) -> ApiResponse {
        ApiResponse { body, ..self }
    }

    /// Decodes the body.
    ///
    /// # Errors
    /// [`Status::InvalidResponse`] if it has another shape.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.body).map_err(|error| self.misshapen(&json::problem(&error)))
    }

    fn misshapen(&self, problem: &str) -> Error {
        invalid(format!("the answer has another shape than the API documents: {problem}"))
            .with_answer(self.status, self.request_id.as_deref())
            // What was done is in there, such as the id of a disk that now exists.
            .with_detail(json::detail(self.body.as_bytes()))
    }
}

impl PageResponse {
    /// Decodes the items. What is wrong with one is said with its place in the list.
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<Vec<T>> {
        let decode = |(number, place): (usize, &Range<usize>)| {
            serde_json::from_str(&self.response.body[place.clone()]).map_err(|error| {
                let problem = json::problem(&error);
                self.response.misshapen(&format!("{}[{number}]: {problem}", self.items_key))
            })
        };
        // Room for all at once, which a collected `Result` does not make.
        let mut items = Vec::with_capacity(self.items.len());
        for item in self.items.iter().enumerate().map(decode) {
            items.push(item?);
        }
        Ok(items)
    }
}

fn invalid(problem: String) -> Error {
    Error::new(Status::InvalidResponse, Outcome::Unknown, problem)
}

struct Katapult;

impl Service for Katapult {
    const REQUEST_ID_HEADERS: &'static [&'static str] = &["x-request-id"];

    fn error_of(&self, answer: &HttpResponse, is_read: bool) -> Error {
        error_response::of(answer, is_read)
    }

    fn rate_limit_window(&self, answer: &HttpResponse) -> Option<Duration> {
        Some(answer.until_next_minute())
    }
}
