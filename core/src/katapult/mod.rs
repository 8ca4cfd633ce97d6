//! The Katapult Core API: a file per operation, a file per kind of object.

mod annotations;
mod create_disk;
mod detach_disk;
mod disk;
mod disk_arguments;
mod get_disk;
mod get_task;
mod installation;
pub(crate) mod refusal;
mod task;
mod update_disk;
mod wait_task;

pub use annotations::Annotations;
pub use create_disk::CreateDisk;
pub use detach_disk::DetachDisk;
pub use disk::{
    AttachmentState, BusType, DataCenter, Disk, DiskIoProfile, DiskState, DiskTask, StorageSpeed,
    VirtualMachine, VirtualMachineDisk,
};
pub use disk_arguments::{DiskArguments, FileSystem};
pub use get_disk::{DiskAndAnnotations, GetDisk};
pub use get_task::{GetTask, TaskAnswer};
pub use installation::{
    DiskInstallation, DiskInstallationAttribute, DiskTemplate, DiskTemplateVersion,
    OperatingSystem, OperatingSystemBadge,
};
pub use task::{Task, TaskStatus};
pub use update_disk::UpdateDisk;
pub use wait_task::{ProgressHook, WaitOptions};
