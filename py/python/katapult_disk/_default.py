"""The methods of `Client` as functions, on a client that is made from the environment at first use."""

from __future__ import annotations

from ._katapult_disk import Client

# Importing typing takes longer than all the rest of the package, so only type checkers do.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Callable, Dict, Iterator, List, Mapping, Optional, Union, overload

    from ._katapult_disk import (
        CreatedDisk,
        DataCenter,
        DeletedDisk,
        Disk,
        DiskBackupPolicy,
        DiskIoProfile,
        DiskSummary,
        DiskTask,
        DiskTemplate,
        DiskTemplateVersion,
        DiskTemplateVersionSpec,
        OperatingSystem,
        Task,
        TrashObject,
        VirtualMachine,
        VirtualMachineDisk,
        VirtualMachineSummary,
    )

    _Lookup = Union[str, Mapping[str, str]]
    _DiskLookup = Union[_Lookup, Disk, DiskSummary]
    _VirtualMachineLookup = Union[_Lookup, VirtualMachine, VirtualMachineSummary]
    _DataCenterLookup = Union[_Lookup, DataCenter]
    _DiskIoProfileLookup = Union[_Lookup, DiskIoProfile]
    _DiskTemplateLookup = Union[_Lookup, DiskTemplate]
    _DiskTemplateVersionLookup = Union[_Lookup, DiskTemplateVersion]
    _OperatingSystemLookup = Union[_Lookup, OperatingSystem]
    _DiskBackupPolicyLookup = Union[_Lookup, DiskBackupPolicy]
    _TrashObjectLookup = Union[_Lookup, TrashObject]
    _TaskLookup = Union[_Lookup, Task, DiskTask, CreatedDisk]
    _Schedule = Mapping[str, Union[str, int, None]]
    _Progress = Union[bool, Callable[[Task], object], None]

else:

    def overload(function):
        """As typing's, which is not worth its import."""
        return function


# No lock: one that another thread holds at the moment of a fork would stay locked in the child.
_clients: Dict[str, Client] = {}


def _client() -> Client:
    try:
        return _clients["default"]
    except KeyError:
        # Of several threads that come here at once, one wins and all use its client.
        return _clients.setdefault("default", Client())


def set_default_client(client: Optional[Client]) -> None:
    """Sets the client that the functions of this module use.

    None is to make one from the environment again, at the next use.
    """
    if client is None:
        _clients.pop("default", None)
    else:
        _clients["default"] = client


