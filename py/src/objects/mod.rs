//! The results, a file per resource. Each class shows the fields of the core's type.

mod attachment;
mod data_center;
mod disk;
mod disk_backup_policy;
mod disk_template;
mod disk_template_spec;
mod installation;
mod summary;
mod task;
mod trash;
mod virtual_machine;
mod volume;

pub(crate) use attachment::{DiskIoProfile, VirtualMachineDisk};
pub(crate) use data_center::{Country, DataCenter};
pub(crate) use disk::{CreatedDisk, Disk, DiskTask};
pub(crate) use disk_backup_policy::{DiskBackupPolicy, DiskBackupPolicyTarget, Schedule};
pub(crate) use disk_template::{
    DiskTemplate, DiskTemplateVersion, OperatingSystem, OperatingSystemBadge,
};
pub(crate) use disk_template_spec::{
    DiskTemplateSpec, DiskTemplateSpecField, DiskTemplateVersionSpec,
};
pub(crate) use installation::{DiskInstallation, DiskInstallationAttribute};
pub(crate) use summary::DiskSummary;
pub(crate) use task::Task;
pub(crate) use trash::{DeletedDisk, TrashObject};
pub(crate) use virtual_machine::{VirtualMachine, VirtualMachineSummary, Zone};
pub(crate) use volume::{VolumeAttachment, VolumeDetach};
