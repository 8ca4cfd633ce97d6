//! Clients of the canned server, and what must be true of every call.

use std::time::{Duration, Instant};

use katapult::{Client, Config, Error, HttpOptions, Outcome, Result, Secret, openstack};

use crate::check::check_error;
use crate::server::Server;

/// Shorter than the shortest wait that the library chooses before a repeat, so that a call is one request.
pub(crate) const TIMEOUT: Duration = Duration::from_millis(90);

/// How often a service that says when to come back is asked.
const ATTEMPTS: usize = 4;

/// How often a call is made: a read that was answered with another object is made once more.
pub(crate) const READ: usize = 2;
pub(crate) const WRITE: usize = 1;

/// For a machine that has other things to do.
const GRACE: Duration = Duration::from_secs(4);

pub(crate) const MAX_RESPONSE_BYTES: u64 = 1 << 20;

fn http_options() -> HttpOptions {
    HttpOptions {
        timeout: Some(TIMEOUT),
        proxy: Some(Secret::from("")),
        max_response_bytes: MAX_RESPONSE_BYTES,
        ..HttpOptions::default()
    }
}

pub(crate) fn katapult(server: &Server) -> Client {
    let config = Config {
        api_token: Some(Secret::from("token")),
        base_url: Some(server.url()),
        organization: Some("acme".into()),
        data_center: Some("uk-lon-01".into()),
        http: http_options(),
    };
    Client::new(config).expect("a client of Katapult")
}

pub(crate) fn nova(server: &Server) -> openstack::Client {
    let config = openstack::Config {
        endpoint: Some(server.url() + "/v2.1"),
        token: Some(Secret::from("token")),
        http: http_options(),
        ..openstack::Config::default()
    };
    openstack::Client::new(&config).expect("a client of Nova")
}

/// Logs in first, and learns from the catalog where Nova is.
pub(crate) fn keystone(server: &Server) -> openstack::Client {
    let config = openstack::Config {
        auth_url: Some(server.url()),
        username: Some("user".into()),
        password: Some(Secret::from("password")),
        project_name: Some("project".into()),
        http: http_options(),
        ..openstack::Config::default()
    };
    openstack::Client::new(&config).expect("a client of Keystone")
}

/// Runs what ends within the client's timeout.
pub(crate) fn in_time<T>(call: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let result = call();
    let took = began.elapsed();
    assert!(took < TIMEOUT + GRACE, "the call took {took:?}, its timeout is {TIMEOUT:?}");
    result
}

/// Makes one call that is one request, and holds its error against what the server saw.
pub(crate) fn exchange<T>(
    answer: &[u8],
    stays_open: bool,
    times: usize,
    call: impl FnOnce(&Server) -> Result<T>,
) {
    let most = times * if may_be_repeated(answer) { ATTEMPTS } else { 1 };
    let server = Server::start(vec![answer.to_vec()], stays_open);
    let result = in_time(|| call(&server));
    let requests = server.requests();
    assert!(requests <= most, "sent {requests} times");
    match result {
        Ok(_) => assert_ne!(requests, 0, "an answer to nothing"),
        Err(error) => {
            check_error(&error);
            check_outcome(&error, requests);
        }
    }
}

/// Whether this is a service that wants to be asked again at once: a 503 with `Retry-After: 0`.
fn may_be_repeated(answer: &[u8]) -> bool {
    answer.windows(5).any(|part| part == b" 503 ")
}

fn check_outcome(error: &Error, requests: usize) {
    match error.outcome() {
        Outcome::NotSent => assert_eq!(requests, 0, "it was sent: {error}"),
        Outcome::Rejected => {
            let status = error.http_status();
            assert!(matches!(status, Some(400..500 | 503)), "not rejected: {error}");
        }
        Outcome::Unknown => {}
    }
}
