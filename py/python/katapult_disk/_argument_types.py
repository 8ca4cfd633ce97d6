"""What the arguments of the functions may be. Only type checkers import this: typing costs more than all the rest."""

from typing import Callable, Mapping, Union

from ._katapult_disk import (
    CreatedDisk,
    DataCenter,
    Disk,
    DiskBackupPolicy,
    DiskIoProfile,
    DiskSummary,
    DiskTask,
    DiskTemplate,
    DiskTemplateVersion,
    OperatingSystem,
    Task,
    TrashObject,
    VirtualMachine,
    VirtualMachineSummary,
)

Lookup = Union[str, Mapping[str, str]]
DiskLookup = Union[Lookup, Disk, DiskSummary]
VirtualMachineLookup = Union[Lookup, VirtualMachine, VirtualMachineSummary]
DataCenterLookup = Union[Lookup, DataCenter]
DiskIoProfileLookup = Union[Lookup, DiskIoProfile]
DiskTemplateLookup = Union[Lookup, DiskTemplate]
DiskTemplateVersionLookup = Union[Lookup, DiskTemplateVersion]
OperatingSystemLookup = Union[Lookup, OperatingSystem]
DiskBackupPolicyLookup = Union[Lookup, DiskBackupPolicy]
TrashObjectLookup = Union[Lookup, TrashObject]
TaskLookup = Union[Lookup, Task, DiskTask, CreatedDisk]
Schedule = Mapping[str, Union[str, int, None]]
Progress = Union[bool, Callable[[Task], object], None]
