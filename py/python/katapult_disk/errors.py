"""The exceptions. All are `KatapultError`s, and all say in `outcome` what is certain about their effect."""

# Types are in errors.pyi: importing typing takes longer than all the rest of the package. So does enum, which
# outcome.py imports for programs that meet an error.
import sys

from . import _katapult_disk


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

    def __init__(
        self,
        message="",
        *,
        code=None,
        description=None,
        hint=None,
        detail=None,
        http_status=None,
        request_id=None,
        outcome="unknown",
        operation=None,
        object_id=None,
    ):
        if str(outcome) not in ("not_sent", "rejected", "unknown"):
            raise ValueError(f"{outcome!r} is not a valid Outcome")
        # One argument only: pickling calls the class with it, and OSError gives more a meaning.
        super().__init__(message)
        self.code = code
        self.description = description
        self.hint = hint
        self.detail = detail
        self.http_status = http_status
        self.request_id = request_id
        self.operation = operation
        self.object_id = object_id
        # Outcome is imported when somebody asks: no import may come between a failure and its exception.
        self._outcome = str(outcome)

    @property
    def outcome(self):
        """What is certain about the effect. Where no file can be opened to load the class: its text, which is equal."""
        try:
            from .outcome import Outcome
        except (ImportError, OSError):
            return self._outcome
        return Outcome(self._outcome)


class InvalidArgument(KatapultError, ValueError):
    """An argument is missing, of the wrong type or out of range. Nothing was sent."""


class InvalidConfiguration(KatapultError):
    """The client cannot be made from what was configured (token, URL, clouds.yaml, certificate file, proxy), the
    service catalog has no such compute service, or there is nothing at the service's URL: a 404 that is not about a
    server or a volume, but a gateway's, another service's or Keystone's."""


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
    values than any that the service sends."""


class TaskFailed(KatapultError):
    """The task that was waited for has failed. `detail["task"]` is the task."""


class Refused(KatapultError):
    """A workflow found that going on would not be safe, and stopped. The message says why, and what to do; the outcome
    whether it had changed something before."""


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
    does."""


class ServerNotFound(NotFound):
    """No such server (404), at least not in this project and region. What its volumes are attached to is not known."""


class VolumeNotAttached(NotFound):
    """The server exists and the volume is not attached to it. Of `detach_volume` that is proven by the server's list of
    attachments; of other calls it is what Nova says of the id that was given (404)."""


class Conflict(OpenStackError):
    """The server's state does not permit it (409)."""


class RootDevice(BadRequest, Forbidden):
    """The volume is the server's root device: no cloud detaches that. Newer ones answer 400, older ones 403."""


class AlreadyDetaching(BadRequest):
    """The volume is being detached already (400), as the server's actions show. `detach_volume(..., wait=True)` waits for
    that instead."""


class DetachFailed(OpenStackError):
    """The detach was accepted and has failed; the volume is still attached. `request_id` is the detach's: the compute
    service's log says why under it."""


BY_STATUS = {
    "invalid_argument": InvalidArgument,
    "invalid_configuration": InvalidConfiguration,
    "connection_failed": ConnectionFailed,
    "tls_failed": TlsFailed,
    "timed_out": TimedOut,
    "interrupted": Interrupted,
    "invalid_response": InvalidResponse,
    "response_too_large": ResponseTooLarge,
    "task_failed": TaskFailed,
    "internal_error": InternalError,
    "refused": Refused,
    "no_effect": NoEffect,
    "api_error": ApiError,
    "missing_api_token": MissingApiToken,
    "invalid_api_token": InvalidApiToken,
    "unauthorized_network_for_api_token": UnauthorizedNetworkForApiToken,
    "invalid_capabilities_token": InvalidCapabilitiesToken,
    "scope_not_granted": ScopeNotGranted,
    "permission_denied": PermissionDenied,
    "rate_limit_reached": RateLimitReached,
    "service_unavailable": ServiceUnavailable,
    "validation_error": ValidationError,
    "object_in_trash": ObjectInTrash,
    "task_queueing_error": TaskQueueingError,
    "invalid_timestamp": InvalidTimestamp,
    "organization_not_found": OrganizationNotFound,
    "organization_suspended": OrganizationSuspended,
    "organization_not_activated": OrganizationNotActivated,
    "data_center_not_found": DataCenterNotFound,
    "disk_not_found": DiskNotFound,
    "unassigned_disk": UnassignedDisk,
    "unable_to_assign": UnableToAssign,
    "unable_to_unassign": UnableToUnassign,
    "disk_io_profile_not_found": DiskIoProfileNotFound,
    "disk_template_not_found": DiskTemplateNotFound,
    "disk_template_version_not_found": DiskTemplateVersionNotFound,
    "operating_system_not_found": OperatingSystemNotFound,
    "disk_backup_policy_not_found": DiskBackupPolicyNotFound,
    "virtual_machine_not_found": VirtualMachineNotFound,
    "task_not_found": TaskNotFound,
    "trash_object_not_found": TrashObjectNotFound,
    "openstack_error": OpenStackError,
    "openstack_bad_request": BadRequest,
    "openstack_unauthorized": Unauthorized,
    "openstack_forbidden": Forbidden,
    "openstack_not_found": NotFound,
    "openstack_conflict": Conflict,
    "openstack_root_device": RootDevice,
    "openstack_already_detaching": AlreadyDetaching,
    "openstack_detach_failed": DetachFailed,
    "openstack_server_not_found": ServerNotFound,
    "openstack_volume_not_attached": VolumeNotAttached,
}
"""The class for each status of the Rust core, by its name there."""

# They print, and pickle, under the name that they are imported by.
KatapultError.__module__ = "katapult_disk"
for _status, _class in BY_STATUS.items():
    _class.__module__ = "katapult_disk.openstack" if _status.startswith("openstack_") else "katapult_disk"
del _status, _class

# A package that is imported again gets the first one's classes, which an `except` from before still catches.
sys.modules[__name__] = _katapult_disk._first_errors(sys.modules[__name__])
