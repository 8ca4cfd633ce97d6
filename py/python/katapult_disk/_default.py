"""The methods of `Client` as functions, on a client that is made from the environment at first use."""

from __future__ import annotations

from ._katapult_disk import Client

# Importing typing takes longer than all the rest of the package, so only type checkers do.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable, Dict, Iterator, Mapping, Optional, Union

    from ._katapult_disk import DeletedDisk, Disk, DiskSummary, DiskTask, Task, VirtualMachineDisk

    _Lookup = Union[str, Mapping[str, str]]
    _DiskLookup = Union[_Lookup, Disk, DiskSummary]

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


def create_disk(
    name: str,
    size_in_gb: int,
    *,
    organization: Optional[_Lookup] = None,
    data_center: Optional[_Lookup] = None,
    io_profile: Optional[_Lookup] = None,
    bus_type: Optional[str] = None,
    initial_file_system: Optional[str] = None,
    storage_speed: Optional[str] = None,
    virtual_machine: Optional[_Lookup] = None,
    boot: Optional[bool] = None,
    attach_on_boot: Optional[bool] = None,
    attach: Optional[bool] = None,
    annotations: Optional[Mapping[str, str]] = None,
) -> DiskTask:
    """As `Client.create_disk`, on the default client."""
    return _client().create_disk(
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
    )


def get_disk(disk_id: _DiskLookup) -> Disk:
    """As `Client.get_disk`, on the default client."""
    return _client().get_disk(disk_id)


def update_disk(
    disk_id: _DiskLookup,
    *,
    name: Optional[str] = None,
    bus_type: Optional[str] = None,
    data_center: Optional[_Lookup] = None,
    io_profile: Optional[_Lookup] = None,
    initial_file_system: Optional[str] = None,
    storage_speed: Optional[str] = None,
    virtual_machine: Optional[_Lookup] = None,
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


def detach_disk(disk_id: _DiskLookup) -> DiskTask:
    """As `Client.detach_disk`, on the default client."""
    return _client().detach_disk(disk_id)


def delete_disk(disk_id: _DiskLookup) -> DeletedDisk:
    """As `Client.delete_disk`, on the default client."""
    return _client().delete_disk(disk_id)


def assign_disk(disk_id: _DiskLookup, virtual_machine: _Lookup) -> Disk:
    """As `Client.assign_disk`, on the default client."""
    return _client().assign_disk(disk_id, virtual_machine)


def unassign_disk(disk_id: _DiskLookup) -> Disk:
    """As `Client.unassign_disk`, on the default client."""
    return _client().unassign_disk(disk_id)


def attach_disk(disk_id: _DiskLookup) -> DiskTask:
    """As `Client.attach_disk`, on the default client."""
    return _client().attach_disk(disk_id)


def resize_disk(disk_id: _DiskLookup, size_in_gb: int, *, method: Optional[str] = None) -> DiskTask:
    """As `Client.resize_disk`, on the default client."""
    return _client().resize_disk(disk_id, size_in_gb, method=method)


def set_disk_io_profile(disk_id: _DiskLookup, io_profile: _Lookup) -> DiskTask:
    """As `Client.set_disk_io_profile`, on the default client."""
    return _client().set_disk_io_profile(disk_id, io_profile)


def list_disks(
    organization: Optional[_Lookup] = None,
    *,
    annotations: Optional[Mapping[str, str]] = None,
    page_size: int = 200,
) -> Iterator[DiskSummary]:
    """As `Client.list_disks`, on the default client."""
    return _client().list_disks(organization, annotations=annotations, page_size=page_size)


def list_virtual_machine_disks(virtual_machine: _Lookup) -> Iterator[VirtualMachineDisk]:
    """As `Client.list_virtual_machine_disks`, on the default client."""
    return _client().list_virtual_machine_disks(virtual_machine)


def get_task(task_id: Union[_Lookup, Task, DiskTask]) -> Task:
    """As `Client.get_task`, on the default client."""
    return _client().get_task(task_id)


def wait_task(
    task: Union[_Lookup, Task, DiskTask],
    *,
    timeout: Optional[float] = 600.0,
    progress: Union[bool, Callable[[Task], object], None] = None,
) -> Task:
    """As `Client.wait_task`, on the default client."""
    return _client().wait_task(task, timeout=timeout, progress=progress)


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
    get_task,
    wait_task,
):
    _function.__doc__ = getattr(Client, _function.__name__).__doc__
    _function.__module__ = "katapult_disk"
del _function
