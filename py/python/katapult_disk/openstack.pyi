# Written by `make stubs`.
"""Detach volumes in OpenStack.

    with katapult_disk.openstack.Client(cloud="production") as nova:
        nova.detach_volume(server_id, volume_id, wait=True, progress=True)
"""

from collections.abc import Callable, Mapping
from os import PathLike
from typing import Any, NoReturn, TypeAlias, final

from typing_extensions import Self

from ._katapult_disk import Object
from .errors import AlreadyDetaching as AlreadyDetaching
from .errors import BadRequest as BadRequest
from .errors import Conflict as Conflict
from .errors import DetachFailed as DetachFailed
from .errors import Forbidden as Forbidden
from .errors import NotFound as NotFound
from .errors import OpenStackError as OpenStackError
from .errors import RootDevice as RootDevice
from .errors import ServerNotFound as ServerNotFound
from .errors import Unauthorized as Unauthorized
from .errors import VolumeNotAttached as VolumeNotAttached

__all__ = [
    "AlreadyDetaching",
    "BadRequest",
    "Client",
    "Conflict",
    "DetachFailed",
    "Forbidden",
    "NotFound",
    "OpenStackError",
    "RootDevice",
    "ServerNotFound",
    "Unauthorized",
    "VolumeAttachment",
    "VolumeDetach",
    "VolumeNotAttached",
]

# True is a line on stderr.
_Progress: TypeAlias = bool | Callable[[VolumeAttachment], object] | None

@final
class VolumeAttachment(Object):
    """A volume that is attached to a server. Which fields there are depends on the microversion."""

    __match_args__ = (
        "volume_id",
        "server_id",
        "id",
        "device",
        "tag",
        "delete_on_termination",
        "attachment_id",
        "bdm_uuid",
    )
    @property
    def volume_id(self) -> str:
        """The volume's id."""
    @property
    def server_id(self) -> str | None:
        """The server's id."""
    @property
    def id(self) -> str | None:
        """The attachment's id up to microversion 2.88: the volume's id."""
    @property
    def device(self) -> str | None:
        """Where the server sees it, such as `/dev/vdb`."""
    @property
    def tag(self) -> str | None:
        """A text of the user's (from microversion 2.70)."""
    @property
    def delete_on_termination(self) -> bool | None:
        """Whether the volume goes with the server (from microversion 2.79)."""
    @property
    def attachment_id(self) -> str | None:
        """The block storage's id of the attachment (from microversion 2.89). Nothing here takes it."""
    @property
    def bdm_uuid(self) -> str | None:
        """The compute service's id of the mapping (from microversion 2.89)."""

@final
class VolumeDetach(Object):
    """The service has accepted to detach a volume."""

    __match_args__ = ("request_id",)
    @property
    def request_id(self) -> str | None:
        """The compute service's id of the request (`req-…`), under which it records the action; None
        where nothing was left to detach, another request was waited for, or the response was lost.
        """

