# Written by `make stubs`.
"""Create, attach, resize and detach cloud disks.

    import katapult_disk

    with katapult_disk.Client("token", organization="acme", data_center="uk-lon-01") as client:
        disk = client.create_disk("data", 20, wait=True, progress=True).disk
        print(disk.id, disk.state)

`Client` is for the Katapult Core API, `openstack.Client` for OpenStack. The functions of this module are the methods of
a `Client` that is made from the environment. All errors are `KatapultError`s.
"""

from . import openstack as openstack
from ._katapult_disk import __version__ as __version__
from ._katapult_disk import Client as Client
from ._katapult_disk import Country as Country
from ._katapult_disk import CreatedDisk as CreatedDisk
from ._katapult_disk import DataCenter as DataCenter
from ._katapult_disk import DeletedDisk as DeletedDisk
from ._katapult_disk import Disk as Disk
from ._katapult_disk import DiskBackupPolicy as DiskBackupPolicy
from ._katapult_disk import DiskBackupPolicyTarget as DiskBackupPolicyTarget
from ._katapult_disk import DiskInstallation as DiskInstallation
from ._katapult_disk import DiskInstallationAttribute as DiskInstallationAttribute
from ._katapult_disk import DiskIoProfile as DiskIoProfile
from ._katapult_disk import DiskSummary as DiskSummary
from ._katapult_disk import DiskTask as DiskTask
from ._katapult_disk import DiskTemplate as DiskTemplate
from ._katapult_disk import DiskTemplateSpec as DiskTemplateSpec
from ._katapult_disk import DiskTemplateSpecField as DiskTemplateSpecField
from ._katapult_disk import DiskTemplateVersion as DiskTemplateVersion
from ._katapult_disk import DiskTemplateVersionSpec as DiskTemplateVersionSpec
from ._katapult_disk import FleetCounts as FleetCounts
from ._katapult_disk import FleetResult as FleetResult
from ._katapult_disk import FleetRun as FleetRun
from ._katapult_disk import OperatingSystem as OperatingSystem
from ._katapult_disk import OperatingSystemBadge as OperatingSystemBadge
from ._katapult_disk import RateLimit as RateLimit
from ._katapult_disk import Schedule as Schedule
from ._katapult_disk import Task as Task
from ._katapult_disk import TrashObject as TrashObject
from ._katapult_disk import VirtualMachine as VirtualMachine
from ._katapult_disk import VirtualMachineDisk as VirtualMachineDisk
from ._katapult_disk import VirtualMachineSummary as VirtualMachineSummary
from ._katapult_disk import Zone as Zone
from .errors import ApiError as ApiError
from .errors import ConnectionFailed as ConnectionFailed
from .errors import DataCenterNotFound as DataCenterNotFound
from .errors import DiskBackupPolicyNotFound as DiskBackupPolicyNotFound
from .errors import DiskIoProfileNotFound as DiskIoProfileNotFound
from .errors import DiskNotFound as DiskNotFound
from .errors import DiskTemplateNotFound as DiskTemplateNotFound
from .errors import DiskTemplateVersionNotFound as DiskTemplateVersionNotFound
from .errors import InternalError as InternalError
from .errors import Interrupted as Interrupted
from .errors import InvalidApiToken as InvalidApiToken
from .errors import InvalidArgument as InvalidArgument
from .errors import InvalidCapabilitiesToken as InvalidCapabilitiesToken
from .errors import InvalidConfiguration as InvalidConfiguration
from .errors import InvalidResponse as InvalidResponse
from .errors import InvalidTimestamp as InvalidTimestamp
from .errors import KatapultError as KatapultError
from .errors import MissingApiToken as MissingApiToken
from .errors import NoEffect as NoEffect
from .errors import ObjectInTrash as ObjectInTrash
from .errors import OpenStackError as OpenStackError
from .errors import OperatingSystemNotFound as OperatingSystemNotFound
from .errors import OrganizationNotActivated as OrganizationNotActivated
from .errors import OrganizationNotFound as OrganizationNotFound
from .errors import OrganizationSuspended as OrganizationSuspended
from .errors import PermissionDenied as PermissionDenied
from .errors import RateLimitReached as RateLimitReached
from .errors import Refused as Refused
from .errors import ResponseTooLarge as ResponseTooLarge
from .errors import ScopeNotGranted as ScopeNotGranted
from .errors import ServiceUnavailable as ServiceUnavailable
from .errors import TaskFailed as TaskFailed
from .errors import TaskNotFound as TaskNotFound
from .errors import TaskQueueingError as TaskQueueingError
from .errors import TimedOut as TimedOut
from .errors import TlsFailed as TlsFailed
from .errors import TrashObjectNotFound as TrashObjectNotFound
from .errors import UnableToAssign as UnableToAssign
from .errors import UnableToUnassign as UnableToUnassign
from .errors import UnassignedDisk as UnassignedDisk
from .errors import UnauthorizedNetworkForApiToken as UnauthorizedNetworkForApiToken
from .errors import ValidationError as ValidationError
from .errors import VirtualMachineNotFound as VirtualMachineNotFound
from .outcome import Outcome as Outcome

