# Written by `make stubs`.
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from os import PathLike
from types import ModuleType
from typing import Any, Final, Literal, NoReturn, TypeAlias, TypedDict, final

from typing_extensions import Self, disjoint_base

from .openstack import Client as OpenStackClient
from .openstack import VolumeAttachment as VolumeAttachment
from .openstack import VolumeDetach as VolumeDetach
from .outcome import Outcome

__version__: Final[str]
_STATUS_NAMES: Final[list[str]]
_WORDS: Final[dict[str, list[str]]]

_BusType: TypeAlias = Literal["scsi", "virtio"]
_InitialFileSystem: TypeAlias = Literal["ext4", "xfs"]
_Interval: TypeAlias = Literal["hourly", "daily", "weekly", "monthly"]
_Method: TypeAlias = Literal["offline", "online"]
_StorageSpeed: TypeAlias = Literal["nvme", "ssd"]

# A string shaped like an id (lower-case prefix, underscore, 16 letters or digits) is an id, any other the alternative
# key; a mapping such as {"permalink": "uk-lon-01"} says it explicitly.
_Lookup: TypeAlias = str | Mapping[str, str]
# Or an object that the library gave, which stands for its id.
_DiskLookup: TypeAlias = _Lookup | Disk | DiskSummary | DiskTask | CreatedDisk | DeletedDisk | VirtualMachineDisk
_VirtualMachineLookup: TypeAlias = _Lookup | VirtualMachine | VirtualMachineSummary
_DataCenterLookup: TypeAlias = _Lookup | DataCenter
_DiskIoProfileLookup: TypeAlias = _Lookup | DiskIoProfile
_DiskTemplateLookup: TypeAlias = _Lookup | DiskTemplate
_DiskTemplateVersionLookup: TypeAlias = _Lookup | DiskTemplateVersion
_OperatingSystemLookup: TypeAlias = _Lookup | OperatingSystem
_DiskBackupPolicyLookup: TypeAlias = _Lookup | DiskBackupPolicy
_TrashObjectLookup: TypeAlias = _Lookup | TrashObject | Disk | DiskSummary | DiskTask | CreatedDisk | DeletedDisk | VirtualMachineDisk
_TaskLookup: TypeAlias = _Lookup | Task | DiskTask | CreatedDisk
# True is a bar on stderr.
_Progress: TypeAlias = bool | Callable[[Task], object] | None
# True is a line on stderr.
_FleetProgress: TypeAlias = bool | Callable[[FleetCounts], object] | None

class _Schedule(TypedDict, total=False):
    interval: _Interval | None
    frequency: int | None
    minute: int | None
    time: int | None

def _first_errors(module: ModuleType) -> ModuleType: ...
def _restore(class_: str, source: str) -> Object: ...

