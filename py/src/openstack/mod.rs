//! The OpenStack client; its operations are in the file beside this one.

use katapult_disk::openstack::{Client as CoreClient, Config};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

mod request;
mod volumes;

use crate::arguments::{self as read, Argument, HttpArguments, secret, text};
use crate::client::unpicklable;
use crate::handle::{Handle, detached};
use crate::json;

/// A client of the OpenStack compute service (Nova).
///
/// Give `auth_url` and credentials, which are `username` (or `user_id`), `password` and
/// `project_name` (or `project_id`), or an application credential's id (or its name and its user)
/// and secret; then it logs in at the first call and renews its token by itself. Or give `endpoint`
/// and `token`, which is used as it is; a `token` with `auth_url` and a project is exchanged for a
/// token of that project, which is renewed. Or name the entry of clouds.yaml that has them: `cloud`.
///
/// Arguments that are not given come from the entry of clouds.yaml (with that of secure.yaml over it)
/// that `cloud` or OS_CLOUD names; where none is named, from the environment: OS_AUTH_URL, OS_AUTH_TYPE,
/// OS_USERNAME, OS_USER_ID, OS_PASSWORD, OS_USER_DOMAIN_NAME, OS_USER_DOMAIN_ID, OS_PROJECT_NAME (or
/// OS_TENANT_NAME), OS_PROJECT_ID (or OS_TENANT_ID), OS_PROJECT_DOMAIN_NAME, OS_PROJECT_DOMAIN_ID, both
/// domains at once by OS_DOMAIN_NAME, OS_DOMAIN_ID or OS_DEFAULT_DOMAIN,
/// OS_APPLICATION_CREDENTIAL_ID, OS_APPLICATION_CREDENTIAL_NAME, OS_APPLICATION_CREDENTIAL_SECRET,
/// OS_REGION_NAME, OS_INTERFACE (or OS_ENDPOINT_TYPE), OS_COMPUTE_API_VERSION (or
/// OS_COMPUTE_DEFAULT_MICROVERSION), OS_COMPUTE_ENDPOINT_OVERRIDE (or OS_ENDPOINT),
/// OS_COMPUTE_SERVICE_TYPE, OS_COMPUTE_SERVICE_NAME, OS_TOKEN (or OS_AUTH_TOKEN), OS_CACERT, OS_CERT,
/// OS_KEY, OS_INSECURE. Beside a cloud only OS_REGION_NAME counts of them. OS_CLOUD does not count when
/// `token` or `auth_url` is given. If nothing at all is said, a clouds.yaml with one cloud is used. What
/// is in none of them is the default.
///
/// Credentials among the arguments decide how to log in; those of two kinds need `auth_type` ("password",
/// "token" or "v3applicationcredential"). A `region_name` must be among the entry's `regions`, if it has
/// such a list, whose first is the default. `interface` may be several words with commas, in order of
/// preference.
///
/// `endpoint` may end in /v2/{project_id}, /v2.1 or /v2.1/{project_id}; a bare one is asked for its
/// versions at the first call and gets /v2.1, or /v2/{project_id} if it tells of none. By default it is
/// that of the catalog for `region_name`, `interface` ("public", "internal", "admin"; or several with
/// commas between, the preferred one first) and `service_type` ("compute"). Where the catalog has several
/// regions, `region_name` must be given. `compute_api_version` is a microversion such as "2.89", which
/// needs Nova's /v2.1; None asks for none. The domains are "default" by default. Times are in seconds; None
/// is no limit. `timeout` is for a whole call, with a login, repeats and waits for a rate limit. `detach_volume`
/// with `wait=True` has its own `timeout` for all of that, and the client's for each attempt to send a
/// request. `ca_file` is a PEM file of certificates to trust besides the system's; `cert_file` one with the
/// client's own certificate, for services that demand one, and `key_file` one with its private key (by default
/// that of `cert_file`). `proxy` is an http:// or https:// URL, "" is none. `allow_http` permits http:// to
/// other hosts than this one: password and token are then readable on the way. `verify=False` does not
/// check the certificates of the services: anybody on the way can read and change what is sent, password
/// and token included; None is what clouds.yaml says, and otherwise True.
///
/// Raises InvalidConfiguration, InvalidArgument. What only a login shows is raised by the first call:
/// Unauthorized, and InvalidConfiguration when the catalog has no such compute service.
#[pyclass(frozen, weakref, module = "katapult_disk.openstack")]
pub(crate) struct Client {
    handle: Handle<CoreClient>,
    /// Where requests go and for whom, for `repr`; never a secret.
    about: String,
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (
        endpoint=None, token=None, *, auth_url=None, auth_type=None, username=None, user_id=None,
        password=None, user_domain_name=None, user_domain_id=None, project_name=None,
        project_id=None, project_domain_name=None, project_domain_id=None,
        application_credential_id=None, application_credential_name=None,
        application_credential_secret=None, region_name=None, interface=None,
        service_type=None, service_name=None, compute_api_version=None, cloud=None, timeout=90.0,
        connect_timeout=10.0, ca_file=None, cert_file=None, key_file=None, verify=None, proxy=None,
        user_agent=None, allow_http=false, max_response_bytes=67_108_864
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but two are keywords in Python")]
    fn new<'py>(
        py: Python<'py>,
        endpoint: Argument<'_, 'py>,
        token: Argument<'_, 'py>,
        auth_url: Argument<'_, 'py>,
        auth_type: Argument<'_, 'py>,
        username: Argument<'_, 'py>,
        user_id: Argument<'_, 'py>,
        password: Argument<'_, 'py>,
        user_domain_name: Argument<'_, 'py>,
        user_domain_id: Argument<'_, 'py>,
        project_name: Argument<'_, 'py>,
        project_id: Argument<'_, 'py>,
        project_domain_name: Argument<'_, 'py>,
        project_domain_id: Argument<'_, 'py>,
        application_credential_id: Argument<'_, 'py>,
        application_credential_name: Argument<'_, 'py>,
        application_credential_secret: Argument<'_, 'py>,
        region_name: Argument<'_, 'py>,
        interface: Argument<'_, 'py>,
        service_type: Argument<'_, 'py>,
        service_name: Argument<'_, 'py>,
        compute_api_version: Argument<'_, 'py>,
        cloud: Argument<'_, 'py>,
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
            endpoint: text("endpoint", endpoint)?,
            token: secret("token", token)?,
            auth_url: text("auth_url", auth_url)?,
            auth_type: text("auth_type", auth_type)?,
            username: text("username", username)?,
            user_id: text("user_id", user_id)?,
            password: secret("password", password)?,
            user_domain_name: text("user_domain_name", user_domain_name)?,
            user_domain_id: text("user_domain_id", user_domain_id)?,
            project_name: text("project_name", project_name)?,
            project_id: text("project_id", project_id)?,
            project_domain_name: text("project_domain_name", project_domain_name)?,
            project_domain_id: text("project_domain_id", project_domain_id)?,
            application_credential_id: text(
                "application_credential_id",
                application_credential_id,
            )?,
            application_credential_name: text(
                "application_credential_name",
                application_credential_name,
            )?,
            application_credential_secret: secret(
                "application_credential_secret",
                application_credential_secret,
            )?,
            region_name: text("region_name", region_name)?,
            interface: text("interface", interface)?,
            service_type: text("service_type", service_type)?,
            service_name: text("service_name", service_name)?,
            compute_api_version: text("compute_api_version", compute_api_version)?,
            cloud: text("cloud", cloud)?,
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
        let config = detached(py, || given.or_env())?;
        let handle = Handle::new(py, || CoreClient::new(&config))?;
        let about = about(handle.open(py)?.endpoint(), config.auth_url.as_deref());
        Ok(Client { handle, about })
    }

