//! The results, a file per resource. Each class shows the fields of the core's type; what they mean
//! is said there and in `_katapult_disk.pyi`.

mod attachment;
mod disk;
mod installation;
mod summary;
mod task;
mod trash;

pub(crate) use attachment::{DataCenter, DiskIoProfile, VirtualMachine, VirtualMachineDisk};
pub(crate) use disk::{Disk, DiskTask};
pub(crate) use installation::{
    DiskInstallation, DiskInstallationAttribute, DiskTemplate, DiskTemplateVersion,
    OperatingSystem, OperatingSystemBadge,
};
pub(crate) use summary::DiskSummary;
pub(crate) use task::Task;
pub(crate) use trash::{DeletedDisk, TrashObject};
