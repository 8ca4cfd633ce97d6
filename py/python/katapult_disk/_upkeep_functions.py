"""The methods of `Client` for backup policies, the trash and tasks, as functions."""

from ._default_client import as_method, client

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Iterator, Optional, Union

    from ._argument_types import (
        DiskBackupPolicyLookup,
        DiskLookup,
        Lookup,
        Progress,
        Schedule,
        TaskLookup,
        TrashObjectLookup,
        VirtualMachineLookup,
    )
    from ._katapult_disk import DiskBackupPolicy, Task, TrashObject


@as_method
def list_disk_backup_policies(
    organization: "Optional[Lookup]" = None,
    *,
    virtual_machine: "Optional[VirtualMachineLookup]" = None,
    disk: "Optional[DiskLookup]" = None,
    include_disks: bool = False,
    page_size: "Optional[int]" = None,
) -> "Iterator[DiskBackupPolicy]":
    """As `Client.list_disk_backup_policies`, on the default client."""
    return client().list_disk_backup_policies(
        organization,
        virtual_machine=virtual_machine,
        disk=disk,
        include_disks=include_disks,
        page_size=page_size,
    )


@as_method
def get_disk_backup_policy(disk_backup_policy_id: "DiskBackupPolicyLookup") -> "DiskBackupPolicy":
    """As `Client.get_disk_backup_policy`, on the default client."""
    return client().get_disk_backup_policy(disk_backup_policy_id)


@as_method
def create_disk_backup_policy(
    *,
    disk: "Optional[DiskLookup]" = None,
    virtual_machine: "Optional[VirtualMachineLookup]" = None,
    retention: "Optional[int]" = None,
    schedule: "Optional[Schedule]" = None,
) -> "DiskBackupPolicy":
    """As `Client.create_disk_backup_policy`, on the default client."""
    return client().create_disk_backup_policy(
        disk=disk,
        virtual_machine=virtual_machine,
        retention=retention,
        schedule=schedule,
    )


@as_method
def update_disk_backup_policy(
    disk_backup_policy_id: "DiskBackupPolicyLookup",
    *,
    retention: "Optional[int]" = None,
    schedule: "Optional[Schedule]" = None,
) -> "DiskBackupPolicy":
    """As `Client.update_disk_backup_policy`, on the default client."""
    return client().update_disk_backup_policy(disk_backup_policy_id, retention=retention, schedule=schedule)


@as_method
def delete_disk_backup_policy(disk_backup_policy_id: "DiskBackupPolicyLookup") -> "DiskBackupPolicy":
    """As `Client.delete_disk_backup_policy`, on the default client."""
    return client().delete_disk_backup_policy(disk_backup_policy_id)


@as_method
def schedule_disk_backup_policy_deletion(
    disk_backup_policy_id: "DiskBackupPolicyLookup",
    timestamp: "Union[int, datetime]",
) -> "DiskBackupPolicy":
    """As `Client.schedule_disk_backup_policy_deletion`, on the default client."""
    return client().schedule_disk_backup_policy_deletion(disk_backup_policy_id, timestamp)


@as_method
def list_trash_objects(organization: "Optional[Lookup]" = None, *, page_size: int = 200) -> "Iterator[TrashObject]":
    """As `Client.list_trash_objects`, on the default client."""
    return client().list_trash_objects(organization, page_size=page_size)


@as_method
def get_trash_object(trash_object: "TrashObjectLookup") -> "TrashObject":
    """As `Client.get_trash_object`, on the default client."""
    return client().get_trash_object(trash_object)


@as_method
def restore_trash_object(trash_object: "TrashObjectLookup") -> "TrashObject":
    """As `Client.restore_trash_object`, on the default client."""
    return client().restore_trash_object(trash_object)


@as_method
def purge_trash_object(
    trash_object: "TrashObjectLookup",
    *,
    wait: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "Task":
    """As `Client.purge_trash_object`, on the default client."""
    return client().purge_trash_object(trash_object, wait=wait, timeout=timeout, progress=progress)


@as_method
def purge_all_trash(
    organization: "Optional[Lookup]" = None,
    *,
    wait: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "Task":
    """As `Client.purge_all_trash`, on the default client."""
    return client().purge_all_trash(organization, wait=wait, timeout=timeout, progress=progress)


@as_method
def get_task(task_id: "TaskLookup") -> "Task":
    """As `Client.get_task`, on the default client."""
    return client().get_task(task_id)


@as_method
def wait_task(
    task: "TaskLookup",
    *,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "Task":
    """As `Client.wait_task`, on the default client."""
    return client().wait_task(task, timeout=timeout, progress=progress)