    /// Where requests go: the compute service's URL. None before the first login, which finds it.
    #[getter]
    fn endpoint(&self, py: Python<'_>) -> PyResult<Option<String>> {
        Ok(self.handle.open(py)?.endpoint())
    }

    /// What the arguments, clouds.yaml and the environment come to, and what logins have told since, as
    /// a dict: `cloud`, `auth_url`, `auth_type` ("password", "token", "v3applicationcredential" or
    /// "admin_token"), `user`, `user_domain`, `application_credential`, `project`, `project_domain` (names
    /// or ids), `region_name`, `interface`, `service_type`, `service_name`, `endpoint`,
    /// `compute_api_version`, `verify`, `ca_file`. What is not known is None: `endpoint`, and the project
    /// of an application credential, before the first login. Nothing is sent, and nothing secret is in it.
    fn description<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let text = self.handle.open(py)?.description().to_json();
        Ok(json::loads(py, &text)?.cast_into()?)
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
        Err(unpicklable("a Client", ""))
    }

    fn __repr__(&self) -> String {
        self.handle.shown(&self.about)
    }
}

fn about(endpoint: Option<String>, auth_url: Option<&str>) -> String {
    match (endpoint, auth_url) {
        (Some(endpoint), _) => format!("endpoint={endpoint:?}"),
        (None, Some(auth_url)) => format!("auth_url={auth_url:?}"),
        (None, None) => String::new(),
    }
}
