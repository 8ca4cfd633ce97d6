//! The OpenStack client.

use katapult_disk::Secret;
use katapult_disk::openstack::{Client as CoreClient, Config};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use serde::Deserialize;

use crate::arguments::{self as read, Argument, ConnectionArguments, Limit};
use crate::errors::exception;
use crate::handle::Handle;
use crate::json::Json;
use crate::object::{self, Object, Resource};

/// A client of the OpenStack compute service (Nova).
///
/// Arguments that are not given come from the environment: OS_COMPUTE_ENDPOINT_OVERRIDE (or
/// OS_ENDPOINT), OS_TOKEN (or OS_AUTH_TOKEN), OS_PROJECT_ID (or OS_TENANT_ID), OS_CACERT.
/// `endpoint` may end in /v2/{project_id}, /v2.1 or /v2.1/{project_id}; a bare one gets
/// /v2/{project_id}. Times are in seconds; None is no limit.
#[pyclass(frozen, weakref, module = "katapult_disk.openstack")]
pub(crate) struct Client {
    handle: Handle<CoreClient>,
    repr: String,
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(
        signature = (
            endpoint=None, token=None, *, project_id=None, timeout=Limit::Default,
            connect_timeout=Limit::Default, ca_file=None, proxy=None, user_agent=None,
            allow_http=None, max_response_bytes=None
        ),
        text_signature = "(endpoint=None, token=None, *, project_id=None, timeout=30.0, \
            connect_timeout=10.0, ca_file=None, proxy=None, user_agent=None, allow_http=False, \
            max_response_bytes=67108864)"
    )]
    #[allow(clippy::too_many_arguments, reason = "all but two are keywords in Python")]
    fn new<'py>(
        py: Python<'py>,
        endpoint: Argument<'_, 'py>,
        token: Argument<'_, 'py>,
        project_id: Argument<'_, 'py>,
        timeout: Limit<'py>,
        connect_timeout: Limit<'py>,
        ca_file: Argument<'_, 'py>,
        proxy: Argument<'_, 'py>,
        user_agent: Argument<'_, 'py>,
        allow_http: Argument<'_, 'py>,
        max_response_bytes: Argument<'_, 'py>,
    ) -> PyResult<Self> {
        let given = Config {
            endpoint: read::text("endpoint", endpoint)?,
            token: read::text("token", token)?.map(Secret::from),
            project_id: read::text("project_id", project_id)?,
            connection: ConnectionArguments {
                timeout,
                connect_timeout,
                ca_file,
                proxy,
                user_agent,
                allow_http,
                max_response_bytes,
            }
            .read()?,
        };
        let config = given.or_env().map_err(|error| exception(py, error))?;
        let handle = Handle::new(py, || CoreClient::new(&config))?;
        let repr = format!("Client(endpoint={:?})", handle.open(py)?.base_url());
        Ok(Client { handle, repr })
    }

    /// Asks for a volume to be detached from a server. The service does it after its answer: the
    /// volume is free only when the attachment is gone.
    ///
    /// Raises InvalidArgument for an id with anything but digits, lower-case letters and hyphens,
    /// NotFound (no such server, volume or attachment), BadRequest (being detached already; the
    /// root device, in newer clouds), Forbidden (the root device, in older ones), Conflict (the
    /// server's state does not permit it), Unauthorized.
    fn detach_volume<'py>(
        &self,
        py: Python<'py>,
        server_id: &Bound<'py, PyAny>,
        volume_id: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, VolumeDetach>> {
        let server_id = read::required_text("server_id", server_id)?;
        let volume_id = read::required_text("volume_id", volume_id)?;
        let detach = self.handle.call(py, |client| client.detach_volume(&server_id, &volume_id))?;
        let detach = Accepted { request_id: detach.request_id };
        // The answer has no body; this is what its header said.
        let json = serde_json::json!({ "request_id": detach.request_id }).to_string();
        object::create(py, detach, Json::new(json))
    }

    /// Closes the connections. Later calls raise InvalidArgument; calls that run go on.
    fn close(&self) {
        self.handle.close();
    }

    fn __enter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, _exception: &Bound<'_, PyTuple>) {
        self.handle.close();
    }

    fn __repr__(&self) -> &str {
        &self.repr
    }
}

/// The service has accepted to detach a volume.
#[pyclass(extends = Object, frozen, module = "katapult_disk.openstack")]
pub(crate) struct VolumeDetach(Accepted);

#[derive(Clone, Deserialize)]
pub(crate) struct Accepted {
    request_id: Option<String>,
}

impl Resource for VolumeDetach {
    type Value = Accepted;

    const FIELDS: &'static [&'static str] = &["request_id"];

    fn new(value: Self::Value) -> Self {
        VolumeDetach(value)
    }
}

#[pymethods]
impl VolumeDetach {
    #[classattr]
    fn __match_args__(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        object::match_args::<Self>(py)
    }

    /// The compute service's id of the request (`req-…`), under which it records the action.
    #[getter]
    fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }
}
