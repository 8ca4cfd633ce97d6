from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from os import PathLike
from typing import Any, Final, TypeAlias, final

from typing_extensions import Self, disjoint_base

from .openstack import Client as OpenStackClient
from .openstack import VolumeDetach

__version__: Final[str]
_STATUS_NAMES: Final[list[str]]

# A string shaped like an id (lower-case prefix, underscore, 16 letters or digits) is an id, any other the alternative
# key; a mapping such as {"permalink": "uk-lon-01"} says it explicitly.
_Lookup: TypeAlias = str | Mapping[str, str]

def _restore(class_: str, source: str) -> Object: ...

@disjoint_base
class Object:
    """A result of a call: frozen, comparable, hashable and picklable.

    Two objects are equal if they are of one type and the API sent the same for both, fields that this version does not
    know included. An attribute is None where the API sent null, or nothing. What the API documents as always there is
    typed without None; should it ever leave that out, the attribute is None all the same. Times are aware datetimes in
    UTC.
    """

    def to_dict(self) -> dict[str, Any]:
        """Everything that the API sent for this object, as new dicts and lists."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class RateLimit:
    """The service's count of requests, as its newest answer told it.

    Katapult counts all requests of a token together, per minute of the clock.
    """

    __match_args__ = ("permitted", "remaining")
    def __new__(cls, permitted: int, remaining: int) -> Self: ...
    @property
    def permitted(self) -> int:
        """Requests permitted per minute."""
    @property
    def remaining(self) -> int:
        """Requests left in the minute of that answer."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __getnewargs__(self) -> tuple[int, int]: ...

@final
class ListIterator:
    """Iterates over a list. It holds one page at a time, and fetches the next one when it is needed."""

    def __iter__(self) -> Self: ...
    def __next__(self) -> Any: ...

@final
class Disk(Object):
    """A disk."""

    __match_args__ = (
        "id", "name", "size_in_gb", "wwn", "state", "created_at", "storage_speed", "io_profile", "bus_type", "data_center",
        "virtual_machine_disk", "installation", "annotations",
    )  # fmt: skip
    @property
    def id(self) -> str:
        """`disk_` and 16 letters or digits."""
    @property
    def name(self) -> str:
        """Free text, not unique."""
    @property
    def size_in_gb(self) -> int: ...
    @property
    def wwn(self) -> str:
        """The World Wide Name: 16 hexadecimal digits."""
    @property
    def state(self) -> str:
        """What the service is doing with it: `built` when it is ready, `not_built`, `building`, `failed`, ..."""
    @property
    def created_at(self) -> datetime: ...
    @property
    def storage_speed(self) -> str:
        """The tier of its storage: `nvme` or `ssd`."""
    @property
    def io_profile(self) -> DiskIoProfile | None: ...
    @property
    def bus_type(self) -> str | None:
        """How a virtual machine sees it: `scsi` or `virtio`."""
    @property
    def data_center(self) -> DataCenter: ...
    @property
    def virtual_machine_disk(self) -> VirtualMachineDisk | None:
        """The virtual machine that it is assigned to; None when it is not assigned."""
    @property
    def installation(self) -> DiskInstallation | None:
        """The template that was installed on it, if any."""
    @property
    def annotations(self) -> Mapping[str, str] | None:
        """Its annotations, read-only; None where the answer has none. Not in `to_dict`: the API sends them beside it."""

@final
class DiskTask(Object):
    """The answer of a call that starts a task: the disk as it was before the task, and the task."""

    __match_args__ = ("disk", "task", "annotations")
    @property
    def disk(self) -> Disk:
        """The disk *before* the task; read it again when the task has completed."""
    @property
    def task(self) -> Task: ...
    @property
    def annotations(self) -> Mapping[str, str] | None:
        """The disk's annotations, read-only; None where the answer has none."""