@disjoint_base
class Object:
    """A result of a call: frozen, comparable, hashable and picklable.

    Two objects are equal if they are of one type and the API sent the same for both, fields that
    this version does not know included. An attribute is None where the API sent null, or nothing;
    what the API documents as always there is typed without None. Times are aware datetimes in UTC.
    """

    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any]) -> Self:
        """Makes an object of what `to_dict` gives, for tests of programs that get such objects: no request
        is made. A member that is left out is as if the service had left it out.

        Raises InvalidArgument for another shape, which names the class and the member.
        """
    def to_dict(self) -> dict[str, Any]:
        """Everything that the API sent for this object, as new dicts and lists."""
    def __ne__(self, other: object, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def _repr_html_(self) -> str: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class ListIterator:
    """Iterates over a list. It holds one page at a time and the ids of all items that came, and fetches the
    next page when it is needed. An item comes once, also when the list changes meanwhile.
    """

    def __iter__(self) -> Self: ...
    def __next__(self) -> Any: ...

@final
class Client:
    """A client of the Katapult Core API.

    Arguments that are not given come from the environment: KATAPULT_API_TOKEN (or
    KATAPULT_API_KEY), KATAPULT_API_URL, KATAPULT_ORGANIZATION, KATAPULT_DATA_CENTER, and the proxy
    from HTTPS_PROXY and NO_PROXY. `organization` and `data_center` are for calls that name none.

    `api_token` is the token alone, without "Bearer"; blanks and line breaks around it do not count.
    `base_url` is the API's with its version path, https://api.katapult.io/core/v1 by default.
    `timeout` is for a whole call, with its repeats and waits for the rate limit (up to 63 s);
    `connect_timeout` for making a connection: in seconds; None is no limit. A call that waits
    (`wait=True`, `wait_task`, `ensure_...`) has its own `timeout` for all of that, and the client's
    for each attempt to send a request. `ca_file` is a PEM file of certificates to trust besides the system's;
    `cert_file` one with the client's own certificate, for a service that demands one, and `key_file` one with
    its private key (by default that of `cert_file`). `verify=False` does not check the service's certificate: anybody on the way can then read and
    change what is sent, the token included. `proxy` is an http:// or https:// URL, "" is none.
    `allow_http` permits http:// to other hosts than this one: the token is then readable on the way.
    `max_response_bytes` is for a response after it was unpacked.

    Share one: it keeps its connections open, may be used by many threads at once, and goes on
    working in a process that was forked. Calls wait without holding the GIL, and Ctrl-C ends them.

    Raises InvalidConfiguration, InvalidArgument.
    """

    def __new__(
        cls,
        api_token: str | None = None,
        *,
        base_url: str | None = None,
        organization: _Lookup | None = None,
        data_center: _DataCenterLookup | None = None,
        timeout: float | None = 90.0,
        connect_timeout: float | None = 10.0,
        ca_file: str | PathLike[str] | None = None,
        cert_file: str | PathLike[str] | None = None,
        key_file: str | PathLike[str] | None = None,
        verify: bool = True,
        proxy: str | None = None,
        user_agent: str | None = None,
        allow_http: bool = False,
        max_response_bytes: int = 67108864,
    ) -> Self: ...
    @property
    def rate_limit(self) -> RateLimit | None:
        """The rate limit as the newest response told it (`permitted` and `remaining` requests of this
        minute), or None before the first.
        """
    def interrupt(self) -> None:
        """Ends the calls that are under way, on all threads, within 100 ms: they raise Interrupted, also those
        that wait for a task, a login, the rate limit or a fleet's disks. Calls that begin later are not
        concerned. The service goes on with what it has accepted. A pool's threads end so after Ctrl-C, which
        reaches the main thread only.
        """
    def close(self) -> None:
        """Closes the client: calls that are under way end as after `interrupt`, and later calls raise
        InvalidArgument.
        """
    def list_disk_backup_policies(
        self,
        organization: _Lookup | None = None,
        *,
        virtual_machine: _VirtualMachineLookup | None = None,
        disk: _DiskLookup | None = None,
        include_disks: bool = False,
        page_size: int | None = None,
        timeout: float | None = ...,
    ) -> Iterator[DiskBackupPolicy]:
        """Iterates over backup policies, as DiskBackupPolicy objects: all of an organization (id or
        sub_domain), the client's by default, or those of a `virtual_machine` (id or fqdn), or those
        of a `disk` (id).

        `include_disks` adds to a virtual machine's policies those of its single disks. Pages of
        `page_size`, or of the service's choice, are fetched as they are needed.

        `timeout` is in seconds, for each page instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument at once; while it iterates OrganizationNotFound,
        OrganizationSuspended, OrganizationNotActivated, VirtualMachineNotFound, DiskNotFound,
        ObjectInTrash, PermissionDenied.
        """
    def get_disk_backup_policy(
        self,
        disk_backup_policy_id: _DiskBackupPolicyLookup,
        *,
        timeout: float | None = ...,
    ) -> DiskBackupPolicy:
        """Reads a backup policy, by its id.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises DiskBackupPolicyNotFound, ObjectInTrash.
        """
    def create_disk_backup_policy(
        self,
        *,
        disk: _DiskLookup | None = None,
        virtual_machine: _VirtualMachineLookup | None = None,
        retention: int | None = None,
        schedule: _Schedule | None = None,
        timeout: float | None = ...,
    ) -> DiskBackupPolicy:
        """Creates a backup policy, either for one `disk` (id) or for all disks of a `virtual_machine`
        (id or fqdn).

        `retention` is how many backups to keep. `schedule` is a mapping with the API's own keys:
        `interval` ("hourly", "daily", "weekly", "monthly"), `frequency` (how many of these lie
        between two backups), `minute` (of the hour) and `time` (the hour of the day).

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument, ValidationError, DiskNotFound, VirtualMachineNotFound, ObjectInTrash,
        PermissionDenied.
        """
    def update_disk_backup_policy(
        self,
        disk_backup_policy_id: _DiskBackupPolicyLookup,
        *,
        retention: int | None = None,
        schedule: _Schedule | None = None,
        timeout: float | None = ...,
    ) -> DiskBackupPolicy:
        """Changes `retention` or `schedule` of a backup policy, as in `create_disk_backup_policy`. What
        is not given stays. The result has neither `total_size` nor `auto_move_to_trash_at`.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument, ValidationError, DiskBackupPolicyNotFound, ObjectInTrash,
        PermissionDenied.
        """
    def delete_disk_backup_policy(
        self,
        disk_backup_policy_id: _DiskBackupPolicyLookup,
        *,
        timeout: float | None = ...,
    ) -> DiskBackupPolicy:
        """Puts a backup policy into the trash, at once and without a task. The result has its id and
        nothing else; `get_trash_object({"object_id": ...})` finds it in the trash.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises DiskBackupPolicyNotFound, ObjectInTrash (it is there already), PermissionDenied.
        """
    def schedule_disk_backup_policy_deletion(
        self,
        disk_backup_policy_id: _DiskBackupPolicyLookup,
        timestamp: int | datetime,
        *,
        timeout: float | None = ...,
    ) -> DiskBackupPolicy:
        """Has a backup policy put into the trash at a time to come, which the result shows as
        `auto_move_to_trash_at`; besides it has only its id and `target`.

        `timestamp` is an aware datetime, or an int of Unix seconds: at least 5 minutes ahead.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument, InvalidTimestamp, DiskBackupPolicyNotFound, ObjectInTrash,
        PermissionDenied.
        """
    def list_disk_io_profiles(
        self,
        organization: _Lookup | None = None,
        *,
        page_size: int = 200,
        timeout: float | None = ...,
    ) -> Iterator[DiskIoProfile]:
        """Iterates over the I/O profiles that an organization (id or sub_domain) may use, the client's
        by default, as DiskIoProfile objects. Pages of `page_size` are fetched as they are needed.

        `timeout` is in seconds, for each page instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument at once; while it iterates OrganizationNotFound,
        OrganizationSuspended, OrganizationNotActivated.
        """
    def list_disk_templates(
        self,
        organization: _Lookup | None = None,
        *,
        operating_system: _OperatingSystemLookup | None = None,
        include_universal: bool = False,
        page_size: int | None = None,
        timeout: float | None = ...,
    ) -> Iterator[DiskTemplate]:
        """Iterates over the disk templates of an organization (id or sub_domain), the client's by
        default, as DiskTemplate objects.

        `operating_system` (an id) gives only its templates. `include_universal` adds those that
        every organization may use; an organization without templates of its own has an empty list
        otherwise. Pages of `page_size`, or of the service's choice, are fetched as they are needed.

        `timeout` is in seconds, for each page instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument at once; while it iterates OrganizationNotFound,
        OrganizationSuspended, OrganizationNotActivated, OperatingSystemNotFound.
        """
    def get_disk_template(
        self,
        disk_template: _DiskTemplateLookup,
        *,
        timeout: float | None = ...,
    ) -> DiskTemplate:
        """Reads a disk template, by its id or permalink.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises DiskTemplateNotFound.
        """
    def list_disk_template_versions(
        self,
        disk_template: _DiskTemplateLookup,
        *,
        page_size: int | None = None,
        timeout: float | None = ...,
    ) -> Iterator[DiskTemplateVersion]:
        """Iterates over the versions of a disk template (id or permalink), as DiskTemplateVersion
        objects. Pages of `page_size`, or of the service's choice, are fetched as they are needed.

        `timeout` is in seconds, for each page instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument at once; while it iterates DiskTemplateNotFound.
        """
    def get_disk_template_version(
        self,
        disk_template_version_id: _DiskTemplateVersionLookup,
        *,
        timeout: float | None = ...,
    ) -> DiskTemplateVersion:
        """Reads a version of a disk template, by its id.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises DiskTemplateVersionNotFound.
        """
    def get_disk_template_version_spec(
        self,
        disk_template_version_id: _DiskTemplateVersionLookup,
        *,
        timeout: float | None = ...,
    ) -> DiskTemplateVersionSpec:
        """Reads what a version of a disk template, by its id, asks for when it is installed.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises DiskTemplateVersionNotFound.
        """
    def list_data_centers(self, *, timeout: float | None = ...) -> list[DataCenter]:
        """Reads all data centers, with one request, as a list of DataCenter objects.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.
        """
    def get_data_center(self, data_center: _DataCenterLookup, *, timeout: float | None = ...) -> DataCenter:
        """Reads a data center, by its id or permalink.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises DataCenterNotFound.
        """
    def create_disk(
        self,
        name: str,
        size_in_gb: int,
        *,
        organization: _Lookup | None = None,
        data_center: _DataCenterLookup | None = None,
        io_profile: _DiskIoProfileLookup | None = None,
        bus_type: _BusType | None = None,
        initial_file_system: _InitialFileSystem | None = None,
        storage_speed: _StorageSpeed | None = None,
        virtual_machine: _VirtualMachineLookup | None = None,
        boot: bool | None = None,
        attach_on_boot: bool | None = None,
        attach: bool | None = None,
        annotations: Mapping[str, str] | None = None,
        idempotency_key: str | None = None,
        wait: bool = False,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> CreatedDisk:
        """Creates a disk; a task builds it. The result has the disk before the task, and the task.

        `size_in_gb` is in GB, not bytes: 1 to 1,000,000, and the service's own smallest disk has 10 GB.
        `organization` (id or sub_domain) and `data_center` (id or permalink)
        are the client's by default. `io_profile` is an id or permalink, `bus_type` "scsi" or "virtio",
        `storage_speed` "nvme" or "ssd", `initial_file_system` "ext4" or "xfs". `virtual_machine` (id or
        fqdn) is what to assign the disk to, `attach` whether to attach it there once it is built.

        After an error whose `outcome` is "unknown" the disk may exist, and the same call again may
        make a second one. With an `idempotency_key`, a text of yours that no other disk has, it does
        not, also after your process was killed and started again: the key becomes an annotation of
        the disk, and the call first looks for a disk that has it. The `task` of the result is None
        when the disk was there already. Sends GET /organizations/organization/disks, for each disk
        found GET /disks/disk, and only if there is none the POST, once; when the outcome of that is not
        known it looks for the disk until the time is over: `timeout` with `wait=True`, else the
        client's, anew. Then the `outcome` is "unknown", and the same call finds the disk later. The same
        key with other properties (not annotations) is Refused. Two processes that send the first request with one key at
        the same time are not kept apart; and an `update_disk` whose `annotations` leave out
        `katapult_disk_idempotency_key` takes the key away.

        `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
        reads the disk until it shows the effect: the result is *after* the task. Sends POST /organizations/organization/disks,
        GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
        `outcome` "unknown", and in `detail` the disk and the task as they were seen last.

        `timeout` is in seconds; None is no limit. With `wait=True` it is for everything, 600 unless given. Without
        `wait` it is for the request, and left out, or 600, the client's counts.

        Raises InvalidArgument, ValidationError, OrganizationNotFound, OrganizationSuspended,
        OrganizationNotActivated, PermissionDenied, TaskQueueingError.
        """
    def get_disk(self, disk_id: _DiskLookup, *, timeout: float | None = ...) -> Disk:
        """Reads a disk, by its id.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises DiskNotFound (also for a malformed id), ObjectInTrash.
        """
    def update_disk(
        self,
        disk_id: _DiskLookup,
        *,
        name: str | None = None,
        bus_type: _BusType | None = None,
        data_center: _DataCenterLookup | None = None,
        io_profile: _DiskIoProfileLookup | None = None,
        initial_file_system: _InitialFileSystem | None = None,
        storage_speed: _StorageSpeed | None = None,
        virtual_machine: _VirtualMachineLookup | None = None,
        boot: bool | None = None,
        attach_on_boot: bool | None = None,
        size_in_gb: int | None = None,
        attach: bool | None = None,
        annotations: Mapping[str, str] | None = None,
        timeout: float | None = ...,
    ) -> Disk:
        """Changes properties of a disk, at once and without a task; the result shows them changed.

        What is not given stays. `annotations`, where given, replace all of the disk's, an idempotency
        key among them; `annotations={**client.get_disk(disk_id).annotations, "team": "storage"}` keeps
        the others. (Those of a disk that another call returned may be None: not known.)
        `size_in_gb` and `attach` are only for creating: giving them raises InvalidArgument, which
        names the call to use instead.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument, DiskNotFound, ObjectInTrash, PermissionDenied, UnassignedDisk,
        ValidationError.
        """
    def detach_disk(
        self,
        disk_id: _DiskLookup,
        *,
        wait: bool = False,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> DiskTask:
        """Detaches a disk from its virtual machine; a task does it.

        The disk in the result is still attached. It stays assigned: the next start of the virtual
        machine attaches it again unless `attach_on_boot` is False.

        `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
        reads the disk until it shows the effect: the result is *after* the task. Sends POST /disks/disk/detach,
        GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
        `outcome` "unknown", and in `detail` the disk and the task as they were seen last.

        `timeout` is in seconds; None is no limit. With `wait=True` it is for everything, 600 unless given. Without
        `wait` it is for the request, and left out, or 600, the client's counts.

        Raises UnassignedDisk, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
        """
    def delete_disk(self, disk_id: _DiskLookup, *, timeout: float | None = ...) -> DeletedDisk:
        """Puts a disk into the trash, where it stays for 48 hours. Unassign it first.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises ObjectInTrash (it is there already), DiskNotFound, PermissionDenied, ValidationError.
        """
    def assign_disk(
        self,
        disk_id: _DiskLookup,
        virtual_machine: _VirtualMachineLookup,
        *,
        timeout: float | None = ...,
    ) -> Disk:
        """Binds a disk to a virtual machine (id or fqdn), at once and without a task. It is not
        attached by that; the next start of the machine attaches it.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises UnableToAssign, VirtualMachineNotFound, DiskNotFound, ObjectInTrash, PermissionDenied.
        """
    def unassign_disk(self, disk_id: _DiskLookup, *, timeout: float | None = ...) -> Disk:
        """Takes a disk from its virtual machine, at once and without a task. Of a disk without one
        this changes nothing. Detach it first.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises UnableToUnassign, DiskNotFound, ObjectInTrash, PermissionDenied.
        """
    def attach_disk(
        self,
        disk_id: _DiskLookup,
        *,
        wait: bool = False,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> DiskTask:
        """Attaches a disk to the virtual machine that it is assigned to; a task does it. The disk in the result is still detached.

        A virtual machine that is stopped attaches its disks with `attach_on_boot` when it starts.

        `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
        reads the disk until it shows the effect: the result is *after* the task. Sends POST /disks/disk/attach,
        GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
        `outcome` "unknown", and in `detail` the disk and the task as they were seen last.

        `timeout` is in seconds; None is no limit. With `wait=True` it is for everything, 600 unless given. Without
        `wait` it is for the request, and left out, or 600, the client's counts.

        Raises UnassignedDisk, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
        """
    def resize_disk(
        self,
        disk_id: _DiskLookup,
        size_in_gb: int,
        *,
        method: _Method | None = None,
        wait: bool = False,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> DiskTask:
        """Grows or shrinks a disk to `size_in_gb` GB; a task does it. The
        disk in the result has the old size.

        The size is as in `create_disk`. `method` is "offline" (the disk is not attached) or "online" (it is, and can only grow); the
        service decides when it is not given. A task that completed is no proof that a blank disk has
        shrunk: `wait=True` reads the disk until it has the size; after `wait_task` read it yourself.

        `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
        reads the disk until it shows the effect: the result is *after* the task. Sends PUT /disks/disk/resize,
        GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
        `outcome` "unknown", and in `detail` the disk and the task as they were seen last.

        `timeout` is in seconds; None is no limit. With `wait=True` it is for everything, 600 unless given. Without
        `wait` it is for the request, and left out, or 600, the client's counts.

        Raises InvalidArgument, ValidationError, DiskNotFound, ObjectInTrash, PermissionDenied,
        TaskQueueingError.
        """
    def set_disk_io_profile(
        self,
        disk_id: _DiskLookup,
        io_profile: _DiskIoProfileLookup,
        *,
        wait: bool = False,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> DiskTask:
        """Gives a disk other limits of speed (an I/O profile's id or permalink); a task does it. The disk in the result has the old ones.

        `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and
        reads the disk until it shows the effect: the result is *after* the task. Sends PUT /disks/disk/io_profile,
        GET /tasks/task until the task has ended, GET /disks/disk until it shows the effect. What fails after the start has the
        `outcome` "unknown", and in `detail` the disk and the task as they were seen last.

        `timeout` is in seconds; None is no limit. With `wait=True` it is for everything, 600 unless given. Without
        `wait` it is for the request, and left out, or 600, the client's counts.

        Raises DiskIoProfileNotFound, DiskNotFound, ObjectInTrash, PermissionDenied,
        TaskQueueingError.
        """
    def create_disks(
        self,
        specs: Iterable[Mapping[str, Any]],
        *,
        fleet: str | None = None,
        share: float = 0.95,
        threads: int = 16,
        timeout: float | None = 3600.0,
        progress: _FleetProgress = None,
    ) -> FleetRun:
        """Creates many disks at the pace that the service permits, and waits until they are built. Gives a FleetRun:
        iterate over its results, within `with`.

        `specs` are mappings with the arguments of `create_disk` (`name`, `size_in_gb`, `organization`, …,
        `annotations`; not `idempotency_key`), in any iterable: a generator runs on the thread that iterates, a
        little ahead of what is sent. Each name comes once. A mistake in one is that disk's result.

        `fleet` is the fleet's name, a text of yours that no other fleet has, by default a new one: the same call
        with the same name creates only what is missing, also after your process was killed. The disks carry it
        as the annotation `katapult_disk_fleet`, and `katapult_disk_batch` beside it. All disks are of one
        organization.

        `share` is the part of the permitted rate that the token's requests may reach, above 0 and at most 1;
        what others with the same token send counts, too. `threads` (1 to 64) is how many requests are under
        way at once. `timeout` is for all of it, in seconds from this call on; None is no limit. `progress` is
        True for one line on stderr, or a callable that gets the FleetCounts about once a second, on the thread
        that iterates; what it raises ends the run.

        Sends GET /organizations/organization/disks with a filter that must give nothing, then with the fleet's; for
        each missing disk POST /organizations/organization/disks; GET /tasks/task for one of them; a
        GET /organizations/organization/disks for each 200; GET /disks/disk and GET /tasks/task for those that take
        unusually long or fail.

        Raises InvalidArgument at once; while it iterates Refused (before anything is created) when the service
        does not heed the filter, TimedOut, Interrupted, what the service says of the token and of the
        organization. `detail` has the `counts` then, and `unfinished`. A disk that fails raises nothing but in its
        own result.
        """
    def ensure_disk_sizes(
        self,
        sizes: Mapping[Any, int] | Iterable[tuple[_DiskLookup, int]],
        *,
        method: _Method | None = None,
        share: float = 0.95,
        threads: int = 16,
        timeout: float | None = 3600.0,
        progress: _FleetProgress = None,
    ) -> FleetRun:
        """Gives many disks their sizes as `ensure_disk_size` does one, and waits for all together. Gives a FleetRun as
        `create_disks` does, with `share`, `threads`, `timeout` and `progress` as there.

        `sizes` is a mapping of disks (or ids) to sizes in GB, or an iterable of such pairs. `method` is as in
        `ensure_disk_size`. All disks are of the client's organization. What has its size already is not sent, so it
        may be called again and again.

        Sends GET /organizations/organization/disks, for each disk that has another size GET /disks/disk (and
        GET /virtual_machines/virtual_machine where it might be about to be attached) and PUT /disks/disk/resize;
        then GET /tasks/task for one of them and the list again until the sizes show. Where that takes fewer
        requests it reads disks one by one.

        Raises as `create_disks`; the errors of a disk are those of `ensure_disk_size`.
        """
    def ensure_disks_deleted(
        self,
        disks: Iterable[_DiskLookup],
        *,
        purge: bool = False,
        share: float = 0.95,
        threads: int = 16,
        timeout: float | None = 3600.0,
        progress: _FleetProgress = None,
    ) -> FleetRun:
        """Deletes many disks as `ensure_disk_deleted` does one, and waits for all together. Gives a FleetRun as
        `create_disks` does, with `share`, `threads`, `timeout` and `progress` as there; its results have a
        `trash_object` instead of a disk.

        `disks` is an iterable of disks or ids. `purge` destroys them at once, which cannot be undone, instead of
        leaving them in the trash for 48 hours.

        Sends, for each disk, GET /disks/disk, DELETE /disks/disk and GET /trash_objects/trash_object; with `purge`
        also DELETE /trash_objects/trash_object, then GET /tasks/task for one of them,
        GET /organizations/organization/trash_objects until they are no longer there, and GET /disks/disk for each,
        which must not find it.

        Raises as `create_disks`; the errors of a disk are those of `ensure_disk_deleted`.
        """
    def wait_disks(
        self,
        disks: Iterable[_DiskLookup],
        *,
        timeout: float | None = 600.0,
        progress: _FleetProgress = None,
    ) -> list[DiskSummary]:
        """Waits until disks are built that were created before, such as by a pool of threads of your own: by one list
        for 200 of them, instead of polls of each task. Gives them as DiskSummary objects, in the order given.

        `disks` is an iterable of disks or ids. A CreatedDisk or DiskTask has the task, which tells when to look.
        All are of the client's organization. `timeout` is for all of it, in seconds; `progress` is as in
        `create_disks`.

        Sends GET /tasks/task for the task of one of them, if any has one, and
        GET /organizations/organization/disks until all are built; where that takes fewer requests GET /disks/disk for
        each.

        Raises InvalidArgument at once; TimedOut, Interrupted, what the service says of the token and of the
        organization. When disks fail it raises the first one's error (TaskFailed, NoEffect, DiskNotFound) after all
        others have ended; `detail["failed"]` names all that did.
        """
    def list_disks(
        self,
        organization: _Lookup | None = None,
        *,
        annotations: Mapping[str, str] | None = None,
        page_size: int = 200,
        timeout: float | None = ...,
    ) -> Iterator[DiskSummary]:
        """Iterates over the disks of an organization (id or sub_domain), the client's by default, as
        DiskSummary objects.

        `annotations` is a mapping of str to str: only disks with these. Pages of `page_size` disks
        (1 to 200) are fetched as they are needed, and one is held at a time.

        Disks may be created and deleted meanwhile: `for disk in client.list_disks():
        client.delete_disk(disk)` deletes all. When the service's count of disks changes, pages have
        shifted, and the list is read again from its first page; what came before does not come again.
        So every disk that is there all the time comes exactly once, unless one is deleted and another
        created between two pages, which leaves the count as it was. The same holds for every list.

        `timeout` is in seconds, for each page instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument at once; while it iterates OrganizationNotFound,
        OrganizationSuspended, OrganizationNotActivated.
        """
    def list_virtual_machine_disks(
        self,
        virtual_machine: _VirtualMachineLookup,
        *,
        timeout: float | None = ...,
    ) -> Iterator[VirtualMachineDisk]:
        """Iterates over the disks of a virtual machine (id or fqdn), as VirtualMachineDisk objects,
        each with its `disk`. Pages are fetched as they are needed.

        `timeout` is in seconds, for each page instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument at once; while it iterates VirtualMachineNotFound, ObjectInTrash.
        """
    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: float | None = ...,
    ) -> Any:
        """Sends a request that this package has no call for, as when the API has grown, and gives what
        the response says as plain data: a dict or a list, None if it is empty, as after a 204. It has
        the same connections, limits, repeats (of a GET only), errors and outcomes as all calls.

        `method` is "GET", "POST", "PUT", "PATCH" or "DELETE", in capitals or not. `path` is below the base URL, such as
        "/disks/disk"; percent-encoded, without a query. `query` may be nested, as the API's own:
        `{"disk": {"id": "disk_..."}}`; what is None in it is left out. `body` is sent as JSON; a GET has
        none.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument; InvalidResponse if the response is not JSON; ApiError with the `code`, where
        this version has no class for it.
        """
    def get_task(self, task_id: _TaskLookup, *, timeout: float | None = ...) -> Task:
        """Reads a task, by its id.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises TaskNotFound.
        """
    def wait_task(self, task: _TaskLookup, *, timeout: float | None = 600.0, progress: _Progress = None) -> Task:
        """Waits until a task has completed, and gives it as it was then.

        `task` is a Task, what holds one (a DiskTask, a CreatedDisk) or an id. `timeout` is in seconds; None is no limit, 0 is to
        look once. `progress` is True for a bar on stderr, or a callable that gets the Task after
        each poll; what it raises ends the wait. On a daemon thread it is not called any more once the
        program ends, and has about a second to return then, so it should not sleep for longer.

        Looks at once, after 1 s, then every 2 s, later less often, and once more just before the
        timeout. Read the disk again afterwards:
        the one that came with the task is from before it.

        Raises TaskNotFound; TaskFailed; TimedOut, after which the task goes on. `detail` of the last
        two has the task as it was seen last.
        """
    def list_trash_objects(
        self,
        organization: _Lookup | None = None,
        *,
        page_size: int = 200,
        timeout: float | None = ...,
    ) -> Iterator[TrashObject]:
        """Iterates over what is in the trash of an organization (id or sub_domain), the client's by
        default, as TrashObject objects. Pages of `page_size` are fetched as they are needed.

        `timeout` is in seconds, for each page instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument at once; while it iterates OrganizationNotFound,
        OrganizationSuspended, OrganizationNotActivated.
        """
    def get_trash_object(self, trash_object: _TrashObjectLookup, *, timeout: float | None = ...) -> TrashObject:
        """Reads an object in the trash: by its id, as a TrashObject, or by what was deleted: a Disk, or what
        holds one, or `{"object_id": "disk_..."}`.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises TrashObjectNotFound.
        """
    def restore_trash_object(
        self,
        trash_object: _TrashObjectLookup,
        *,
        timeout: float | None = ...,
    ) -> TrashObject:
        """Takes an object (as in `get_trash_object`) out of the trash, at once and without a task. The
        result is the trash object that it was.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises TrashObjectNotFound, PermissionDenied.
        """
    def purge_trash_object(
        self,
        trash_object: _TrashObjectLookup,
        *,
        wait: bool = False,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> Task:
        """Destroys an object (as in `get_trash_object`) in the trash, which cannot be undone; a task
        does it.

        `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there), and then
        until the object is not found; the result is the task as it ended. NoEffect when it is still there
        after 10 s, or when its disk was restored.

        `timeout` is in seconds; None is no limit. With `wait=True` it is for everything, 600 unless given. Without
        `wait` it is for the request, and left out, or 600, the client's counts.

        Raises TrashObjectNotFound, PermissionDenied, TaskQueueingError.
        """
    def purge_all_trash(
        self,
        organization: _Lookup | None = None,
        *,
        wait: bool = False,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> Task:
        """Destroys everything in the trash of an organization (id or sub_domain), the client's by
        default, which cannot be undone; a task does it.

        `wait=True` waits for the task as `wait_task` does (`timeout` and `progress` as there); the
        result is the task as it ended.

        `timeout` is in seconds; None is no limit. With `wait=True` it is for everything, 600 unless given. Without
        `wait` it is for the request, and left out, or 600, the client's counts.

        Raises InvalidArgument, OrganizationNotFound, OrganizationSuspended,
        OrganizationNotActivated, PermissionDenied, TaskQueueingError.
        """
    def get_virtual_machine(
        self,
        virtual_machine: _VirtualMachineLookup,
        *,
        timeout: float | None = ...,
    ) -> VirtualMachine:
        """Reads a virtual machine, by its id or fqdn.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises VirtualMachineNotFound, ObjectInTrash.
        """
    def list_virtual_machines(
        self,
        organization: _Lookup | None = None,
        *,
        annotations: Mapping[str, str] | None = None,
        page_size: int = 200,
        timeout: float | None = ...,
    ) -> Iterator[VirtualMachineSummary]:
        """Iterates over the virtual machines of an organization (id or sub_domain), the client's by
        default, as VirtualMachineSummary objects.

        `annotations` is a mapping of str to str: only virtual machines with these. Pages of
        `page_size` are fetched as they are needed.

        `timeout` is in seconds, for each page instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument at once; while it iterates OrganizationNotFound,
        OrganizationSuspended, OrganizationNotActivated.
        """
    def ensure_disk_attached(
        self,
        disk_id: _DiskLookup,
        *,
        virtual_machine: _VirtualMachineLookup | None = None,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> Disk:
        """Brings a disk to its virtual machine: now if that runs, and at each start. Gives the disk as
        it is then: `attached`, or with a stopped virtual machine `detached` with `attach_on_boot`.

        A disk without a virtual machine is assigned to `virtual_machine` (id or fqdn), a disk of
        another one is refused; None takes the one that the disk has. What is so already is not sent,
        so it may be called again and again. `timeout` is for all of it, in seconds; `progress` is as
        in `wait_task`.

        Sends GET /disks/disk and GET /virtual_machines/virtual_machine; where needed
        POST /disks/disk/assign, PATCH /disks/disk (attach_on_boot) and, if the virtual machine is
        started, POST /disks/disk/attach, GET /tasks/task until that has ended and GET /disks/disk
        until the disk is attached.

        Raises Refused when the virtual machine is neither started nor stopped, or the attachment is
        on its way or has failed; NoEffect; TimedOut; TaskFailed; DiskNotFound, ObjectInTrash,
        VirtualMachineNotFound, UnableToAssign, PermissionDenied, TaskQueueingError.
        """
    def ensure_disk_detached(
        self,
        disk_id: _DiskLookup,
        *,
        virtual_machine: _VirtualMachineLookup | None = None,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> Disk:
        """Detaches a disk for good: the next start of its virtual machine does not attach it again. It
        stays assigned. Gives the disk as it is then.

        A disk of another virtual machine than `virtual_machine` (id or fqdn) is refused; None takes
        any. What is so already is not sent, so it may be called again and again. `timeout` is for
        all of it, in seconds; `progress` is as in `wait_task`.

        Sends GET /disks/disk and GET /virtual_machines/virtual_machine; where needed
        PATCH /disks/disk (attach_on_boot off, first) and POST /disks/disk/detach, GET /tasks/task
        until that has ended and GET /disks/disk until the disk is detached.

        Raises Refused when it is a boot disk, the virtual machine is neither started nor stopped, or
        the attachment is on its way or has failed; NoEffect; TimedOut; TaskFailed; DiskNotFound,
        ObjectInTrash, PermissionDenied, TaskQueueingError.
        """
    def ensure_disk_unassigned(
        self,
        disk_id: _DiskLookup,
        *,
        virtual_machine: _VirtualMachineLookup | None = None,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> Disk:
        """Removes a disk from its virtual machine: detaches it as `ensure_disk_detached` does, then
        unassigns it. Gives the disk as it is then. Never a boot disk; the virtual machine may also
        be failed or orphaned. `timeout` is for all of it, in seconds; `progress` is as in `wait_task`.

        Sends, after what `ensure_disk_detached` sends, POST /disks/disk/unassign and GET /disks/disk
        until the disk has no virtual machine.

        Raises what `ensure_disk_detached` raises, and UnableToUnassign.
        """
    def ensure_disk_size(
        self,
        disk_id: _DiskLookup,
        size_in_gb: int,
        *,
        method: _Method | None = None,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> Disk:
        """Gives a disk a size in the way that its attachment permits, and makes sure that it has it.
        Gives the disk as it is then.

        The size is as in `create_disk`. `method` is "offline" (the default) or "online", which permits to grow a disk while it is
        attached and leaves the file system to the virtual machine; a disk that is not attached is
        resized offline all the same. `timeout` is for all of it, in seconds; `progress` is as in
        `wait_task`.

        Sends GET /disks/disk, for a disk that might be about to be attached
        GET /virtual_machines/virtual_machine and GET /disks/disk again, then PUT /disks/disk/resize,
        GET /tasks/task until that has ended, and GET /disks/disk until the disk has the size. A disk
        that has it already is only read.

        Raises Refused when the disk is attached and would shrink or grow offline, when its
        attachment is on its way or has failed, when it is not built; NoEffect when the task completed
        but the size stayed, as of a blank disk that cannot shrink; TimedOut; TaskFailed;
        InvalidArgument, ValidationError, DiskNotFound, ObjectInTrash, PermissionDenied,
        TaskQueueingError.
        """
    def ensure_disk_deleted(
        self,
        disk_id: _DiskLookup,
        *,
        purge: bool = False,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> TrashObject | None:
        """Deletes a disk that no virtual machine has. Gives its TrashObject, or None when the disk is
        gone for good. A disk that is in the trash or gone already counts as deleted.

        `purge` destroys it at once, which cannot be undone, instead of leaving it in the trash for
        48 hours. `timeout` is for all of it, in seconds; `progress` is as in `wait_task`.

        Sends GET /disks/disk, DELETE /disks/disk and GET /trash_objects/trash_object; with `purge` also
        DELETE /trash_objects/trash_object, GET /tasks/task until that has ended and GET /disks/disk
        until it is not found. A disk that somebody restores meanwhile is not deleted again.

        Raises Refused unless the API says that the disk has no virtual machine; NoEffect when somebody
        restores it, or when it stays in the trash after the purge; TimedOut; TaskFailed; PermissionDenied, ValidationError, TaskQueueingError.
        """
    def __enter__(self) -> Self: ...
    def __exit__(self, *_exception: object) -> None: ...
    def __reduce__(self) -> NoReturn: ...

@final
class FleetCounts:
    """How far a call for many disks has come: how many of them are what.

    Frozen, comparable, hashable and picklable.
    """

    __match_args__ = ("created", "resized", "deleted", "existed", "failed", "unknown", "not_started", "pending")
    def __new__(
        cls,
        created: int = 0,
        resized: int = 0,
        deleted: int = 0,
        existed: int = 0,
        failed: int = 0,
        unknown: int = 0,
        not_started: int = 0,
        pending: int = 0,
    ) -> Self: ...
    @property
    def created(self) -> int:
        """Created by this call, and built."""
    @property
    def deleted(self) -> int:
        """Put into the trash, or destroyed, by this call."""
    @property
    def existed(self) -> int:
        """As wished already, without this call."""
    @property
    def failed(self) -> int:
        """Rejected, or accepted and failed."""
    @property
    def not_started(self) -> int:
        """Nothing was sent for them."""
    @property
    def pending(self) -> int:
        """Under way; none when the call has ended."""
    @property
    def resized(self) -> int:
        """Brought to another size by this call."""
    @property
    def unknown(self) -> int:
        """Something was sent, and what has come of it is not known."""
    def to_dict(self) -> dict[str, Any]:
        """The counts by their names."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class FleetResult:
    """What has come of one disk of a call for many.

    Frozen and picklable, with its error.
    """

    def __new__(
        cls,
        index: int,
        name: str | None = None,
        id: str | None = None,
        existed: bool = False,
        disk: DiskSummary | None = None,
        trash_object: TrashObject | None = None,
        error: BaseException | None = None,
    ) -> Self: ...
    @property
    def index(self) -> int:
        """Its number among the disks that were given, from 0."""
    @property
    def name(self) -> str | None:
        """The disk's name, as far as it is known."""
    @property
    def id(self) -> str | None:
        """The disk's id, as far as it is known; also of a disk whose outcome is unknown."""
    @property
    def existed(self) -> bool:
        """Whether it was as wished before this call."""
    @property
    def disk(self) -> DiskSummary:
        """The disk as a list shows it, as it is now; raises `error` if there is one. Of `ensure_disks_deleted`
        there is none: None, which the type leaves out, so that results of the other calls need no check.
        """
    @property
    def trash_object(self) -> TrashObject | None:
        """Where the disk is after `ensure_disks_deleted`: None when it is gone for good, and of all other calls.
        Raises `error` if there is one.
        """
    @property
    def error(self) -> BaseException | None:
        """What went wrong, as an exception; None if nothing did."""
    @property
    def outcome(self) -> Outcome | None:
        """What is certain about the effect of what went wrong; None if nothing did."""
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class FleetRun:
    """A call for many disks, and the iterator over its results: as each disk is as wished, or has failed.

    Use it with `with`: leaving that block ends everything within 0.1 s, and so do a timeout, Ctrl-C, and an
    exception in the progress function or in what gives the disks. What the service was at work on then is
    named in `unfinished`, its outcome "unknown"; for the rest nothing was sent. One thread takes the results;
    others may read `counts` meanwhile.
    """

    @property
    def counts(self) -> FleetCounts:
        """How far it has come. Any thread may ask."""
    @property
    def fleet(self) -> str | None:
        """The fleet's name, given or made up, by which the same call goes on with it; None of other calls than
        `create_disks`.
        """
    @property
    def unfinished(self) -> tuple[FleetResult, ...]:
        """What was under way when it ended, as results with an error whose outcome is "unknown". Empty before,
        and after an end with all results.
        """
    def close(self) -> None:
        """Ends it. What the service has accepted goes on there. If another thread iterates over it, that one raises
        Interrupted.
        """
    def __enter__(self) -> Self: ...
    def __exit__(self, *_exception: object) -> None: ...
    def __iter__(self) -> Self: ...
    def __next__(self) -> FleetResult: ...
    def __reduce__(self) -> NoReturn: ...

@final
class Country(Object):
    """The country of a data center."""

    __match_args__ = ("id", "name")
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...

@final
class CreatedDisk(Object):
    """The response of a create: the disk, created now or by an earlier call with the same idempotency key,
    and the task that builds it.
    """

    __match_args__ = ("disk", "task", "annotations")
    @property
    def disk(self) -> Disk:
        """The disk *before* the task (`not_built`), or as it was found; where the call waited (`wait=True`),
        *after* it.
        """
    @property
    def task(self) -> Task | None:
        """The task that builds it; None when an earlier call with the same idempotency key created it."""
    @property
    def annotations(self) -> Mapping[str, str] | None:
        """The disk's annotations, as a read-only mapping; an idempotency key is among them."""

@final
class DataCenter(Object):
    """Where disks and virtual machines are."""

    __match_args__ = ("id", "name", "permalink", "country")
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def permalink(self) -> str: ...
    @property
    def country(self) -> Country | None:
        """The country that it is in. Only in responses about data centers and virtual machines."""

@final
class DeletedDisk(Object):
    """The response to a deletion: the disk as it was, and where it is now."""

    __match_args__ = ("disk", "trash_object")
    @property
    def disk(self) -> Disk:
        """The disk as it was: the service leaves no mark of the deletion on it."""
    @property
    def trash_object(self) -> TrashObject:
        """Where the disk is now, and for how long."""

@final
class Disk(Object):
    """A disk."""

    __match_args__ = (
        "id",
        "name",
        "size_in_gb",
        "wwn",
        "state",
        "created_at",
        "storage_speed",
        "io_profile",
        "bus_type",
        "data_center",
        "virtual_machine_disk",
        "installation",
        "annotations",
    )
    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any], *, annotations: Mapping[str, str] | None = None) -> Self:
        """As that of the other classes; `annotations` are the disk's, a mapping of str to str, which
        `to_dict` leaves out as the API does: `Disk.from_dict(disk.to_dict(), annotations=disk.annotations)`.

        Raises InvalidArgument for another shape, which names the class and the member.
        """
    @property
    def id(self) -> str:
        """`disk_` and 16 letters or digits."""
    @property
    def name(self) -> str:
        """Free text, not unique."""
    @property
    def size_in_gb(self) -> int:
        """Size in GB."""
    @property
    def wwn(self) -> str:
        """The World Wide Name: 16 hexadecimal digits."""
    @property
    def state(self) -> str:
        """What the service is doing with it: `built` when it is ready, `not_built`, `building`, `failed`, …"""
    @property
    def created_at(self) -> datetime:
        """When it was created."""
    @property
    def storage_speed(self) -> str:
        """The tier of its storage: `nvme` or `ssd`."""
    @property
    def io_profile(self) -> DiskIoProfile | None:
        """Its limits of speed."""
    @property
    def bus_type(self) -> str | None:
        """How a virtual machine sees it: `scsi` or `virtio`."""
    @property
    def data_center(self) -> DataCenter:
        """Where it is."""
    @property
    def virtual_machine_disk(self) -> VirtualMachineDisk | None:
        """The virtual machine that it is assigned to; None when it is not assigned."""
    @property
    def installation(self) -> DiskInstallation | None:
        """The template that was installed on it, if any."""
    @property
    def annotations(self) -> Mapping[str, str] | None:
        """Its annotations, as a read-only mapping; None where the response has none. Not in `to_dict`: the
        API sends them beside it.
        """
    def __ne__(self, other: object, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class DiskBackupPolicy(Object):
    """How often a disk or virtual machine is backed up, and how many backups are kept.

    What the API leaves out of a response is None, which says nothing about the policy; `to_dict` tells
    what it sent. `get_disk_backup_policy` and `create_disk_backup_policy` give all of it.
    """

    __match_args__ = ("id", "retention", "total_size", "target", "schedule", "auto_move_to_trash_at")
    @property
    def id(self) -> str: ...
    @property
    def retention(self) -> int | None:
        """How many backups are kept."""
    @property
    def total_size(self) -> float | None:
        """The size of all its backups; the API names no unit."""
    @property
    def target(self) -> DiskBackupPolicyTarget | None:
        """What is backed up."""
    @property
    def schedule(self) -> Schedule | None:
        """When it is backed up."""
    @property
    def auto_move_to_trash_at(self) -> datetime | None:
        """When the policy will be put into the trash, if that is scheduled. Not in lists, nor in the
        answer to an update.
        """

@final
class DiskBackupPolicyTarget(Object):
    """What a policy backs up."""

    __match_args__ = ("target",)
    @property
    def target(self) -> DiskSummary | VirtualMachineSummary | None:
        """The disk or the virtual machine; None for what this version cannot tell, which `to_dict` has."""

@final
class DiskInstallation(Object):
    """The installation of a template on a disk."""

    __match_args__ = ("id", "disk_template_version", "attributes")
    @property
    def id(self) -> str: ...
    @property
    def disk_template_version(self) -> DiskTemplateVersion: ...
    @property
    def attributes(self) -> tuple[DiskInstallationAttribute, ...]:
        """The values that were given for the installation."""

@final
class DiskInstallationAttribute(Object):
    """A value that was given for an installation."""

    __match_args__ = ("key", "label", "value", "description", "protect")
    @property
    def key(self) -> str:
        """Which attribute."""
    @property
    def label(self) -> str:
        """Its name for people."""
    @property
    def value(self) -> str | None:
        """The value. `repr` hides it unless `protect` is False."""
    @property
    def description(self) -> str | None:
        """What it is for."""
    @property
    def protect(self) -> bool:
        """Whether the value is a secret."""

@final
class DiskIoProfile(Object):
    """Limits of a disk's speed."""

    __match_args__ = ("id", "name", "permalink", "speed_in_mb", "iops")
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def permalink(self) -> str: ...
    @property
    def speed_in_mb(self) -> int | None:
        """Megabytes per second; None is unlimited."""
    @property
    def iops(self) -> int | None:
        """Operations per second; None is unlimited."""

@final
class DiskSummary(Object):
    """A disk as lists show it: with fewer fields than a Disk. None of what the API leaves out of a list
    says anything about the disk; `to_dict` tells what it sent.
    """

    __match_args__ = ("id", "name", "size_in_gb", "wwn", "state", "created_at", "virtual_machine_disk")
    @property
    def id(self) -> str:
        """`disk_` and 16 letters or digits."""
    @property
    def name(self) -> str:
        """Free text, not unique."""
    @property
    def size_in_gb(self) -> int:
        """Size in GB."""
    @property
    def wwn(self) -> str:
        """The World Wide Name: 16 hexadecimal digits."""
    @property
    def state(self) -> str:
        """What the service is doing with it."""
    @property
    def created_at(self) -> datetime | None:
        """When it was created. Only in a virtual machine's list."""
    @property
    def virtual_machine_disk(self) -> VirtualMachineDisk | None:
        """The virtual machine that it is assigned to, and nothing else of the relation. Only in an
        organization's list.
        """

@final
class DiskTask(Object):
    """The response of a call that starts a task: the disk, and the task."""

    __match_args__ = ("disk", "task", "annotations")
    @property
    def disk(self) -> Disk:
        """The disk *before* the task; where the call waited (`wait=True`), *after* it."""
    @property
    def task(self) -> Task:
        """The task that does the work."""
    @property
    def annotations(self) -> Mapping[str, str] | None:
        """The disk's annotations, as a read-only mapping; None where the response has none."""

@final
class DiskTemplate(Object):
    """A template that can be installed on a disk."""

    __match_args__ = (
        "id",
        "name",
        "description",
        "permalink",
        "universal",
        "size_in_gb",
        "operating_system",
        "latest_version",
    )
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str | None: ...
    @property
    def permalink(self) -> str: ...
    @property
    def universal(self) -> bool | None:
        """Whether every organization may use it."""
    @property
    def size_in_gb(self) -> int | None:
        """Size in GB."""
    @property
    def operating_system(self) -> OperatingSystem | None: ...
    @property
    def latest_version(self) -> DiskTemplateVersion | None:
        """Its newest version, by id and perhaps number. Not where a disk or a version names its
        template.
        """

@final
class DiskTemplateSpec(Object):
    """What a version of a template asks for when it is installed."""

    __match_args__ = ("fields",)
    @property
    def fields(self) -> tuple[DiskTemplateSpecField, ...]:
        """The fields, in the order in which to ask for them."""

@final
class DiskTemplateSpecField(Object):
    """One thing that a template asks for."""

    __match_args__ = ("name", "type", "label", "description", "required", "placeholder", "prefill")
    @property
    def name(self) -> str:
        """Which attribute of the installation it becomes."""
    @property
    def type(self) -> str:
        """Of which kind the value is: `Text`, `Boolean`, `Password`, `Keyboard`, or a word
        that is newer than this version.
        """
    @property
    def label(self) -> str:
        """Its name for people."""
    @property
    def description(self) -> str | None:
        """What it is for."""
    @property
    def required(self) -> bool:
        """Whether it has to be given."""
    @property
    def placeholder(self) -> str | None:
        """An example to show."""
    @property
    def prefill(self) -> str | None:
        """A value to begin with."""

@final
class DiskTemplateVersion(Object):
    """A version of a disk template.

    As a template's `latest_version` it has only its id and, in lists, its number.
    """

    __match_args__ = ("id", "number", "stable", "size_in_gb", "disk_template")
    @property
    def id(self) -> str | None:
        """The service leaves it out within a disk."""
    @property
    def number(self) -> int | None: ...
    @property
    def stable(self) -> bool | None: ...
    @property
    def size_in_gb(self) -> int | None:
        """Size in GB. The service leaves it out within a disk."""
    @property
    def disk_template(self) -> DiskTemplate | None:
        """The template. Not in lists of versions."""

@final
class DiskTemplateVersionSpec(Object):
    """A version of a disk template, and what it asks for."""

    __match_args__ = ("disk_template_version", "spec")
    @property
    def disk_template_version(self) -> DiskTemplateVersion:
        """The version."""
    @property
    def spec(self) -> DiskTemplateSpec:
        """What it asks for."""

@final
class OperatingSystem(Object):
    """The operating system of a template."""

    __match_args__ = ("id", "name", "badge")
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def badge(self) -> OperatingSystemBadge | None: ...

@final
class OperatingSystemBadge(Object):
    """The picture of an operating system."""

    __match_args__ = ("url", "file_name", "file_type", "file_size", "digest", "token")
    @property
    def url(self) -> str | None: ...
    @property
    def file_name(self) -> str | None: ...
    @property
    def file_type(self) -> str | None: ...
    @property
    def file_size(self) -> int | None:
        """Size in bytes."""
    @property
    def digest(self) -> str | None: ...
    @property
    def token(self) -> str | None:
        """A secret for fetching the picture; `repr` hides it."""

@final
class Schedule(Object):
    """When backups are made."""

    __match_args__ = ("interval", "frequency", "minute", "time", "next_invocation_at")
    @property
    def interval(self) -> str:
        """The unit of time between two backups: `hourly`, `daily`, `weekly`, `monthly`, or
        a word that is newer than this version.
        """
    @property
    def frequency(self) -> int | None:
        """How many intervals lie between two backups. Not in lists."""
    @property
    def minute(self) -> int | None:
        """The minute of the hour. Not in lists."""
    @property
    def time(self) -> int | None:
        """The hour of the day. Not in lists."""
    @property
    def next_invocation_at(self) -> datetime:
        """When the next backup is made."""

@final
class Task(Object):
    """Work that a call started and that goes on after its response."""

    __match_args__ = ("id", "name", "status", "created_at", "started_at", "finished_at", "progress")
    @property
    def id(self) -> str:
        """`task_` and 16 letters or digits."""
    @property
    def name(self) -> str:
        """What it does, for people; do not branch on it."""
    @property
    def status(self) -> str:
        """`pending`, `running`, `completed`, `failed`, or a word that is newer than this version."""
    @property
    def created_at(self) -> datetime:
        """When it was queued."""
    @property
    def started_at(self) -> datetime | None:
        """When it began."""
    @property
    def finished_at(self) -> datetime | None:
        """When it ended."""
    @property
    def progress(self) -> int:
        """0 to 100. It jumps, so it says little about the time left."""

@final
class TrashObject(Object):
    """Something in the trash."""

    __match_args__ = ("id", "keep_until", "object_id", "object_type")
    @property
    def id(self) -> str:
        """`trsh_` and 16 letters or digits."""
    @property
    def keep_until(self) -> datetime:
        """When it will be purged."""
    @property
    def object_id(self) -> str | None:
        """The id of what was deleted."""
    @property
    def object_type(self) -> str:
        """What was deleted: `Disk`, `VirtualMachine`, ..."""

@final
class VirtualMachine(Object):
    """A virtual machine. What the API says of it besides is in `to_dict` only; so is
    `initial_root_password`, which the service sends in clear.
    """

    __match_args__ = (
        "id",
        "fqdn",
        "name",
        "hostname",
        "description",
        "created_at",
        "state",
        "suspended",
        "cpu_cores",
        "memory_in_gb",
        "zone",
        "annotations",
    )
    @classmethod
    def from_dict(cls, mapping: Mapping[str, Any], *, annotations: Mapping[str, str] | None = None) -> Self:
        """As that of the other classes; `annotations` are the virtual machine's, a mapping of str to str,
        which `to_dict` leaves out as the API does.

        Raises InvalidArgument for another shape, which names the class and the member.
        """
    @property
    def id(self) -> str:
        """`vm_` and 16 letters or digits."""
    @property
    def fqdn(self) -> str:
        """Its fully qualified domain name."""
    @property
    def name(self) -> str:
        """Free text, not unique."""
    @property
    def hostname(self) -> str:
        """The first part of its fqdn."""
    @property
    def description(self) -> str | None:
        """Free text."""
    @property
    def created_at(self) -> datetime:
        """When it was created."""
    @property
    def state(self) -> str:
        """Whether it runs: `started`, `stopped`, …, or a word that is newer than this version."""
    @property
    def suspended(self) -> bool | None:
        """Whether it was suspended."""
    @property
    def cpu_cores(self) -> int | None:
        """How many processor cores it has."""
    @property
    def memory_in_gb(self) -> int | None:
        """Its memory in GB."""
    @property
    def zone(self) -> Zone:
        """Where it is."""
    @property
    def annotations(self) -> Mapping[str, str] | None:
        """Its annotations, as a read-only mapping; None where the response has none. Not in `to_dict`: the
        API sends them beside it.
        """
    def __ne__(self, other: object, /) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class VirtualMachineDisk(Object):
    """The relation of a disk to the virtual machine that it is assigned to.

    An organization's list has only `virtual_machine` of it, a virtual machine's list has `disk`
    instead of that. What the API leaves out is None, which says nothing about the disk; `to_dict`
    tells what it sent.
    """

    __match_args__ = ("virtual_machine", "attach_on_boot", "boot", "state", "disk")
    @property
    def virtual_machine(self) -> VirtualMachineSummary | None:
        """The virtual machine. None in a virtual machine's list."""
    @property
    def attach_on_boot(self) -> bool | None:
        """Whether the next start of the virtual machine attaches the disk. None in an organization's
        list.
        """
    @property
    def boot(self) -> bool | None:
        """Whether the virtual machine starts from it. None in an organization's list: read the disk."""
    @property
    def state(self) -> str | None:
        """Whether the disk is attached now: `attached`, `detached`, `attaching`, `detaching`, `failed`.
        None in an organization's list.
        """
    @property
    def disk(self) -> DiskSummary | None:
        """The disk, in a virtual machine's list."""

@final
class VirtualMachineSummary(Object):
    """A virtual machine as disks and lists show it: with fewer fields than a VirtualMachine. A disk has
    only `id` and `fqdn` of it. None of what the API leaves out says anything about the virtual
    machine; `to_dict` tells what it sent.
    """

    __match_args__ = ("id", "fqdn", "name", "hostname", "created_at", "zone")
    @property
    def id(self) -> str:
        """`vm_` and 16 letters or digits."""
    @property
    def fqdn(self) -> str:
        """Its fully qualified domain name."""
    @property
    def name(self) -> str | None:
        """Free text, not unique. Only in lists of virtual machines, as is what follows."""
    @property
    def hostname(self) -> str | None:
        """The first part of its fqdn."""
    @property
    def created_at(self) -> datetime | None:
        """When it was created."""
    @property
    def zone(self) -> Zone | None:
        """Where it is."""

@final
class Zone(Object):
    """A part of a data center."""

    __match_args__ = ("id", "name", "permalink", "data_center")
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def permalink(self) -> str | None: ...
    @property
    def data_center(self) -> DataCenter:
        """The data center that it is a part of."""

@final
class RateLimit:
    """The service's count of requests, as its newest response told it.

    Katapult counts all requests of a token together, per minute of the clock.
    """

    __match_args__ = ("permitted", "remaining")
    def __new__(cls, permitted: int, remaining: int) -> Self: ...
    @property
    def permitted(self) -> int:
        """Requests permitted per minute."""
    @property
    def remaining(self) -> int:
        """Requests left in the minute of that response."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __getnewargs__(self) -> tuple[int, int]: ...