__all__ = [
    "ApiError",
    "Client",
    "ConnectionFailed",
    "Country",
    "CreatedDisk",
    "DataCenter",
    "DataCenterNotFound",
    "DeletedDisk",
    "Disk",
    "DiskBackupPolicy",
    "DiskBackupPolicyNotFound",
    "DiskBackupPolicyTarget",
    "DiskInstallation",
    "DiskInstallationAttribute",
    "DiskIoProfile",
    "DiskIoProfileNotFound",
    "DiskNotFound",
    "DiskSummary",
    "DiskTask",
    "DiskTemplate",
    "DiskTemplateNotFound",
    "DiskTemplateSpec",
    "DiskTemplateSpecField",
    "DiskTemplateVersion",
    "DiskTemplateVersionNotFound",
    "DiskTemplateVersionSpec",
    "FleetCounts",
    "FleetResult",
    "FleetRun",
    "InternalError",
    "Interrupted",
    "InvalidApiToken",
    "InvalidArgument",
    "InvalidCapabilitiesToken",
    "InvalidConfiguration",
    "InvalidResponse",
    "InvalidTimestamp",
    "KatapultError",
    "MissingApiToken",
    "NoEffect",
    "ObjectInTrash",
    "OpenStackError",
    "OperatingSystem",
    "OperatingSystemBadge",
    "OperatingSystemNotFound",
    "OrganizationNotActivated",
    "OrganizationNotFound",
    "OrganizationSuspended",
    "Outcome",
    "PermissionDenied",
    "RateLimit",
    "RateLimitReached",
    "Refused",
    "ResponseTooLarge",
    "Schedule",
    "ScopeNotGranted",
    "ServiceUnavailable",
    "Task",
    "TaskFailed",
    "TaskNotFound",
    "TaskQueueingError",
    "TimedOut",
    "TlsFailed",
    "TrashObject",
    "TrashObjectNotFound",
    "UnableToAssign",
    "UnableToUnassign",
    "UnassignedDisk",
    "UnauthorizedNetworkForApiToken",
    "ValidationError",
    "VirtualMachine",
    "VirtualMachineDisk",
    "VirtualMachineNotFound",
    "VirtualMachineSummary",
    "Zone",
    "__version__",
    "assign_disk",
    "attach_disk",
    "create_disk",
    "create_disk_backup_policy",
    "create_disks",
    "delete_disk",
    "delete_disk_backup_policy",
    "detach_disk",
    "ensure_disk_attached",
    "ensure_disk_deleted",
    "ensure_disk_detached",
    "ensure_disk_size",
    "ensure_disk_sizes",
    "ensure_disk_unassigned",
    "ensure_disks_deleted",
    "get_data_center",
    "get_disk",
    "get_disk_backup_policy",
    "get_disk_template",
    "get_disk_template_version",
    "get_disk_template_version_spec",
    "get_task",
    "get_trash_object",
    "get_virtual_machine",
    "list_data_centers",
    "list_disk_backup_policies",
    "list_disk_io_profiles",
    "list_disk_template_versions",
    "list_disk_templates",
    "list_disks",
    "list_trash_objects",
    "list_virtual_machine_disks",
    "list_virtual_machines",
    "openstack",
    "purge_all_trash",
    "purge_trash_object",
    "request",
    "resize_disk",
    "restore_trash_object",
    "schedule_disk_backup_policy_deletion",
    "set_default_client",
    "set_disk_io_profile",
    "unassign_disk",
    "update_disk",
    "update_disk_backup_policy",
    "wait_disks",
    "wait_task",
]

def set_default_client(client: Client | None) -> None:
    """Sets the client that the functions of this module use.

    None is to make one from the environment again, at the next use. Raises InvalidArgument for anything but a Client; a
    `unittest.mock.Mock(spec=Client)` counts as one.
    """

# As the package, which makes the client when it is needed.
_client: Client
list_disk_backup_policies = _client.list_disk_backup_policies
get_disk_backup_policy = _client.get_disk_backup_policy
create_disk_backup_policy = _client.create_disk_backup_policy
update_disk_backup_policy = _client.update_disk_backup_policy
delete_disk_backup_policy = _client.delete_disk_backup_policy
schedule_disk_backup_policy_deletion = _client.schedule_disk_backup_policy_deletion
list_disk_io_profiles = _client.list_disk_io_profiles
list_disk_templates = _client.list_disk_templates
get_disk_template = _client.get_disk_template
list_disk_template_versions = _client.list_disk_template_versions
get_disk_template_version = _client.get_disk_template_version
get_disk_template_version_spec = _client.get_disk_template_version_spec
list_data_centers = _client.list_data_centers
get_data_center = _client.get_data_center
create_disk = _client.create_disk
get_disk = _client.get_disk
update_disk = _client.update_disk
detach_disk = _client.detach_disk
delete_disk = _client.delete_disk
assign_disk = _client.assign_disk
unassign_disk = _client.unassign_disk
attach_disk = _client.attach_disk
resize_disk = _client.resize_disk
set_disk_io_profile = _client.set_disk_io_profile
create_disks = _client.create_disks
ensure_disk_sizes = _client.ensure_disk_sizes
ensure_disks_deleted = _client.ensure_disks_deleted
wait_disks = _client.wait_disks
list_disks = _client.list_disks
list_virtual_machine_disks = _client.list_virtual_machine_disks
request = _client.request
get_task = _client.get_task
wait_task = _client.wait_task
list_trash_objects = _client.list_trash_objects
get_trash_object = _client.get_trash_object
restore_trash_object = _client.restore_trash_object
purge_trash_object = _client.purge_trash_object
purge_all_trash = _client.purge_all_trash
get_virtual_machine = _client.get_virtual_machine
list_virtual_machines = _client.list_virtual_machines
ensure_disk_attached = _client.ensure_disk_attached
ensure_disk_detached = _client.ensure_disk_detached
ensure_disk_unassigned = _client.ensure_disk_unassigned
ensure_disk_size = _client.ensure_disk_size
ensure_disk_deleted = _client.ensure_disk_deleted
