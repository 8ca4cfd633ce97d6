"""The methods of `Client` for disks, as functions: operations and workflows."""

from ._default_client import as_method, client

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterator, Mapping, Optional, Union, overload

    from ._argument_types import (
        DataCenterLookup,
        DiskIoProfileLookup,
        DiskLookup,
        Lookup,
        Progress,
        VirtualMachineLookup,
    )
    from ._katapult_disk import CreatedDisk, DeletedDisk, Disk, DiskSummary, DiskTask, TrashObject, VirtualMachineDisk

else:

    def overload(function):
        """As typing's, which is not worth its import."""
        return function


@overload
def create_disk(
    name: str,
    size_in_gb: int,
    *,
    organization: "Optional[Lookup]" = None,
    data_center: "Optional[DataCenterLookup]" = None,
    io_profile: "Optional[DiskIoProfileLookup]" = None,
    bus_type: "Optional[str]" = None,
    initial_file_system: "Optional[str]" = None,
    storage_speed: "Optional[str]" = None,
    virtual_machine: "Optional[VirtualMachineLookup]" = None,
    boot: "Optional[bool]" = None,
    attach_on_boot: "Optional[bool]" = None,
    attach: "Optional[bool]" = None,
    annotations: "Optional[Mapping[str, str]]" = None,
    idempotency_key: None = None,
    wait: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "DiskTask": ...
@overload
def create_disk(
    name: str,
    size_in_gb: int,
    *,
    organization: "Optional[Lookup]" = None,
    data_center: "Optional[DataCenterLookup]" = None,
    io_profile: "Optional[DiskIoProfileLookup]" = None,
    bus_type: "Optional[str]" = None,
    initial_file_system: "Optional[str]" = None,
    storage_speed: "Optional[str]" = None,
    virtual_machine: "Optional[VirtualMachineLookup]" = None,
    boot: "Optional[bool]" = None,
    attach_on_boot: "Optional[bool]" = None,
    attach: "Optional[bool]" = None,
    annotations: "Optional[Mapping[str, str]]" = None,
    idempotency_key: str,
    wait: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "CreatedDisk": ...
@as_method
def create_disk(
    name: str,
    size_in_gb: int,
    *,
    organization: "Optional[Lookup]" = None,
    data_center: "Optional[DataCenterLookup]" = None,
    io_profile: "Optional[DiskIoProfileLookup]" = None,
    bus_type: "Optional[str]" = None,
    initial_file_system: "Optional[str]" = None,
    storage_speed: "Optional[str]" = None,
    virtual_machine: "Optional[VirtualMachineLookup]" = None,
    boot: "Optional[bool]" = None,
    attach_on_boot: "Optional[bool]" = None,
    attach: "Optional[bool]" = None,
    annotations: "Optional[Mapping[str, str]]" = None,
    idempotency_key: "Optional[str]" = None,
    wait: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "Union[DiskTask, CreatedDisk]":
    """As `Client.create_disk`, on the default client."""
    # The two overloads of the method are told apart by what is not known here.
    return client().create_disk(  # type: ignore[misc]
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


@as_method
def get_disk(disk_id: "DiskLookup") -> "Disk":
    """As `Client.get_disk`, on the default client."""
    return client().get_disk(disk_id)


@as_method
def update_disk(
    disk_id: "DiskLookup",
    *,
    name: "Optional[str]" = None,
    bus_type: "Optional[str]" = None,
    data_center: "Optional[DataCenterLookup]" = None,
    io_profile: "Optional[DiskIoProfileLookup]" = None,
    initial_file_system: "Optional[str]" = None,
    storage_speed: "Optional[str]" = None,
    virtual_machine: "Optional[VirtualMachineLookup]" = None,
    boot: "Optional[bool]" = None,
    attach_on_boot: "Optional[bool]" = None,
    size_in_gb: "Optional[int]" = None,
    attach: "Optional[bool]" = None,
    annotations: "Optional[Mapping[str, str]]" = None,
) -> "Disk":
    """As `Client.update_disk`, on the default client."""
    return client().update_disk(
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


@as_method
def detach_disk(
    disk_id: "DiskLookup",
    *,
    wait: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "DiskTask":
    """As `Client.detach_disk`, on the default client."""
    return client().detach_disk(disk_id, wait=wait, timeout=timeout, progress=progress)


@as_method
def delete_disk(disk_id: "DiskLookup") -> "DeletedDisk":
    """As `Client.delete_disk`, on the default client."""
    return client().delete_disk(disk_id)


@as_method
def assign_disk(disk_id: "DiskLookup", virtual_machine: "VirtualMachineLookup") -> "Disk":
    """As `Client.assign_disk`, on the default client."""
    return client().assign_disk(disk_id, virtual_machine)


@as_method
def unassign_disk(disk_id: "DiskLookup") -> "Disk":
    """As `Client.unassign_disk`, on the default client."""
    return client().unassign_disk(disk_id)


@as_method
def attach_disk(
    disk_id: "DiskLookup",
    *,
    wait: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "DiskTask":
    """As `Client.attach_disk`, on the default client."""
    return client().attach_disk(disk_id, wait=wait, timeout=timeout, progress=progress)


@as_method
def resize_disk(
    disk_id: "DiskLookup",
    size_in_gb: int,
    *,
    method: "Optional[str]" = None,
    wait: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "DiskTask":
    """As `Client.resize_disk`, on the default client."""
    return client().resize_disk(disk_id, size_in_gb, method=method, wait=wait, timeout=timeout, progress=progress)


@as_method
def set_disk_io_profile(
    disk_id: "DiskLookup",
    io_profile: "DiskIoProfileLookup",
    *,
    wait: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "DiskTask":
    """As `Client.set_disk_io_profile`, on the default client."""
    return client().set_disk_io_profile(disk_id, io_profile, wait=wait, timeout=timeout, progress=progress)


@as_method
def list_disks(
    organization: "Optional[Lookup]" = None,
    *,
    annotations: "Optional[Mapping[str, str]]" = None,
    page_size: int = 200,
) -> "Iterator[DiskSummary]":
    """As `Client.list_disks`, on the default client."""
    return client().list_disks(organization, annotations=annotations, page_size=page_size)


@as_method
def list_virtual_machine_disks(virtual_machine: "VirtualMachineLookup") -> "Iterator[VirtualMachineDisk]":
    """As `Client.list_virtual_machine_disks`, on the default client."""
    return client().list_virtual_machine_disks(virtual_machine)


@as_method
def ensure_disk_attached(
    disk_id: "DiskLookup",
    *,
    virtual_machine: "Optional[VirtualMachineLookup]" = None,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "Disk":
    """As `Client.ensure_disk_attached`, on the default client."""
    return client().ensure_disk_attached(disk_id, virtual_machine=virtual_machine, timeout=timeout, progress=progress)


@as_method
def ensure_disk_detached(
    disk_id: "DiskLookup",
    *,
    virtual_machine: "Optional[VirtualMachineLookup]" = None,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "Disk":
    """As `Client.ensure_disk_detached`, on the default client."""
    return client().ensure_disk_detached(disk_id, virtual_machine=virtual_machine, timeout=timeout, progress=progress)


@as_method
def ensure_disk_unassigned(
    disk_id: "DiskLookup",
    *,
    virtual_machine: "Optional[VirtualMachineLookup]" = None,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "Disk":
    """As `Client.ensure_disk_unassigned`, on the default client."""
    return client().ensure_disk_unassigned(disk_id, virtual_machine=virtual_machine, timeout=timeout, progress=progress)


@as_method
def ensure_disk_size(
    disk_id: "DiskLookup",
    size_in_gb: int,
    *,
    method: "Optional[str]" = None,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "Disk":
    """As `Client.ensure_disk_size`, on the default client."""
    return client().ensure_disk_size(disk_id, size_in_gb, method=method, timeout=timeout, progress=progress)


@as_method
def ensure_disk_deleted(
    disk_id: "DiskLookup",
    *,
    purge: bool = False,
    timeout: "Optional[float]" = 600.0,
    progress: "Progress" = None,
) -> "Optional[TrashObject]":
    """As `Client.ensure_disk_deleted`, on the default client."""
    return client().ensure_disk_deleted(disk_id, purge=purge, timeout=timeout, progress=progress)
