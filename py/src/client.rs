//! The Katapult client.

use katapult_disk::{
    Client as CoreClient, Config, CreateDisk, DetachDisk, DiskArguments, GetDisk, GetTask, Lookup,
    Operation, Secret, UpdateDisk,
};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::arguments::{self as read, Argument, ConnectionArguments, Limit};
use crate::errors::exception;
use crate::handle::Handle;
use crate::json::Json;
use crate::object;
use crate::objects::{Disk, DiskTask, Task};
use crate::wait;

/// A client of the Katapult Core API.
///
/// Arguments that are not given come from the environment: KATAPULT_API_TOKEN (or
/// KATAPULT_API_KEY), KATAPULT_API_URL, KATAPULT_ORGANIZATION, KATAPULT_DATA_CENTER, and the proxy
/// from HTTPS_PROXY and NO_PROXY. Times are in seconds; None is no limit.
///
/// Share one: it keeps its connections open, may be used by many threads at once, and goes on
/// working in a process that was forked. Calls wait without holding the GIL, and Ctrl-C ends them.
#[pyclass(frozen, weakref, module = "katapult_disk")]
pub(crate) struct Client {
    handle: Handle<CoreClient>,
    repr: String,
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(
        signature = (
            api_token=None, *, base_url=None, organization=None, data_center=None,
            timeout=Limit::Default, connect_timeout=Limit::Default, ca_file=None, proxy=None,
            user_agent=None, allow_http=None, max_response_bytes=None
        ),
        text_signature = "(api_token=None, *, base_url=None, organization=None, \
            data_center=None, timeout=30.0, connect_timeout=10.0, ca_file=None, proxy=None, \
            user_agent=None, allow_http=False, max_response_bytes=67108864)"
    )]
    #[allow(clippy::too_many_arguments, reason = "all but one are keywords in Python")]
    fn new<'py>(
        py: Python<'py>,
        api_token: Argument<'_, 'py>,
        base_url: Argument<'_, 'py>,
        organization: Argument<'_, 'py>,
        data_center: Argument<'_, 'py>,
        timeout: Limit<'py>,
        connect_timeout: Limit<'py>,
        ca_file: Argument<'_, 'py>,
        proxy: Argument<'_, 'py>,
        user_agent: Argument<'_, 'py>,
        allow_http: Argument<'_, 'py>,
        max_response_bytes: Argument<'_, 'py>,
    ) -> PyResult<Self> {
        let given = Config {
            api_token: read::text("api_token", api_token)?.map(Secret::from),
            base_url: read::text("base_url", base_url)?,
            organization: read::lookup("organization", organization)?,
            data_center: read::lookup("data_center", data_center)?,
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
        let organization = config.organization.clone();
        let handle = Handle::new(py, || CoreClient::new(config))?;
        let repr = shown(handle.open(py)?.base_url(), organization);
        Ok(Client { handle, repr })
    }

    /// Creates a disk; a task builds it, for which `wait_task` waits.
    ///
    /// `size_in_gb` is in GB. `organization` (id or sub_domain) and `data_center` (id or permalink)
    /// are the client's by default. `virtual_machine` (id or fqdn) is what to assign the disk to,
    /// `attach` whether to attach it there once it is built.
    ///
    /// The service knows no idempotency key: after an error whose `outcome` is "unknown" the disk
    /// may exist, and the same call again may make a second one.
    ///
    /// Raises InvalidArgument, ValidationError, OrganizationNotFound, OrganizationSuspended,
    /// OrganizationNotActivated, PermissionDenied, TaskQueueingError.
    #[pyo3(signature = (
        name, size_in_gb, *, organization=None, data_center=None, io_profile=None, bus_type=None,
        initial_file_system=None, storage_speed=None, virtual_machine=None, boot=None,
        attach_on_boot=None, attach=None, annotations=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but two are keywords in Python")]
    fn create_disk<'py>(
        &self,
        py: Python<'py>,
        name: &Bound<'py, PyAny>,
        size_in_gb: &Bound<'py, PyAny>,
        organization: Argument<'_, 'py>,
        data_center: Argument<'_, 'py>,
        io_profile: Argument<'_, 'py>,
        bus_type: Argument<'_, 'py>,
        initial_file_system: Argument<'_, 'py>,
        storage_speed: Argument<'_, 'py>,
        virtual_machine: Argument<'_, 'py>,
        boot: Argument<'_, 'py>,
        attach_on_boot: Argument<'_, 'py>,
        attach: Argument<'_, 'py>,
        annotations: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let create = CreateDisk {
            organization: read::lookup("organization", organization)?,
            properties: DiskArguments {
                name: Some(read::required_text("name", name)?),
                size_in_gb: Some(read::required_whole_number("size_in_gb", size_in_gb)?),
                bus_type: read::word("bus_type", bus_type)?,
                data_center: read::lookup("data_center", data_center)?,
                io_profile: read::lookup("io_profile", io_profile)?,
                initial_file_system: read::word("initial_file_system", initial_file_system)?,
                storage_speed: read::word("storage_speed", storage_speed)?,
                virtual_machine: read::lookup("virtual_machine", virtual_machine)?,
                boot: read::flag("boot", boot)?,
                attach_on_boot: read::flag("attach_on_boot", attach_on_boot)?,
                attach: read::flag("attach", attach)?,
            },
            annotations: read::annotations(annotations)?,
        };
        let (answer, json) = self.call(py, &create)?;
        object::create(py, answer, json)
    }

    /// Reads a disk, by its id.
    ///
    /// Raises DiskNotFound (also for a malformed id), ObjectInTrash.
    fn get_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Disk>> {
        let (answer, json) = self.call(py, &GetDisk { disk: read::disk(disk_id)? })?;
        Disk::of_answer(py, answer.into_disk(), json)
    }

    /// Changes properties of a disk, at once and without a task; the result shows them changed.
    ///
    /// What is not given stays. `annotations`, where given, replace all of the disk's.
    /// `size_in_gb` and `attach` are only for creating: giving them raises InvalidArgument, which
    /// names the call to use instead.
    ///
    /// Raises InvalidArgument, DiskNotFound, ObjectInTrash, PermissionDenied, UnassignedDisk,
    /// ValidationError.
    #[pyo3(signature = (
        disk_id, *, name=None, bus_type=None, data_center=None, io_profile=None,
        initial_file_system=None, storage_speed=None, virtual_machine=None, boot=None,
        attach_on_boot=None, size_in_gb=None, attach=None, annotations=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but one are keywords in Python")]
    fn update_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
        name: Argument<'_, 'py>,
        bus_type: Argument<'_, 'py>,
        data_center: Argument<'_, 'py>,
        io_profile: Argument<'_, 'py>,
        initial_file_system: Argument<'_, 'py>,
        storage_speed: Argument<'_, 'py>,
        virtual_machine: Argument<'_, 'py>,
        boot: Argument<'_, 'py>,
        attach_on_boot: Argument<'_, 'py>,
        size_in_gb: Argument<'_, 'py>,
        attach: Argument<'_, 'py>,
        annotations: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Disk>> {
        let update = UpdateDisk {
            disk: read::disk(disk_id)?,
            properties: DiskArguments {
                name: read::text("name", name)?,
                size_in_gb: read::whole_number("size_in_gb", size_in_gb)?,
                bus_type: read::word("bus_type", bus_type)?,
                data_center: read::lookup("data_center", data_center)?,
                io_profile: read::lookup("io_profile", io_profile)?,
                initial_file_system: read::word("initial_file_system", initial_file_system)?,
                storage_speed: read::word("storage_speed", storage_speed)?,
                virtual_machine: read::lookup("virtual_machine", virtual_machine)?,
                boot: read::flag("boot", boot)?,
                attach_on_boot: read::flag("attach_on_boot", attach_on_boot)?,
                attach: read::flag("attach", attach)?,
            },
            annotations: read::annotations(annotations)?,
        };
        let (answer, json) = self.call(py, &update)?;
        Disk::of_answer(py, answer.into_disk(), json)
    }

    /// Detaches a disk from its virtual machine; a task does it, for which `wait_task` waits.
    ///
    /// The disk in the result is still attached. It stays assigned: the next start of the virtual
    /// machine attaches it again unless `attach_on_boot` is False.
    ///
    /// Raises UnassignedDisk, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
    fn detach_disk<'py>(
        &self,
        py: Python<'py>,
        disk_id: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, DiskTask>> {
        let (answer, json) = self.call(py, &DetachDisk { disk: read::disk(disk_id)? })?;
        object::create(py, answer, json)
    }

    /// Reads a task, by its id.
    ///
    /// Raises TaskNotFound.
    fn get_task<'py>(
        &self,
        py: Python<'py>,
        task_id: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, Task>> {
        let operation = GetTask { task: read::task("task_id", task_id)? };
        let (answer, json) = self.call(py, &operation)?;
        Task::of_answer(py, answer.task, &json)
    }

    /// Waits until a task has completed, and gives it as it was then.
    ///
    /// `task` is a Task, a DiskTask or an id. `timeout` is in seconds; None is no limit, 0 is to
    /// look once. `progress` is True for a bar on stderr, or a callable that gets the Task after
    /// each look; what it raises ends the wait.
    ///
    /// Looks at once, after 1 s, then every 2 s, later less often. Read the disk again afterwards:
    /// the one that came with the task is from before it.
    ///
    /// Raises TaskFailed; TimedOut, after which the task goes on. `detail` of both has the task as
    /// it was seen last.
    #[pyo3(
        signature = (task, *, timeout=Limit::Default, progress=None),
        text_signature = "($self, task, *, timeout=600.0, progress=None)"
    )]
    fn wait_task<'py>(
        &self,
        py: Python<'py>,
        task: &Bound<'py, PyAny>,
        timeout: Limit<'py>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Bound<'py, Task>> {
        let task = read::task("task", task)?;
        let timeout = timeout.read("timeout", Some(CoreClient::DEFAULT_WAIT))?;
        wait::wait_task(py, &self.handle, task, timeout, progress)
    }

    /// The rate limit as the newest answer told it (`permitted` and `remaining` requests of this
    /// minute), or None before the first.
    #[getter]
    fn rate_limit<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(limit) = self.handle.open(py)?.rate_limit() else {
            return Ok(None);
        };
        let class = py.import("katapult_disk._rate_limit")?.getattr("RateLimit")?;
        class.call1((limit.permitted, limit.remaining)).map(Some)
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

impl Client {
    /// Performs an operation; its answer, and the answer's text.
    fn call<O>(&self, py: Python<'_>, operation: &O) -> PyResult<(O::Output, Json)>
    where
        O: Operation + Sync,
        O::Output: Send,
    {
        self.handle.call(py, |client| {
            let response = client.send(operation)?;
            Ok((response.decode()?, Json::new(response.into_body())))
        })
    }
}

/// What `repr` shows: where requests go and for whom; never the token.
fn shown(base_url: &str, organization: Option<Lookup>) -> String {
    let organization = match organization {
        None => String::new(),
        Some(Lookup::Text(text)) => format!(", organization={text:?}"),
        Some(Lookup::By { key, value }) => format!(", organization={{{key:?}: {value:?}}}"),
    };
    format!("Client(base_url={base_url:?}{organization})")
}
