//! The Katapult client; its operations are in the files beside this one.

use katapult_disk::{
    CallAndWait, Client as CoreClient, Config, Operation, OrganizationRef, TaskOperation,
};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

mod backup_policies;
mod catalog;
mod disks;
mod fleets;
mod lists;
mod request;
mod tasks;
mod trash;
mod virtual_machines;
mod workflows;

use crate::arguments::{self as read, Argument, CallTimeout, HttpArguments};
use crate::errors::exception;
use crate::handle::Handle;
use crate::json::Json;
use crate::objects::DataCenter;
use crate::rate_limit::RateLimit;
use crate::wait::{self, Wait, WaitArguments};

/// A client of the Katapult Core API.
///
/// Arguments that are not given come from the environment: KATAPULT_API_TOKEN (or
/// KATAPULT_API_KEY), KATAPULT_API_URL, KATAPULT_ORGANIZATION, KATAPULT_DATA_CENTER, and the proxy
/// from HTTPS_PROXY and NO_PROXY. `organization` and `data_center` are for calls that name none.
///
/// `api_token` is the token alone, without "Bearer"; blanks and line breaks around it do not count.
/// `base_url` is the API's with its version path, https://api.katapult.io/core/v1 by default.
/// `timeout` is for a whole call, with its repeats and waits for the rate limit (up to 63 s);
/// `connect_timeout` for making a connection: in seconds; None is no limit. A call that waits
/// (`wait=True`, `wait_task`, `ensure_...`) has its own `timeout` for all of that, and the client's
/// for each attempt to send a request. `ca_file` is a PEM file of certificates to trust besides the system's;
/// `cert_file` one with the client's own certificate, for a service that demands one, and `key_file` one with
/// its private key (by default that of `cert_file`). `verify=False` does not check the service's certificate: anybody on the way can then read and
/// change what is sent, the token included. `proxy` is an http:// or https:// URL, "" is none.
/// `allow_http` permits http:// to other hosts than this one: the token is then readable on the way.
/// `max_response_bytes` is for a response after it was unpacked.
///
/// Share one: it keeps its connections open, may be used by many threads at once, and goes on
/// working in a process that was forked. Calls wait without holding the GIL, and Ctrl-C ends them.
///
/// Raises InvalidConfiguration, InvalidArgument.
#[pyclass(frozen, weakref, module = "katapult_disk")]
pub(crate) struct Client {
    pub(super) handle: Handle<CoreClient>,
    /// Where requests go and for whom, for `repr`; never a secret.
    about: String,
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (
        api_token=None, *, base_url=None, organization=None, data_center=None, timeout=90.0,
        connect_timeout=10.0, ca_file=None, cert_file=None, key_file=None, verify=true, proxy=None,
        user_agent=None, allow_http=false, max_response_bytes=67_108_864
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but one are keywords in Python")]
    fn new<'py>(
        py: Python<'py>,
        api_token: Argument<'_, 'py>,
        base_url: Argument<'_, 'py>,
        organization: Argument<'_, 'py>,
        data_center: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        #[pyo3(from_py_with = read::connect_timeout)] connect_timeout: Option<f64>,
        ca_file: Argument<'_, 'py>,
        cert_file: Argument<'_, 'py>,
        key_file: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::verify)] verify: Option<bool>,
        proxy: Argument<'_, 'py>,
        user_agent: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::allow_http)] allow_http: bool,
        #[pyo3(from_py_with = read::max_response_bytes)] max_response_bytes: Option<u64>,
    ) -> PyResult<Self> {
        let given = Config {
            api_token: read::secret("api_token", api_token)?,
            base_url: read::text("base_url", base_url)?,
            organization: read::organization(organization)?,
            data_center: read::named::<DataCenter>("data_center", data_center)?,
            http: HttpArguments {
                timeout,
                connect_timeout,
                ca_file,
                cert_file,
                key_file,
                verify,
                proxy,
                user_agent,
                allow_http,
                max_response_bytes,
            }
            .read(py)?,
        };
        let config = given.or_env().map_err(|error| exception(py, error))?;
        let organization = config.organization.clone();
        let handle = Handle::new(py, || CoreClient::new(config))?;
        let about = about(handle.open(py)?.base_url(), organization);
        Ok(Client { handle, about })
    }

    /// The rate limit as the newest response told it (`permitted` and `remaining` requests of this
    /// minute), or None before the first.
    #[getter]
    fn rate_limit(&self, py: Python<'_>) -> PyResult<Option<RateLimit>> {
        Ok(self.handle.open(py)?.rate_limit().map(RateLimit::from))
    }

    /// Ends the calls that are under way, on all threads, within 100 ms: they raise Interrupted, also those
    /// that wait for a task, a login, the rate limit or a fleet's disks. Calls that begin later are not
    /// concerned. The service goes on with what it has accepted. A pool's threads end so after Ctrl-C, which
    /// reaches the main thread only.
    fn interrupt(&self) {
        self.handle.interrupt();
    }

    /// Closes the client: calls that are under way end as after `interrupt`, and later calls raise
    /// InvalidArgument.
    fn close(&self) {
        self.handle.close();
    }

    fn __enter__(slf: Bound<'_, Self>) -> PyResult<Bound<'_, Self>> {
        slf.get().handle.open(slf.py())?;
        Ok(slf)
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, _exception: &Bound<'_, PyTuple>) {
        self.handle.close();
    }

    /// Pickling, and copying.
    fn __reduce__(&self) -> PyResult<()> {
        Err(unpicklable("a Client", "; module functions do that"))
    }

    fn __repr__(&self) -> String {
        self.handle.shown(&self.about)
    }
}

/// Why something cannot be pickled or copied, and what to do instead.
pub(crate) fn unpicklable(what: &str, advice: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "{what} cannot be pickled or copied, since its token must never travel in a pickle: make one client \
         per process{advice}"
    ))
}

impl Client {
    /// Performs an operation that starts a task, and waits for that if it is wanted.
    pub(super) fn call_task<'py, O>(
        &self,
        py: Python<'py>,
        operation: O,
        waiting: WaitArguments<'_, 'py>,
    ) -> PyResult<(O::Output, Json)>
    where
        O: TaskOperation + Sync,
        O::Output: Send,
    {
        match waiting.read(py)? {
            Wait::Not(timeout) => self.call(py, &operation, timeout),
            Wait::For(waiting) => wait::run(py, &self.handle, &CallAndWait(operation), &waiting),
        }
    }

    /// Performs an operation; its response, and the response's text.
    pub(super) fn call<O>(
        &self,
        py: Python<'_>,
        operation: &O,
        timeout: CallTimeout,
    ) -> PyResult<(O::Output, Json)>
    where
        O: Operation + Sync,
        O::Output: Send,
    {
        self.handle.within(timeout).call(py, |client| {
            let (output, response) = client.call_with_response(operation)?;
            Ok((output, Json::new(response.into_body())))
        })
    }
}

fn about(base_url: &str, organization: Option<OrganizationRef>) -> String {
    let organization = organization.map_or_else(String::new, |given| match given.key() {
        None => format!(", organization={:?}", given.value()),
        Some(key) => format!(", organization={{{key:?}: {:?}}}", given.value()),
    });
    format!("base_url={base_url:?}{organization}")
}
