//! The Katapult Core API: a file per operation, a file per kind of object.

mod annotations;
mod assign_disk;
mod attach_disk;
mod create_disk;
mod delete_disk;
mod detach_disk;
mod disk;
mod disk_arguments;
mod disk_body;
mod disk_summary;
mod get_disk;
mod get_task;
mod installation;
mod list_disks;
mod list_virtual_machine_disks;
mod pagination;
pub(crate) mod refusal;
mod resize_disk;
mod set_disk_io_profile;
mod task;
mod trash_object;
mod unassign_disk;
mod update_disk;
mod wait_task;

pub use annotations::Annotations;
pub use assign_disk::AssignDisk;
pub use attach_disk::AttachDisk;
pub use create_disk::CreateDisk;
pub use delete_disk::{DeleteDisk, DeletedDisk};
pub use detach_disk::DetachDisk;
pub use disk::{
    AttachmentState, BusType, DataCenter, Disk, DiskIoProfile, DiskState, DiskTask, StorageSpeed,
    VirtualMachine, VirtualMachineDisk,
};
pub use disk_arguments::{DiskArguments, FileSystem};
pub use disk_summary::DiskSummary;
pub use get_disk::{DiskAndAnnotations, GetDisk};
pub use get_task::{GetTask, TaskAnswer};
pub use installation::{
    DiskInstallation, DiskInstallationAttribute, DiskTemplate, DiskTemplateVersion,
    OperatingSystem, OperatingSystemBadge,
};
pub use list_disks::{DiskPage, ListDisks};
pub use list_virtual_machine_disks::{ListVirtualMachineDisks, VirtualMachineDiskPage};
pub use pagination::{ListOperation, PageCursor, Pages, Pagination};
pub use resize_disk::{ResizeDisk, ResizeMethod};
pub use set_disk_io_profile::SetDiskIoProfile;
pub use task::{Task, TaskStatus};
pub use trash_object::TrashObject;
pub use unassign_disk::UnassignDisk;
pub use update_disk::UpdateDisk;
pub use wait_task::{ProgressHook, WaitOptions};