@overload
def create_disk(
    name: str,
    size_in_gb: int,
    *,
    organization: Optional[_Lookup] = None,
    data_center: Optional[_DataCenterLookup] = None,
    io_profile: Optional[_DiskIoProfileLookup] = None,
    bus_type: Optional[str] = None,
    initial_file_system: Optional[str] = None,
    storage_speed: Optional[str] = None,
    virtual_machine: Optional[_VirtualMachineLookup] = None,
    boot: Optional[bool] = None,
    attach_on_boot: Optional[bool] = None,
    attach: Optional[bool] = None,
    annotations: Optional[Mapping[str, str]] = None,
    idempotency_key: None = None,
    wait: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> DiskTask: ...
@overload
def create_disk(
    name: str,
    size_in_gb: int,
    *,
    organization: Optional[_Lookup] = None,
    data_center: Optional[_DataCenterLookup] = None,
    io_profile: Optional[_DiskIoProfileLookup] = None,
    bus_type: Optional[str] = None,
    initial_file_system: Optional[str] = None,
    storage_speed: Optional[str] = None,
    virtual_machine: Optional[_VirtualMachineLookup] = None,
    boot: Optional[bool] = None,
    attach_on_boot: Optional[bool] = None,
    attach: Optional[bool] = None,
    annotations: Optional[Mapping[str, str]] = None,
    idempotency_key: str,
    wait: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> CreatedDisk: ...
def create_disk(
    name: str,
    size_in_gb: int,
    *,
    organization: Optional[_Lookup] = None,
    data_center: Optional[_DataCenterLookup] = None,
    io_profile: Optional[_DiskIoProfileLookup] = None,
    bus_type: Optional[str] = None,
    initial_file_system: Optional[str] = None,
    storage_speed: Optional[str] = None,
    virtual_machine: Optional[_VirtualMachineLookup] = None,
    boot: Optional[bool] = None,
    attach_on_boot: Optional[bool] = None,
    attach: Optional[bool] = None,
    annotations: Optional[Mapping[str, str]] = None,
    idempotency_key: Optional[str] = None,
    wait: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> Union[DiskTask, CreatedDisk]:
    """As `Client.create_disk`, on the default client."""
    # The two overloads of the method are told apart by what is not known here.
    return _client().create_disk(  # type: ignore[misc]
        name,
        size_in_gb,
        organization=organization,
        data_center=data_center,
        io_profile=io_profile,
        bus_type=bus_type,
        initial_file_system=initial_file_system,
        storage_speed=storage_speed,
        virtual_machine=virtual_machine,
        boot=boot,
        attach_on_boot=attach_on_boot,
        attach=attach,
        annotations=annotations,
        idempotency_key=idempotency_key,  # type: ignore[arg-type]
        wait=wait,
        timeout=timeout,
        progress=progress,
    )


def get_disk(disk_id: _DiskLookup) -> Disk:
    """As `Client.get_disk`, on the default client."""
    return _client().get_disk(disk_id)


def update_disk(
    disk_id: _DiskLookup,
    *,
    name: Optional[str] = None,
    bus_type: Optional[str] = None,
    data_center: Optional[_DataCenterLookup] = None,
    io_profile: Optional[_DiskIoProfileLookup] = None,
    initial_file_system: Optional[str] = None,
    storage_speed: Optional[str] = None,
    virtual_machine: Optional[_VirtualMachineLookup] = None,
    boot: Optional[bool] = None,
    attach_on_boot: Optional[bool] = None,
    size_in_gb: Optional[int] = None,
    attach: Optional[bool] = None,
    annotations: Optional[Mapping[str, str]] = None,
) -> Disk:
    """As `Client.update_disk`, on the default client."""
    return _client().update_disk(
        disk_id,
        name=name,
        bus_type=bus_type,
        data_center=data_center,
        io_profile=io_profile,
        initial_file_system=initial_file_system,
        storage_speed=storage_speed,
        virtual_machine=virtual_machine,
        boot=boot,
        attach_on_boot=attach_on_boot,
        size_in_gb=size_in_gb,
        attach=attach,
        annotations=annotations,
    )


def detach_disk(
    disk_id: _DiskLookup,
    *,
    wait: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> DiskTask:
    """As `Client.detach_disk`, on the default client."""
    return _client().detach_disk(disk_id, wait=wait, timeout=timeout, progress=progress)


def delete_disk(disk_id: _DiskLookup) -> DeletedDisk:
    """As `Client.delete_disk`, on the default client."""
    return _client().delete_disk(disk_id)


def assign_disk(disk_id: _DiskLookup, virtual_machine: _VirtualMachineLookup) -> Disk:
    """As `Client.assign_disk`, on the default client."""
    return _client().assign_disk(disk_id, virtual_machine)


def unassign_disk(disk_id: _DiskLookup) -> Disk:
    """As `Client.unassign_disk`, on the default client."""
    return _client().unassign_disk(disk_id)


def attach_disk(
    disk_id: _DiskLookup,
    *,
    wait: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> DiskTask:
    """As `Client.attach_disk`, on the default client."""
    return _client().attach_disk(disk_id, wait=wait, timeout=timeout, progress=progress)


def resize_disk(
    disk_id: _DiskLookup,
    size_in_gb: int,
    *,
    method: Optional[str] = None,
    wait: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> DiskTask:
    """As `Client.resize_disk`, on the default client."""
    return _client().resize_disk(disk_id, size_in_gb, method=method, wait=wait, timeout=timeout, progress=progress)


def set_disk_io_profile(
    disk_id: _DiskLookup,
    io_profile: _DiskIoProfileLookup,
    *,
    wait: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> DiskTask:
    """As `Client.set_disk_io_profile`, on the default client."""
    return _client().set_disk_io_profile(disk_id, io_profile, wait=wait, timeout=timeout, progress=progress)


def list_disks(
    organization: Optional[_Lookup] = None,
    *,
    annotations: Optional[Mapping[str, str]] = None,
    page_size: int = 200,
) -> Iterator[DiskSummary]:
    """As `Client.list_disks`, on the default client."""
    return _client().list_disks(organization, annotations=annotations, page_size=page_size)


def list_virtual_machine_disks(virtual_machine: _VirtualMachineLookup) -> Iterator[VirtualMachineDisk]:
    """As `Client.list_virtual_machine_disks`, on the default client."""
    return _client().list_virtual_machine_disks(virtual_machine)


def list_disk_io_profiles(organization: Optional[_Lookup] = None, *, page_size: int = 200) -> Iterator[DiskIoProfile]:
    """As `Client.list_disk_io_profiles`, on the default client."""
    return _client().list_disk_io_profiles(organization, page_size=page_size)


def list_disk_templates(
    organization: Optional[_Lookup] = None,
    *,
    operating_system: Optional[_OperatingSystemLookup] = None,
    include_universal: bool = False,
    page_size: Optional[int] = None,
) -> Iterator[DiskTemplate]:
    """As `Client.list_disk_templates`, on the default client."""
    return _client().list_disk_templates(
        organization,
        operating_system=operating_system,
        include_universal=include_universal,
        page_size=page_size,
    )


def get_disk_template(disk_template: _DiskTemplateLookup) -> DiskTemplate:
    """As `Client.get_disk_template`, on the default client."""
    return _client().get_disk_template(disk_template)


def list_disk_template_versions(
    disk_template: _DiskTemplateLookup,
    *,
    page_size: Optional[int] = None,
) -> Iterator[DiskTemplateVersion]:
    """As `Client.list_disk_template_versions`, on the default client."""
    return _client().list_disk_template_versions(disk_template, page_size=page_size)


def get_disk_template_version(disk_template_version_id: _DiskTemplateVersionLookup) -> DiskTemplateVersion:
    """As `Client.get_disk_template_version`, on the default client."""
    return _client().get_disk_template_version(disk_template_version_id)


def get_disk_template_version_spec(disk_template_version_id: _DiskTemplateVersionLookup) -> DiskTemplateVersionSpec:
    """As `Client.get_disk_template_version_spec`, on the default client."""
    return _client().get_disk_template_version_spec(disk_template_version_id)


def list_data_centers() -> List[DataCenter]:
    """As `Client.list_data_centers`, on the default client."""
    return _client().list_data_centers()


def get_data_center(data_center: _DataCenterLookup) -> DataCenter:
    """As `Client.get_data_center`, on the default client."""
    return _client().get_data_center(data_center)


def list_disk_backup_policies(
    organization: Optional[_Lookup] = None,
    *,
    virtual_machine: Optional[_VirtualMachineLookup] = None,
    disk: Optional[_DiskLookup] = None,
    include_disks: bool = False,
    page_size: Optional[int] = None,
) -> Iterator[DiskBackupPolicy]:
    """As `Client.list_disk_backup_policies`, on the default client."""
    return _client().list_disk_backup_policies(
        organization,
        virtual_machine=virtual_machine,
        disk=disk,
        include_disks=include_disks,
        page_size=page_size,
    )


def get_disk_backup_policy(disk_backup_policy_id: _DiskBackupPolicyLookup) -> DiskBackupPolicy:
    """As `Client.get_disk_backup_policy`, on the default client."""
    return _client().get_disk_backup_policy(disk_backup_policy_id)


def create_disk_backup_policy(
    *,
    disk: Optional[_DiskLookup] = None,
    virtual_machine: Optional[_VirtualMachineLookup] = None,
    retention: Optional[int] = None,
    schedule: Optional[_Schedule] = None,
) -> DiskBackupPolicy:
    """As `Client.create_disk_backup_policy`, on the default client."""
    return _client().create_disk_backup_policy(
        disk=disk,
        virtual_machine=virtual_machine,
        retention=retention,
        schedule=schedule,
    )


def update_disk_backup_policy(
    disk_backup_policy_id: _DiskBackupPolicyLookup,
    *,
    retention: Optional[int] = None,
    schedule: Optional[_Schedule] = None,
) -> DiskBackupPolicy:
    """As `Client.update_disk_backup_policy`, on the default client."""
    return _client().update_disk_backup_policy(disk_backup_policy_id, retention=retention, schedule=schedule)


def delete_disk_backup_policy(disk_backup_policy_id: _DiskBackupPolicyLookup) -> DiskBackupPolicy:
    """As `Client.delete_disk_backup_policy`, on the default client."""
    return _client().delete_disk_backup_policy(disk_backup_policy_id)


def schedule_disk_backup_policy_deletion(
    disk_backup_policy_id: _DiskBackupPolicyLookup,
    timestamp: Union[int, datetime],
) -> DiskBackupPolicy:
    """As `Client.schedule_disk_backup_policy_deletion`, on the default client."""
    return _client().schedule_disk_backup_policy_deletion(disk_backup_policy_id, timestamp)


def list_trash_objects(organization: Optional[_Lookup] = None, *, page_size: int = 200) -> Iterator[TrashObject]:
    """As `Client.list_trash_objects`, on the default client."""
    return _client().list_trash_objects(organization, page_size=page_size)


def get_trash_object(trash_object: _TrashObjectLookup) -> TrashObject:
    """As `Client.get_trash_object`, on the default client."""
    return _client().get_trash_object(trash_object)


def restore_trash_object(trash_object: _TrashObjectLookup) -> TrashObject:
    """As `Client.restore_trash_object`, on the default client."""
    return _client().restore_trash_object(trash_object)


def purge_trash_object(
    trash_object: _TrashObjectLookup,
    *,
    wait: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> Task:
    """As `Client.purge_trash_object`, on the default client."""
    return _client().purge_trash_object(trash_object, wait=wait, timeout=timeout, progress=progress)


def purge_all_trash(
    organization: Optional[_Lookup] = None,
    *,
    wait: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> Task:
    """As `Client.purge_all_trash`, on the default client."""
    return _client().purge_all_trash(organization, wait=wait, timeout=timeout, progress=progress)


def get_virtual_machine(virtual_machine: _VirtualMachineLookup) -> VirtualMachine:
    """As `Client.get_virtual_machine`, on the default client."""
    return _client().get_virtual_machine(virtual_machine)


def list_virtual_machines(
    organization: Optional[_Lookup] = None,
    *,
    annotations: Optional[Mapping[str, str]] = None,
    page_size: int = 200,
) -> Iterator[VirtualMachineSummary]:
    """As `Client.list_virtual_machines`, on the default client."""
    return _client().list_virtual_machines(organization, annotations=annotations, page_size=page_size)


def get_task(task_id: _TaskLookup) -> Task:
    """As `Client.get_task`, on the default client."""
    return _client().get_task(task_id)


def wait_task(
    task: _TaskLookup,
    *,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> Task:
    """As `Client.wait_task`, on the default client."""
    return _client().wait_task(task, timeout=timeout, progress=progress)


def ensure_disk_attached(
    disk_id: _DiskLookup,
    *,
    virtual_machine: Optional[_VirtualMachineLookup] = None,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> Disk:
    """As `Client.ensure_disk_attached`, on the default client."""
    return _client().ensure_disk_attached(disk_id, virtual_machine=virtual_machine, timeout=timeout, progress=progress)


def ensure_disk_detached(
    disk_id: _DiskLookup,
    *,
    virtual_machine: Optional[_VirtualMachineLookup] = None,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> Disk:
    """As `Client.ensure_disk_detached`, on the default client."""
    return _client().ensure_disk_detached(disk_id, virtual_machine=virtual_machine, timeout=timeout, progress=progress)


def ensure_disk_unassigned(
    disk_id: _DiskLookup,
    *,
    virtual_machine: Optional[_VirtualMachineLookup] = None,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> Disk:
    """As `Client.ensure_disk_unassigned`, on the default client."""
    return _client().ensure_disk_unassigned(disk_id, virtual_machine=virtual_machine, timeout=timeout, progress=progress)


def ensure_disk_size(
    disk_id: _DiskLookup,
    size_in_gb: int,
    *,
    method: Optional[str] = None,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> Disk:
    """As `Client.ensure_disk_size`, on the default client."""
    return _client().ensure_disk_size(disk_id, size_in_gb, method=method, timeout=timeout, progress=progress)


def ensure_disk_deleted(
    disk_id: _DiskLookup,
    *,
    purge: bool = False,
    timeout: Optional[float] = 600.0,
    progress: _Progress = None,
) -> Optional[TrashObject]:
    """As `Client.ensure_disk_deleted`, on the default client."""
    return _client().ensure_disk_deleted(disk_id, purge=purge, timeout=timeout, progress=progress)


for _function in (
    create_disk,
    get_disk,
    update_disk,
    detach_disk,
    delete_disk,
    assign_disk,
    unassign_disk,
    attach_disk,
    resize_disk,
    set_disk_io_profile,
    list_disks,
    list_virtual_machine_disks,
    list_disk_io_profiles,
    list_disk_templates,
    get_disk_template,
    list_disk_template_versions,
    get_disk_template_version,
    get_disk_template_version_spec,
    list_data_centers,
    get_data_center,
    list_disk_backup_policies,
    get_disk_backup_policy,
    create_disk_backup_policy,
    update_disk_backup_policy,
    delete_disk_backup_policy,
    schedule_disk_backup_policy_deletion,
    list_trash_objects,
    get_trash_object,
    restore_trash_object,
    purge_trash_object,
    purge_all_trash,
    get_virtual_machine,
    list_virtual_machines,
    get_task,
    wait_task,
    ensure_disk_attached,
    ensure_disk_detached,
    ensure_disk_unassigned,
    ensure_disk_size,
    ensure_disk_deleted,
):
    _function.__doc__ = getattr(Client, _function.__name__).__doc__
    _function.__module__ = "katapult_disk"
del _function
