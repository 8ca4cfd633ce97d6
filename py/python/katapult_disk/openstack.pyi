from os import PathLike
from typing import final

from typing_extensions import Self

from ._katapult_disk import Object
from .errors import BadRequest as BadRequest
from .errors import Conflict as Conflict
from .errors import Forbidden as Forbidden
from .errors import NotFound as NotFound
from .errors import OpenStackError as OpenStackError
from .errors import Unauthorized as Unauthorized

__all__ = [
    "BadRequest",
    "Client",
    "Conflict",
    "Forbidden",
    "NotFound",
    "OpenStackError",
    "Unauthorized",
    "VolumeDetach",
]

@final
class Client:
    """A client of the OpenStack compute service (Nova).

    Arguments that are not given come from the environment: OS_COMPUTE_ENDPOINT_OVERRIDE (or OS_ENDPOINT), OS_TOKEN (or
    OS_AUTH_TOKEN), OS_PROJECT_ID (or OS_TENANT_ID), OS_CACERT. `endpoint` may end in /v2/{project_id}, /v2.1 or
    /v2.1/{project_id}; a bare one gets /v2/{project_id}. Times are in seconds; None is no limit.
    """

    def __new__(
        cls,
        endpoint: str | None = None,
        token: str | None = None,
        *,
        project_id: str | None = None,
        timeout: float | None = 30.0,
        connect_timeout: float | None = 10.0,
        ca_file: str | PathLike[str] | None = None,
        proxy: str | None = None,
        user_agent: str | None = None,
        allow_http: bool = False,
        max_response_bytes: int = 67108864,
    ) -> Self: ...
    def detach_volume(self, server_id: str, volume_id: str) -> VolumeDetach:
        """Asks for a volume to be detached from a server. The service does it after its answer: the volume is free only
        when the attachment is gone.

        Raises InvalidArgument for an id with anything but digits, lower-case letters and hyphens, NotFound (no such
        server, volume or attachment), BadRequest (being detached already; the root device, in newer clouds), Forbidden
        (the root device, in older ones), Conflict (the server's state does not permit it), Unauthorized.
        """
    def close(self) -> None:
        """Closes the connections. Later calls raise InvalidArgument; calls that run go on."""
    def __enter__(self) -> Self: ...
    def __exit__(self, *_exception: object) -> None: ...

@final
class VolumeDetach(Object):
    """The service has accepted to detach a volume."""

    __match_args__ = ("request_id",)
    @property
    def request_id(self) -> str | None:
        """The compute service's id of the request (`req-...`), under which it records the action."""
