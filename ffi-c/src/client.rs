use std::ffi::c_char;

use katapult::{Client, Config, Status, call_timeout};

use crate::boundary;
use crate::handle::{self, Handle, Marked};
use crate::interrupt;

/// A client of the Katapult Core API. Any number of threads may use one at the same time; a
/// process that was forked may go on using it.
#[allow(non_camel_case_types)]
pub struct katapult_client(Marked<Client>);

impl Handle for katapult_client {
    type Client = Client;
    const MARK: u64 = u64::from_ne_bytes(*b"katapult");

    fn marked(&self) -> &Marked<Client> {
        &self.0
    }
}

/// Makes a client. Nothing is sent yet.
///
/// @param options_json  A JSON object, or NULL for the environment alone. Keys, all optional:
///   - `api_token` (else the environment's `KATAPULT_API_TOKEN` or `KATAPULT_API_KEY`), without "Bearer"; blanks
///     and line breaks around it do not count
///   - `base_url` (`KATAPULT_API_URL`); `https://api.katapult.io/core/v1`. One without a path gets `/core/v1`
///   - `organization`, `data_center`: what calls use that name none (`KATAPULT_ORGANIZATION`,
///     `KATAPULT_DATA_CENTER`); a string (an id, or the sub_domain or permalink), or
///     `{"id": "..."}`
///   - `timeout`: the seconds that one call may take, with its repeats and its waits for the rate limit (up to
///     63 s), 90; null for no limit. A call that waits ends by the time of its `katapult_wait` instead; `timeout`
///     is then what each attempt to send one of its requests may take
///   - `connect_timeout`: seconds for making a connection, 10; null for no limit of its own
///   - `ca_file`: PEM file with certificates to trust besides the system's
///   - `cert_file`: PEM file with the client's own certificate, for a service that demands one, and
///     `key_file`: PEM file with its private key (by default that of `cert_file`)
///   - `verify` (true): false accepts any certificate, so that anybody on the way can read and change
///     what is sent, the token included
///   - `proxy`: URL of an HTTP proxy, "" for none (else `HTTPS_PROXY`, `NO_PROXY` and so on)
///   - `user_agent`, `allow_http` (true permits http:// to other hosts than this one),
///     `max_response_bytes` (67108864)
/// @param client  Receives the client, to be freed with `katapult_client_free`; NULL on failure.
/// @param reply   Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_INVALID_ARGUMENT` or
///   `KATAPULT_STATUS_INVALID_CONFIGURATION`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_client_new(
    options_json: *const c_char,
    client: *mut *mut katapult_client,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        handle::make("client", client, || {
            let mut config = match boundary::optional_text("options_json", options_json)? {
                None => Config::from_env()?,
                Some(options) => Config::from_json(options)?.or_env()?,
            };
            config.http.interrupt = Some(interrupt::hook());
            Client::new(config).map(|client| katapult_client(katapult_client::mark(client)))
        })
        .map(|()| None)
    })
}

/// Makes a second handle of a client, whose calls have another timeout: for a single call, or for some. It
/// shares the connections, the rate limit and all else, and costs next to nothing. Of a call with a
/// `katapult_wait` the timeout is for each attempt to send a request, as the client's.
///
/// @param client  Stays as it is. Of the two, each is freed with `katapult_client_free`, in any order.
/// @param timeout_seconds  More than 0; INFINITY (of math.h) is no limit.
/// @param derived  Receives the second handle; NULL on failure.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` or `KATAPULT_STATUS_INVALID_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_client_with_timeout(
    client: Option<&katapult_client>,
    timeout_seconds: f64,
    derived: *mut *mut katapult_client,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        handle::make("derived", derived, || {
            let client = handle::client("client", client)?;
            let client = client.with_timeout(call_timeout("timeout_seconds", timeout_seconds)?)?;
            Ok(katapult_client(katapult_client::mark(client)))
        })
        .map(|()| None)
    })
}

/// Ends all calls of a client that are under way, on all threads, within 100 ms: they return
/// `KATAPULT_STATUS_INTERRUPTED`. That includes calls of handles that were made by
/// `katapult_client_with_timeout`, waits for tasks and for the rate limit, workflows, and fleets. Calls that begin later
/// are not concerned. The service goes on with what it has accepted.
///
/// May be called at any time from any thread, also from a signal's handler, unless the client is freed meanwhile;
/// see "Stopping" above. In a process that was forked it concerns that one's calls only.
///
/// @param client  NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_client_interrupt(client: Option<&katapult_client>) {
    client.and_then(handle::valid).into_iter().for_each(Client::interrupt);
}

/// Frees a client and closes its connections, unless a handle that `katapult_client_with_timeout` made of
/// it is left. No call may be using it. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_client_free(client: Option<Box<katapult_client>>) {
    handle::free(client);
}
