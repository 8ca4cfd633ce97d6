//! Objects of the API as references to themselves: `client.detach_disk(&disk)`.

use crate::reference::Ref;
use crate::{
    CreatedDisk, DataCenter, DataCenterRef, DeletedDisk, Disk, DiskBackupPolicy,
    DiskBackupPolicyRef, DiskIoProfile, DiskIoProfileRef, DiskRef, DiskSummary, DiskTask,
    DiskTemplate, DiskTemplateRef, OperatingSystem, OperatingSystemRef, Task, TaskRef, TrashObject,
    TrashObjectRef, VirtualMachine, VirtualMachineRef, VirtualMachineSummary,
};

impl From<&Disk> for DiskRef {
    fn from(disk: &Disk) -> DiskRef {
        Ref::by("id", disk.id.clone())
    }
}

impl From<&DiskSummary> for DiskRef {
    fn from(disk_summary: &DiskSummary) -> DiskRef {
        Ref::by("id", disk_summary.id.clone())
    }
}

impl From<&DiskTask> for DiskRef {
    fn from(disk_task: &DiskTask) -> DiskRef {
        Ref::by("id", disk_task.disk.id.clone())
    }
}

impl From<&CreatedDisk> for DiskRef {
    fn from(created_disk: &CreatedDisk) -> DiskRef {
        Ref::by("id", created_disk.disk.id.clone())
    }
}

impl From<&DeletedDisk> for DiskRef {
    fn from(deleted_disk: &DeletedDisk) -> DiskRef {
        Ref::by("id", deleted_disk.disk.id.clone())
    }
}

impl From<&VirtualMachine> for VirtualMachineRef {
    fn from(virtual_machine: &VirtualMachine) -> VirtualMachineRef {
        Ref::by("id", virtual_machine.id.clone())
    }
}

impl From<&VirtualMachineSummary> for VirtualMachineRef {
    fn from(virtual_machine_summary: &VirtualMachineSummary) -> VirtualMachineRef {
        Ref::by("id", virtual_machine_summary.id.clone())
    }
}

impl From<&DataCenter> for DataCenterRef {
    fn from(data_center: &DataCenter) -> DataCenterRef {
        Ref::by("id", data_center.id.clone())
    }
}

impl From<&DiskIoProfile> for DiskIoProfileRef {
    fn from(disk_io_profile: &DiskIoProfile) -> DiskIoProfileRef {
        Ref::by("id", disk_io_profile.id.clone())
    }
}

impl From<&DiskTemplate> for DiskTemplateRef {
    fn from(disk_template: &DiskTemplate) -> DiskTemplateRef {
        Ref::by("id", disk_template.id.clone())
    }
}

impl From<&OperatingSystem> for OperatingSystemRef {
    fn from(operating_system: &OperatingSystem) -> OperatingSystemRef {
        Ref::by("id", operating_system.id.clone())
    }
}

impl From<&DiskBackupPolicy> for DiskBackupPolicyRef {
    fn from(disk_backup_policy: &DiskBackupPolicy) -> DiskBackupPolicyRef {
        Ref::by("id", disk_backup_policy.id.clone())
    }
}

impl From<&TrashObject> for TrashObjectRef {
    fn from(trash_object: &TrashObject) -> TrashObjectRef {
        Ref::by("id", trash_object.id.clone())
    }
}

impl From<&DeletedDisk> for TrashObjectRef {
    fn from(deleted_disk: &DeletedDisk) -> TrashObjectRef {
        Ref::by("id", deleted_disk.trash_object.id.clone())
    }
}

impl From<&Task> for TaskRef {
    fn from(task: &Task) -> TaskRef {
        Ref::by("id", task.id.clone())
    }
}

impl From<&DiskTask> for TaskRef {
    fn from(disk_task: &DiskTask) -> TaskRef {
        Ref::by("id", disk_task.task.id.clone())
    }
}