@final
class DiskSummary(Object):
    """A disk as lists show it: with fewer fields than a Disk. None of what the API leaves out of a list says anything
    about the disk; `to_dict` tells what it sent."""

    __match_args__ = ("id", "name", "size_in_gb", "wwn", "state", "created_at", "virtual_machine_disk")
    @property
    def id(self) -> str:
        """`disk_` and 16 letters or digits."""
    @property
    def name(self) -> str:
        """Free text, not unique."""
    @property
    def size_in_gb(self) -> int: ...
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
        """The virtual machine that it is assigned to, and nothing else of the relation. Only in an organization's
        list."""

@final
class DeletedDisk(Object):
    """The answer to a deletion: the disk as it was, and where it is now."""

    __match_args__ = ("disk", "trash_object")
    @property
    def disk(self) -> Disk:
        """The disk as it was: the service leaves no mark of the deletion on it."""
    @property
    def trash_object(self) -> TrashObject: ...

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
class Task(Object):
    """Work that a call started and that goes on after its answer."""

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
    def created_at(self) -> datetime: ...
    @property
    def started_at(self) -> datetime | None: ...
    @property
    def finished_at(self) -> datetime | None: ...
    @property
    def progress(self) -> int:
        """0 to 100. It jumps, so it says little about the time left."""

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
class DataCenter(Object):
    """Where a disk is."""

    __match_args__ = ("id", "name", "permalink")
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def permalink(self) -> str: ...

@final
class VirtualMachineDisk(Object):
    """The relation of a disk to the virtual machine that it is assigned to.

    An organization's list has only `virtual_machine` of it, a virtual machine's list has `disk` instead of that. What the
    API leaves out is None, which says nothing about the disk; `to_dict` tells what it sent.
    """

    __match_args__ = ("virtual_machine", "attach_on_boot", "boot", "state", "disk")
    @property
    def virtual_machine(self) -> VirtualMachine: ...
    @property
    def attach_on_boot(self) -> bool:
        """Whether the next start of the virtual machine attaches the disk."""
    @property
    def boot(self) -> bool: ...
    @property
    def state(self) -> str:
        """Whether the disk is attached now: `attached`, `detached`, `attaching`, `detaching`, `failed`."""
    @property
    def disk(self) -> DiskSummary | None:
        """The disk, in a virtual machine's list."""

@final
class VirtualMachine(Object):
    """A virtual machine, as a disk names it."""

    __match_args__ = ("id", "fqdn")
    @property
    def id(self) -> str: ...
    @property
    def fqdn(self) -> str: ...

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
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def value(self) -> str | None:
        """The value. `repr` hides it unless `protect` is False."""
    @property
    def description(self) -> str | None: ...
    @property
    def protect(self) -> bool:
        """Whether the value is a secret."""

@final
class DiskTemplateVersion(Object):
    """A version of a disk template."""

    __match_args__ = ("id", "number", "stable", "size_in_gb", "disk_template")
    @property
    def id(self) -> str | None:
        """The service leaves it out within a disk."""
    @property
    def number(self) -> int: ...
    @property
    def stable(self) -> bool: ...
    @property
    def size_in_gb(self) -> int | None:
        """Size in GB. The service leaves it out within a disk."""
    @property
    def disk_template(self) -> DiskTemplate: ...

@final
class DiskTemplate(Object):
    """A template that can be installed on a disk."""

    __match_args__ = ("id", "name", "description", "permalink", "universal", "size_in_gb", "operating_system")
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str | None: ...
    @property
    def permalink(self) -> str: ...
    @property
    def universal(self) -> bool | None: ...
    @property
    def size_in_gb(self) -> int | None: ...
    @property
    def operating_system(self) -> OperatingSystem | None: ...

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
    def file_size(self) -> int | None: ...
    @property
    def digest(self) -> str | None: ...
    @property
    def token(self) -> str | None:
        """A secret for fetching the picture; `repr` hides it."""

