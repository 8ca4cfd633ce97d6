use std::ffi::c_char;

use katapult::openstack::{Client, Config};
use katapult::{Status, call_timeout};

use crate::boundary;
use crate::handle::{self, Handle, Marked};
use crate::interrupt;

/// A client of OpenStack's compute service (Nova). Any number of threads may use one at the same
/// time; a process that was forked may go on using it.
#[allow(non_camel_case_types)]
pub struct katapult_openstack_client(Marked<Client>);

impl Handle for katapult_openstack_client {
    type Client = Client;
    const MARK: u64 = u64::from_ne_bytes(*b"openstck");

    fn marked(&self) -> &Marked<Client> {
        &self.0
    }
}

/// Makes a client of OpenStack's compute service. Nothing is sent yet: it logs in at the first call,
/// renews its token two minutes before its end (a tenth of its life before, if that is less) and once
/// for each request when it is refused, for all threads at once.
///
/// @param options_json  A JSON object, or NULL for the environment alone. Keys:
///   - `cloud` (else the environment's `OS_CLOUD`): the entry of clouds.yaml, with that of secure.yaml
///     over it, that completes what is not given here. They are looked for as the OpenStack tools do:
///     `OS_CLIENT_CONFIG_FILE` (a pipe will do), `OS_CLIENT_SECURE_FILE`, the current directory,
///     ~/.config/openstack, /etc/openstack. Of the variables that follow only `OS_REGION_NAME` counts
///     beside a cloud. Where no cloud is named, or `envvars`, they complete it. If nothing at all is
///     said, a clouds.yaml with one cloud is used
///   - `auth_url` (`OS_AUTH_URL`): the identity service, with credentials: either `username` or
///     `user_id`, `password`, and `project_name` or `project_id`; or `application_credential_id` (or
///     `application_credential_name` with the user) and `application_credential_secret`. Names are in
///     `user_domain_name` or `user_domain_id`, `project_domain_name` or `project_domain_id` (the
///     domain `default` by default). All as `OS_...` variables, too; `OS_DOMAIN_NAME`, `OS_DOMAIN_ID` and
///     `OS_DEFAULT_DOMAIN` stand for both domains
///   - `auth_type` (`OS_AUTH_TYPE`): which credentials count, if there are several kinds: password, token
///     or v3applicationcredential. By default those that are given here
///   - `region_name` (`OS_REGION_NAME`; one of the entry's `regions`, whose first is the default; must be
///     given where only the catalog has several),
///     `interface` (`OS_INTERFACE`; public, internal or admin, or several with commas, in order of
///     preference), `service_type` (`OS_COMPUTE_SERVICE_TYPE`; compute) and `service_name`
///     (`OS_COMPUTE_SERVICE_NAME`): which compute service of the catalog
///   - `endpoint` (`OS_COMPUTE_ENDPOINT_OVERRIDE` or `OS_ENDPOINT`): the compute service's URL instead
///     of the catalog's. It may end in `/v2/{project_id}`, `/v2.1` or `/v2.1/{project_id}`. A bare one
///     is asked for its versions at the first call and gets `/v2.1`; one that tells of none gets
///     `/v2/{project_id}`
///   - `token` (`OS_TOKEN` or `OS_AUTH_TOKEN`): instead of credentials. With `auth_url` and a project it is
///     exchanged for a token of that project, which is renewed; otherwise it is used as it is
///   - `compute_api_version` (`OS_COMPUTE_API_VERSION`): a microversion such as 2.89, which needs `/v2.1`
///   - `timeout`, `connect_timeout`, `ca_file` (`OS_CACERT`), `cert_file` (`OS_CERT`), `key_file`
///     (`OS_KEY`), `verify`, `proxy`, `user_agent`, `allow_http`, `max_response_bytes` as in
///     `katapult_client_new`
/// @param client  Receives the client, to be freed with `katapult_openstack_client_free`; NULL on
///   failure.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK`, `KATAPULT_STATUS_INVALID_ARGUMENT` or
///   `KATAPULT_STATUS_INVALID_CONFIGURATION`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_client_new(
    options_json: *const c_char,
    client: *mut *mut katapult_openstack_client,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        handle::make("client", client, || {
            let mut config = match boundary::optional_text("options_json", options_json)? {
                None => Config::from_env()?,
                Some(options) => Config::from_json(options)?.or_env()?,
            };
            config.http.interrupt = Some(interrupt::hook());
            let client = Client::new(&config)?;
            Ok(katapult_openstack_client(katapult_openstack_client::mark(client)))
        })
        .map(|()| None)
    })
}

/// Makes a second handle of a client, whose calls have another timeout, as `katapult_client_with_timeout`
/// does. It shares the login, too.
///
/// @param client  Stays as it is. Of the two, each is freed with `katapult_openstack_client_free`, in any order.
/// @param timeout_seconds  More than 0; INFINITY (of math.h) is no limit.
/// @param derived  Receives the second handle; NULL on failure.
/// @param reply  Receives NULL on success and the error on failure, to be freed with
///   `katapult_string_free`. May be NULL.
/// @return `KATAPULT_STATUS_OK` or `KATAPULT_STATUS_INVALID_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_client_with_timeout(
    client: Option<&katapult_openstack_client>,
    timeout_seconds: f64,
    derived: *mut *mut katapult_openstack_client,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || {
        handle::make("derived", derived, || {
            let client = handle::client("client", client)?;
            let client = client.with_timeout(call_timeout("timeout_seconds", timeout_seconds)?)?;
            Ok(katapult_openstack_client(katapult_openstack_client::mark(client)))
        })
        .map(|()| None)
    })
}

/// Ends all calls of a client that are under way, on all threads, within 100 ms: they return
/// `KATAPULT_STATUS_INTERRUPTED`. That includes calls of handles that were made by
/// `katapult_openstack_client_with_timeout`, logins, and waits. Calls that begin later
/// are not concerned. The service goes on with what it has accepted.
///
/// May be called at any time from any thread, also from a signal's handler, unless the client is freed meanwhile;
/// see "Stopping" above. In a process that was forked it concerns that one's calls only.
///
/// @param client  NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_client_interrupt(client: Option<&katapult_openstack_client>) {
    client.and_then(handle::valid).into_iter().for_each(Client::interrupt);
}

/// Frees a client and closes its connections, unless a handle that `katapult_openstack_client_with_timeout`
/// made of it is left. No call may be using it. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_client_free(client: Option<Box<katapult_openstack_client>>) {
    handle::free(client);
}

/// Tells what the options, clouds.yaml and the environment come to. Nothing is sent, and nothing secret
/// is in it.
///
/// @param reply  Receives the description, or the error; free it with `katapult_string_free`. May be
///   NULL. It has `cloud`, `auth_url`, `auth_type` (password, token, v3applicationcredential or
///   admin_token), `user`, `user_domain`, `application_credential`, `project`, `project_domain` (names or
///   ids), `region_name`, `interface`, `service_type`, `service_name`, `endpoint` (the compute service's
///   URL), `compute_api_version`, `verify` and `ca_file`. What is not known is null: `endpoint`, and the
///   project of an application credential, before the first login.
/// @return `KATAPULT_STATUS_OK` or `KATAPULT_STATUS_INVALID_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_openstack_client_description(
    client: Option<&katapult_openstack_client>,
    reply: *mut *mut c_char,
) -> Status {
    boundary::run(reply, || Ok(Some(handle::client("client", client)?.description().to_json())))
}
