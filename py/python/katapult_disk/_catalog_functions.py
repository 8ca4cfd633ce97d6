"""The methods of `Client` for what disks are made of and belong to, as functions."""

from ._default_client import as_method, client

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Iterator, List, Mapping, Optional

    from ._argument_types import (
        DataCenterLookup,
        DiskTemplateLookup,
        DiskTemplateVersionLookup,
        Lookup,
        OperatingSystemLookup,
        VirtualMachineLookup,
    )
    from ._katapult_disk import (
        DataCenter,
        DiskIoProfile,
        DiskTemplate,
        DiskTemplateVersion,
        DiskTemplateVersionSpec,
        VirtualMachine,
        VirtualMachineSummary,
    )


@as_method
def list_disk_io_profiles(organization: "Optional[Lookup]" = None, *, page_size: int = 200) -> "Iterator[DiskIoProfile]":
    """As `Client.list_disk_io_profiles`, on the default client."""
    return client().list_disk_io_profiles(organization, page_size=page_size)


@as_method
def list_disk_templates(
    organization: "Optional[Lookup]" = None,
    *,
    operating_system: "Optional[OperatingSystemLookup]" = None,
    include_universal: bool = False,
    page_size: "Optional[int]" = None,
) -> "Iterator[DiskTemplate]":
    """As `Client.list_disk_templates`, on the default client."""
    return client().list_disk_templates(
        organization,
        operating_system=operating_system,
        include_universal=include_universal,
        page_size=page_size,
    )


@as_method
def get_disk_template(disk_template: "DiskTemplateLookup") -> "DiskTemplate":
    """As `Client.get_disk_template`, on the default client."""
    return client().get_disk_template(disk_template)


@as_method
def list_disk_template_versions(
    disk_template: "DiskTemplateLookup",
    *,
    page_size: "Optional[int]" = None,
) -> "Iterator[DiskTemplateVersion]":
    """As `Client.list_disk_template_versions`, on the default client."""
    return client().list_disk_template_versions(disk_template, page_size=page_size)


@as_method
def get_disk_template_version(disk_template_version_id: "DiskTemplateVersionLookup") -> "DiskTemplateVersion":
    """As `Client.get_disk_template_version`, on the default client."""
    return client().get_disk_template_version(disk_template_version_id)


@as_method
def get_disk_template_version_spec(disk_template_version_id: "DiskTemplateVersionLookup") -> "DiskTemplateVersionSpec":
    """As `Client.get_disk_template_version_spec`, on the default client."""
    return client().get_disk_template_version_spec(disk_template_version_id)


@as_method
def list_data_centers() -> "List[DataCenter]":
    """As `Client.list_data_centers`, on the default client."""
    return client().list_data_centers()


@as_method
def get_data_center(data_center: "DataCenterLookup") -> "DataCenter":
    """As `Client.get_data_center`, on the default client."""
    return client().get_data_center(data_center)


@as_method
def get_virtual_machine(virtual_machine: "VirtualMachineLookup") -> "VirtualMachine":
    """As `Client.get_virtual_machine`, on the default client."""
    return client().get_virtual_machine(virtual_machine)


@as_method
def list_virtual_machines(
    organization: "Optional[Lookup]" = None,
    *,
    annotations: "Optional[Mapping[str, str]]" = None,
    page_size: int = 200,
) -> "Iterator[VirtualMachineSummary]":
    """As `Client.list_virtual_machines`, on the default client."""
    return client().list_virtual_machines(organization, annotations=annotations, page_size=page_size)