@final
class Client:
    """A client of the Katapult Core API.

    Arguments that are not given come from the environment: KATAPULT_API_TOKEN (or KATAPULT_API_KEY), KATAPULT_API_URL,
    KATAPULT_ORGANIZATION, KATAPULT_DATA_CENTER, and the proxy from HTTPS_PROXY and NO_PROXY. Times are in seconds; None
    is no limit.

    Share one among threads and processes that fork: it keeps its connections open. Ctrl-C ends any call.
    """

    def __new__(
        cls,
        api_token: str | None = None,
        *,
        base_url: str | None = None,
        organization: _Lookup | None = None,
        data_center: _Lookup | None = None,
        timeout: float | None = 30.0,
        connect_timeout: float | None = 10.0,
        ca_file: str | PathLike[str] | None = None,
        proxy: str | None = None,
        user_agent: str | None = None,
        allow_http: bool = False,
        max_response_bytes: int = 67108864,
    ) -> Self:
        """`base_url` is the API's with its version path, https://api.katapult.io/core/v1 by default. `organization` and
        `data_center` are for calls that name none. `timeout` is for a whole call, with its repeats. `ca_file` is a PEM
        file of certificates to trust besides the system's; `proxy` an http:// or https:// URL, "" is none. `allow_http`
        permits http:// to other hosts than this one: the token is then readable on the way.

        Raises InvalidConfiguration, InvalidArgument.
        """
    @property
    def rate_limit(self) -> RateLimit | None:
        """The rate limit as the newest answer told it, or None before the first."""
    def create_disk(
        self,
        name: str,
        size_in_gb: int,
        *,
        organization: _Lookup | None = None,
        data_center: _Lookup | None = None,
        io_profile: _Lookup | None = None,
        bus_type: str | None = None,
        initial_file_system: str | None = None,
        storage_speed: str | None = None,
        virtual_machine: _Lookup | None = None,
        boot: bool | None = None,
        attach_on_boot: bool | None = None,
        attach: bool | None = None,
        annotations: Mapping[str, str] | None = None,
    ) -> DiskTask:
        """Creates a disk; a task builds it, for which `wait_task` waits.

        `size_in_gb` is in GB. `organization` (id or sub_domain) and `data_center` (id or permalink) are the client's by
        default. `io_profile` is an id or permalink, `bus_type` `scsi` or `virtio`, `initial_file_system` `ext4` or
        `xfs`, `storage_speed` `nvme` or `ssd`. `virtual_machine` is an id or fqdn.

        The service knows no idempotency key: after an error whose `outcome` is "unknown" the disk may exist, and the
        same call again may make a second one.

        Raises InvalidArgument, ValidationError, OrganizationNotFound, OrganizationSuspended, OrganizationNotActivated,
        PermissionDenied, TaskQueueingError.
        """
    def get_disk(self, disk_id: _Lookup | Disk | DiskSummary) -> Disk:
        """Reads a disk, by its id.

        Raises DiskNotFound (also for a malformed id), ObjectInTrash.
        """
    def update_disk(
        self,
        disk_id: _Lookup | Disk | DiskSummary,
        *,
        name: str | None = None,
        bus_type: str | None = None,
        data_center: _Lookup | None = None,
        io_profile: _Lookup | None = None,
        initial_file_system: str | None = None,
        storage_speed: str | None = None,
        virtual_machine: _Lookup | None = None,
        boot: bool | None = None,
        attach_on_boot: bool | None = None,
        size_in_gb: int | None = None,
        attach: bool | None = None,
        annotations: Mapping[str, str] | None = None,
    ) -> Disk:
        """Changes properties of a disk, at once and without a task; the result shows them changed.

        What is not given stays. `annotations`, where given, replace all of the disk's. `size_in_gb` and `attach` are
        only for creating: giving them raises InvalidArgument, which names the call to use instead.

        Raises InvalidArgument, DiskNotFound, ObjectInTrash, PermissionDenied, UnassignedDisk, ValidationError.
        """
    def detach_disk(self, disk_id: _Lookup | Disk | DiskSummary) -> DiskTask:
        """Detaches a disk from its virtual machine; a task does it, for which `wait_task` waits.

        The disk in the result is still attached. It stays assigned: the next start of the virtual machine attaches it
        again unless `attach_on_boot` is False.

        Raises UnassignedDisk, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
        """
    def delete_disk(self, disk_id: _Lookup | Disk | DiskSummary) -> DeletedDisk:
        """Puts a disk into the trash, where it stays for 48 hours. Unassign it first.

        Raises ObjectInTrash (it is there already), DiskNotFound, PermissionDenied, ValidationError.
        """
    def assign_disk(self, disk_id: _Lookup | Disk | DiskSummary, virtual_machine: _Lookup) -> Disk:
        """Binds a disk to a virtual machine (id or fqdn), at once and without a task. It is not attached by that; the
        next start of the machine attaches it.

        Raises UnableToAssign, VirtualMachineNotFound, DiskNotFound, ObjectInTrash, PermissionDenied.
        """
    def unassign_disk(self, disk_id: _Lookup | Disk | DiskSummary) -> Disk:
        """Takes a disk from its virtual machine, at once and without a task. Of a disk without one this changes
        nothing. Detach it first.

        Raises UnableToUnassign, DiskNotFound, ObjectInTrash, PermissionDenied.
        """
    def attach_disk(self, disk_id: _Lookup | Disk | DiskSummary) -> DiskTask:
        """Attaches a disk to the virtual machine that it is assigned to; a task does it, for which `wait_task` waits.
        The disk in the result is still detached.

        A virtual machine that is stopped attaches its disks with `attach_on_boot` when it starts.

        Raises UnassignedDisk, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
        """
    def resize_disk(self, disk_id: _Lookup | Disk | DiskSummary, size_in_gb: int, *, method: str | None = None) -> DiskTask:
        """Grows or shrinks a disk to `size_in_gb` GB; a task does it, for which `wait_task` waits. The disk in the
        result has the old size.

        `method` is "offline" (the disk is not attached) or "online" (it is, and can only grow); the service decides
        when it is not given. Read the disk after the wait: a task that completed is no proof that a blank disk has
        shrunk.

        Raises InvalidArgument, ValidationError, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
        """
    def set_disk_io_profile(self, disk_id: _Lookup | Disk | DiskSummary, io_profile: _Lookup) -> DiskTask:
        """Gives a disk other limits of speed (an I/O profile's id or permalink); a task does it, for which `wait_task`
        waits. The disk in the result has the old ones.

        Raises DiskIoProfileNotFound, DiskNotFound, ObjectInTrash, PermissionDenied, TaskQueueingError.
        """
    def list_disks(
        self,
        organization: _Lookup | None = None,
        *,
        annotations: Mapping[str, str] | None = None,
        page_size: int = 200,
    ) -> Iterator[DiskSummary]:
        """Iterates over the disks of an organization (id or sub_domain), the client's by default, as DiskSummary
        objects.

        `annotations` is a mapping of str to str: only disks with these. Pages of `page_size` disks are fetched as they
        are needed, and one is held at a time.

        Raises InvalidArgument at once; while it iterates OrganizationNotFound, OrganizationSuspended,
        OrganizationNotActivated.
        """
    def list_virtual_machine_disks(self, virtual_machine: _Lookup) -> Iterator[VirtualMachineDisk]:
        """Iterates over the disks of a virtual machine (id or fqdn), as VirtualMachineDisk objects, each with its
        `disk`. Pages are fetched as they are needed.

        Raises InvalidArgument at once; while it iterates VirtualMachineNotFound, ObjectInTrash.
        """
    def get_task(self, task_id: _Lookup | Task | DiskTask) -> Task:
        """Reads a task, by its id.

        Raises TaskNotFound.
        """
    def wait_task(
        self,
        task: _Lookup | Task | DiskTask,
        *,
        timeout: float | None = 600.0,
        progress: bool | Callable[[Task], object] | None = None,
    ) -> Task:
        """Waits until a task has completed, and gives it as it was then.

        `timeout` is in seconds; None is no limit, 0 is to look once. `progress` is True for a bar on stderr, or a
        callable that gets the Task after each look; what it raises ends the wait.

        Looks at once, after 1 s, then every 2 s, later less often, and once more just before the timeout. Read the disk
        again afterwards: the one that came with the task is from before it.

        Raises TaskFailed; TimedOut, after which the task goes on. `detail` of both has the task as it was seen last.
        """
    def close(self) -> None:
        """Closes the connections. Later calls raise InvalidArgument; calls that run go on."""
    def __enter__(self) -> Self: ...
    def __exit__(self, *_exception: object) -> None: ...