@final
class Client:
    """A client of the OpenStack compute service (Nova).

    Give `auth_url` and credentials, which are `username` (or `user_id`), `password` and
    `project_name` (or `project_id`), or an application credential's id (or its name and its user)
    and secret; then it logs in at the first call and renews its token by itself. Or give `endpoint`
    and `token`, which is used as it is; a `token` with `auth_url` and a project is exchanged for a
    token of that project, which is renewed. Or name the entry of clouds.yaml that has them: `cloud`.

    Arguments that are not given come from the entry of clouds.yaml (with that of secure.yaml over it)
    that `cloud` or OS_CLOUD names; where none is named, from the environment: OS_AUTH_URL, OS_AUTH_TYPE,
    OS_USERNAME, OS_USER_ID, OS_PASSWORD, OS_USER_DOMAIN_NAME, OS_USER_DOMAIN_ID, OS_PROJECT_NAME (or
    OS_TENANT_NAME), OS_PROJECT_ID (or OS_TENANT_ID), OS_PROJECT_DOMAIN_NAME, OS_PROJECT_DOMAIN_ID, both
    domains at once by OS_DOMAIN_NAME, OS_DOMAIN_ID or OS_DEFAULT_DOMAIN,
    OS_APPLICATION_CREDENTIAL_ID, OS_APPLICATION_CREDENTIAL_NAME, OS_APPLICATION_CREDENTIAL_SECRET,
    OS_REGION_NAME, OS_INTERFACE (or OS_ENDPOINT_TYPE), OS_COMPUTE_API_VERSION (or
    OS_COMPUTE_DEFAULT_MICROVERSION), OS_COMPUTE_ENDPOINT_OVERRIDE (or OS_ENDPOINT),
    OS_COMPUTE_SERVICE_TYPE, OS_COMPUTE_SERVICE_NAME, OS_TOKEN (or OS_AUTH_TOKEN), OS_CACERT, OS_CERT,
    OS_KEY, OS_INSECURE. Beside a cloud only OS_REGION_NAME counts of them. OS_CLOUD does not count when
    `token` or `auth_url` is given. If nothing at all is said, a clouds.yaml with one cloud is used. What
    is in none of them is the default.

    Credentials among the arguments decide how to log in; those of two kinds need `auth_type` ("password",
    "token" or "v3applicationcredential"). A `region_name` must be among the entry's `regions`, if it has
    such a list, whose first is the default. `interface` may be several words with commas, in order of
    preference.

    `endpoint` may end in /v2/{project_id}, /v2.1 or /v2.1/{project_id}; a bare one is asked for its
    versions at the first call and gets /v2.1, or /v2/{project_id} if it tells of none. By default it is
    that of the catalog for `region_name`, `interface` ("public", "internal", "admin"; or several with
    commas between, the preferred one first) and `service_type` ("compute"). Where the catalog has several
    regions, `region_name` must be given. `compute_api_version` is a microversion such as "2.89", which
    needs Nova's /v2.1; None asks for none. The domains are "default" by default. Times are in seconds; None
    is no limit. `timeout` is for a whole call, with a login, repeats and waits for a rate limit. `detach_volume`
    with `wait=True` has its own `timeout` for all of that, and the client's for each attempt to send a
    request. `ca_file` is a PEM file of certificates to trust besides the system's; `cert_file` one with the
    client's own certificate, for services that demand one, and `key_file` one with its private key (by default
    that of `cert_file`). `proxy` is an http:// or https:// URL, "" is none. `allow_http` permits http:// to
    other hosts than this one: password and token are then readable on the way. `verify=False` does not
    check the certificates of the services: anybody on the way can read and change what is sent, password
    and token included; None is what clouds.yaml says, and otherwise True.

    Raises InvalidConfiguration, InvalidArgument. What only a login shows is raised by the first call:
    Unauthorized, and InvalidConfiguration when the catalog has no such compute service.
    """

    def __new__(
        cls,
        endpoint: str | None = None,
        token: str | None = None,
        *,
        auth_url: str | None = None,
        auth_type: str | None = None,
        username: str | None = None,
        user_id: str | None = None,
        password: str | None = None,
        user_domain_name: str | None = None,
        user_domain_id: str | None = None,
        project_name: str | None = None,
        project_id: str | None = None,
        project_domain_name: str | None = None,
        project_domain_id: str | None = None,
        application_credential_id: str | None = None,
        application_credential_name: str | None = None,
        application_credential_secret: str | None = None,
        region_name: str | None = None,
        interface: str | None = None,
        service_type: str | None = None,
        service_name: str | None = None,
        compute_api_version: str | None = None,
        cloud: str | None = None,
        timeout: float | None = 90.0,
        connect_timeout: float | None = 10.0,
        ca_file: str | PathLike[str] | None = None,
        cert_file: str | PathLike[str] | None = None,
        key_file: str | PathLike[str] | None = None,
        verify: bool | None = None,
        proxy: str | None = None,
        user_agent: str | None = None,
        allow_http: bool = False,
        max_response_bytes: int = 67108864,
    ) -> Self: ...
    @property
    def endpoint(self) -> str | None:
        """Where requests go: the compute service's URL. None before the first login, which finds it."""
    def description(self) -> dict[str, Any]:
        """What the arguments, clouds.yaml and the environment come to, and what logins have told since, as
        a dict: `cloud`, `auth_url`, `auth_type` ("password", "token", "v3applicationcredential" or
        "admin_token"), `user`, `user_domain`, `application_credential`, `project`, `project_domain` (names
        or ids), `region_name`, `interface`, `service_type`, `service_name`, `endpoint`,
        `compute_api_version`, `verify`, `ca_file`. What is not known is None: `endpoint`, and the project
        of an application credential, before the first login. Nothing is sent, and nothing secret is in it.
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
    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: float | None = ...,
    ) -> Any:
        """Sends a request to the compute service that this package has no call for, as
        `katapult_disk.Client.request` does. `path` is below the service's URL, such as "/servers/detail".

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument; InvalidResponse if the response is not JSON; BadRequest, NotFound and what
        else the service's status says.
        """
    def detach_volume(
        self,
        server_id: str,
        volume_id: str,
        *,
        missing_ok: bool = False,
        wait: bool = False,
        timeout: float | None = 600.0,
        progress: _Progress = None,
    ) -> VolumeDetach:
        """Asks for a volume to be detached from a server. The service does it after its response: the
        volume is free only when the attachment is gone, for which `wait=True` waits.

        With `missing_ok=True` a volume that is not attached counts as detached, if that is proven: the
        server exists, its list of attachments was read, and the volume is not in it. A server that is
        not found and an id that is not the volume's (an attachment's, a name, one without its hyphens
        or cut short) are errors, whose `hint` says what the id is where that can be known. `timeout` (in
        seconds; None is no limit, 0 is to look once) and `progress` are for the wait: `progress` is
        True for a line on stderr, or a callable that gets the VolumeAttachment after each poll that
        still finds the volume attached; what it raises ends the wait, and the detach goes on.

        Sends DELETE /servers/{server_id}/os-volume_attachments/{volume_id}; the wait also GET
        of the same until it is not found, and GET
        /servers/{server_id}/os-instance-actions/{request_id} to see whether the detach has failed.
        After a response that was lost it looks what has become of the detach, and never sends the
        DELETE again. After a refusal it reads what explains it: the list of attachments, the servers,
        or the server's actions.

        Nova refuses a volume that is not in use. If the server's actions show a detach under way, the
        wait is for that, and ends with Nova's words if the volume is still attached after it. If they
        show an attach under way, and while the server is busy (409, task_state), the wait repeats the
        DELETE after 2 s and every 5 s within `timeout`; once, and at once, after an attach that has just
        ended. Else, for instance of a reserved volume, Nova's words are raised at once, as BadRequest.

        `timeout` is in seconds; None is no limit. With `wait=True` it is for everything, 600 unless given. Without
        `wait` it is for the request, and left out, or 600, the client's counts.

        Raises InvalidArgument for an id with anything but digits, lower-case letters and hyphens,
        VolumeNotAttached (proven), ServerNotFound, NotFound (of another id), AlreadyDetaching
        (without `wait`), RootDevice, Conflict (the server's state does not permit it), BadRequest,
        Forbidden, Unauthorized; with `wait` also DetachFailed, and TimedOut, after which the detach
        may still happen.
        """
    def list_volume_attachments(self, server_id: str, *, timeout: float | None = ...) -> list[VolumeAttachment]:
        """Reads all volumes of a server, as a list of VolumeAttachment objects.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument as `detach_volume`, ServerNotFound, Forbidden, Unauthorized.
        """
    def get_volume_attachment(
        self,
        server_id: str,
        volume_id: str,
        *,
        timeout: float | None = ...,
    ) -> VolumeAttachment:
        """Reads one volume of a server.

        `timeout` is in seconds, for this call instead of the client's; left out, the client's counts; None is no
        limit.

        Raises InvalidArgument as `detach_volume`, ServerNotFound, VolumeNotAttached (what Nova says of
        any UUID that is not an attached volume's), NotFound, Forbidden, Unauthorized.
        """
    def __enter__(self) -> Self: ...
    def __exit__(self, *_exception: object) -> None: ...
    def __reduce__(self) -> NoReturn: ...
