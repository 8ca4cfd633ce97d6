# Written by `make stubs`.
"""The exceptions. All are `KatapultError`s, and all say in `outcome` what is certain about their effect."""

from typing import Any, Final

from .outcome import Outcome

class KatapultError(Exception):
    """The base of all exceptions of this package.

    `operation` is the method that failed (`"get_disk"`), `object_id` the id of what it was about, if that was given;
    both are None where an argument could not be read.
    `code` is the service's own code (`"disk_not_found"`; OpenStack: the fault key, `"itemNotFound"`), if it answered.
    `description` is one or two sentences for a person: the service's words, or this package's. `hint` is what may help
    besides, such as the name that was looked for. `detail` is the service's `detail` object; of a task that was waited
    for in vain `{"task": {...}}`, as seen last. `http_status` is the HTTP status, if there was a response, and
    `request_id` the service's id of the request, for its support. What is not known is None.
    """

    code: str | None
    description: str | None
    hint: str | None
    detail: Any
    http_status: int | None
    request_id: str | None
    operation: str | None
    object_id: str | None
    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        description: str | None = None,
        hint: str | None = None,
        detail: Any = None,
        http_status: int | None = None,
        request_id: str | None = None,
        outcome: Outcome | str = "unknown",
        operation: str | None = None,
        object_id: str | None = None,
    ) -> None: ...
    @property
    def outcome(self) -> Outcome:
        """What is certain about the effect. Where no file can be opened to load the class: its text, which is equal."""

class InvalidArgument(KatapultError, ValueError):
    """An argument is missing, of the wrong type or out of range. Nothing was sent."""

class InvalidConfiguration(KatapultError):
    """The client cannot be made from what was configured (token, URL, clouds.yaml, certificate file, proxy), the
    service catalog has no such compute service, or there is nothing at the service's URL: a 404 that is not about a
    server or a volume, but a gateway's, another service's or Keystone's.
    """

class ConnectionFailed(KatapultError, ConnectionError):
    """No connection, or it broke."""

class TlsFailed(KatapultError):
    """The TLS handshake failed, for instance because the certificate is not trusted."""

class TimedOut(KatapultError, TimeoutError):
    """The time limit was reached. A task that was waited for goes on."""

class Interrupted(KatapultError):
    """A signal stopped the call. What the signal raised, such as KeyboardInterrupt, has this as its cause."""

class InvalidResponse(KatapultError):
    """The response is not what the API sends: not JSON, another shape, a proxy's page."""

class ResponseTooLarge(KatapultError):
    """The response is larger than the limit (`max_response_bytes`) or than the memory that is left, or has far more
    values than any that the service sends.
    """

class TaskFailed(KatapultError):
    """The task that was waited for has failed. `detail["task"]` is the task."""

class Refused(KatapultError):
    """A workflow found that going on would not be safe, and stopped. The message says why, and what to do; the outcome
    whether it had changed something before.
    """

class NoEffect(KatapultError):
    """A change was accepted, or its task completed, but the effect does not show, or somebody undid it."""

class InternalError(KatapultError):
    """A defect in this package. Please report it: https://github.com/katapult-disk/katapult-disk/issues"""

class ApiError(KatapultError):
    """The Katapult API rejected the request; of this class itself for a code that this version does not know."""

class MissingApiToken(ApiError):
    """No API token was sent (400)."""

class InvalidApiToken(ApiError):
    """The API token does not exist or has expired (403)."""

class UnauthorizedNetworkForApiToken(ApiError):
    """The caller's network may not use this API token (403)."""

class InvalidCapabilitiesToken(ApiError):
    """The capabilities token is not valid (403)."""

class ScopeNotGranted(ApiError):
    """The token lacks the scope that this operation needs (403)."""

class PermissionDenied(ApiError):
    """The identity may not do this (403)."""

class RateLimitReached(ApiError):
    """Too many requests in this minute (429)."""

class ServiceUnavailable(ApiError):
    """The API is unavailable at the moment (503)."""

class ValidationError(ApiError):
    """The API found the properties invalid (422). `detail["errors"]` says why."""

class ObjectInTrash(ApiError):
    """The object is in the trash (406): restore it first."""

class TaskQueueingError(ApiError):
    """The background task could not be queued (406); it may be tried again."""

class InvalidTimestamp(ApiError):
    """A timestamp is out of its range (400)."""

class OrganizationNotFound(ApiError, LookupError):
    """No such organization (404)."""

class OrganizationSuspended(ApiError):
    """The organization is suspended (403)."""

class OrganizationNotActivated(ApiError):
    """The organization is not activated yet (403)."""

class DataCenterNotFound(ApiError, LookupError):
    """No such data center (404)."""

class DiskNotFound(ApiError, LookupError):
    """No such disk (404)."""

class UnassignedDisk(ApiError):
    """The disk is not assigned to a virtual machine (422)."""

class UnableToAssign(ApiError):
    """The disk cannot be assigned (422)."""

class UnableToUnassign(ApiError):
    """The disk cannot be unassigned (422)."""

class DiskIoProfileNotFound(ApiError, LookupError):
    """No such I/O profile (404)."""

class DiskTemplateNotFound(ApiError, LookupError):
    """No such disk template (404)."""

class DiskTemplateVersionNotFound(ApiError, LookupError):
    """No such disk template version (404)."""

class OperatingSystemNotFound(ApiError, LookupError):
    """No such operating system (404)."""

class DiskBackupPolicyNotFound(ApiError, LookupError):
    """No such backup policy (404)."""

class VirtualMachineNotFound(ApiError, LookupError):
    """No such virtual machine (404)."""

class TaskNotFound(ApiError, LookupError):
    """No such task (404)."""

class TrashObjectNotFound(ApiError, LookupError):
    """No such trash object (404)."""

class OpenStackError(KatapultError):
    """OpenStack refused; of this class itself for a status that has no class of its own."""

class BadRequest(OpenStackError):
    """The request cannot be done (400): `RootDevice`, `AlreadyDetaching`, or what the message says."""

class Unauthorized(OpenStackError):
    """The token is not valid, or has expired (401)."""

class Forbidden(OpenStackError):
    """The token may not do this (403); `RootDevice`, too."""

class NotFound(OpenStackError, LookupError):
    """No such server, volume or attachment (404), or none under an id that was given like that: `hint` says what the id
    is where that can be known. Of this class itself it does not say that a volume is detached; `VolumeNotAttached`
    does.
    """

class ServerNotFound(NotFound):
    """No such server (404), at least not in this project and region. What its volumes are attached to is not known."""

class VolumeNotAttached(NotFound):
    """The server exists and the volume is not attached to it. Of `detach_volume` that is proven by the server's list of
    attachments; of other calls it is what Nova says of the id that was given (404).
    """

class Conflict(OpenStackError):
    """The server's state does not permit it (409)."""

class RootDevice(BadRequest, Forbidden):
    """The volume is the server's root device: no cloud detaches that. Newer ones answer 400, older ones 403."""

class AlreadyDetaching(BadRequest):
    """The volume is being detached already (400), as the server's actions show. `detach_volume(..., wait=True)` waits for
    that instead.
    """

class DetachFailed(OpenStackError):
    """The detach was accepted and has failed; the volume is still attached. `request_id` is the detach's: the compute
    service's log says why under it.
    """

BY_STATUS: Final[dict[str, type[KatapultError]]]
"""The class for each status of the Rust core, by its name there."""
