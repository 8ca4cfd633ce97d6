//! The Katapult Core API: a file per operation, a file per kind of object.
//!
//! A new operation is a file, its two lines here, and a line in [`each_operation`].

use serde::de::DeserializeOwned;

use crate::{Operation, TaskOperation};

mod annotations;
mod assign_disk;
mod create_disk;
mod create_disk_backup_policy;
mod data_center;
mod delete_disk;
mod delete_disk_backup_policy;
mod disk;
mod disk_arguments;
mod disk_backup_policy;
mod disk_backup_policy_arguments;
mod disk_summary;
mod disk_tasks;
mod disk_template;
pub(crate) mod error_response;
mod fingerprint;
mod get_data_center;
mod get_disk;
mod get_disk_backup_policy;
mod get_disk_template;
mod get_disk_template_version;
mod get_disk_template_version_spec;
mod get_task;
mod get_trash_object;
mod get_virtual_machine;
pub(crate) mod hint;
mod installation;
mod kinds;
mod list_data_centers;
mod list_disk_backup_policies;
mod list_disk_io_profiles;
mod list_disk_template_versions;
mod list_disk_templates;
mod list_disks;
mod list_item;
mod list_trash_objects;
mod list_virtual_machine_disks;
mod list_virtual_machines;
mod named;
pub(crate) mod page_response;
mod pages;
mod pagination;
mod purge_all_trash;
mod purge_trash_object;
mod request;
mod resize_disk;
mod restore_trash_object;
mod rounds;
mod schedule_disk_backup_policy_deletion;
mod set_disk_io_profile;
mod task;
mod trash_object;
mod unassign_disk;
mod update_disk;
mod update_disk_backup_policy;
mod virtual_machine;
mod wait_options;
mod wait_task;

pub use annotations::Annotations;
pub use assign_disk::AssignDisk;
pub use create_disk::CreateDisk;
pub use create_disk_backup_policy::CreateDiskBackupPolicy;
pub use data_center::{Country, DataCenter};
pub use delete_disk::{DeleteDisk, DeletedDisk};
pub use delete_disk_backup_policy::DeleteDiskBackupPolicy;
pub use disk::{
    AttachmentState, BusType, Disk, DiskIoProfile, DiskState, DiskTask, StorageSpeed,
    VirtualMachineDisk,
};
pub use disk_arguments::{DiskArguments, FileSystem, VirtualMachineDiskArguments};
pub use disk_backup_policy::{
    DiskBackupPolicy, DiskBackupPolicyTarget, DiskBackupPolicyTargetObject, Schedule,
    ScheduleInterval,
};
pub use disk_backup_policy_arguments::{DiskBackupPolicyArguments, ScheduleArguments};
pub use disk_summary::DiskSummary;
pub use disk_tasks::{AttachDisk, DetachDisk};
pub use disk_template::{
    DiskTemplate, DiskTemplateSpec, DiskTemplateSpecField, DiskTemplateSpecFieldType,
    DiskTemplateVersion, OperatingSystem, OperatingSystemBadge,
};
pub use get_data_center::{DataCenterResponse, GetDataCenter};
pub use get_disk::{DiskAndAnnotations, GetDisk};
pub use get_disk_backup_policy::{DiskBackupPolicyResponse, GetDiskBackupPolicy};
pub use get_disk_template::{DiskTemplateResponse, GetDiskTemplate};
pub use get_disk_template_version::{DiskTemplateVersionResponse, GetDiskTemplateVersion};
pub use get_disk_template_version_spec::{DiskTemplateVersionSpec, GetDiskTemplateVersionSpec};
pub use get_task::{GetTask, TaskResponse};
pub use get_trash_object::{GetTrashObject, TrashObjectResponse};
pub use get_virtual_machine::{GetVirtualMachine, VirtualMachineAndAnnotations};
pub use installation::{DiskInstallation, DiskInstallationAttribute};
pub use list_data_centers::{DataCenterList, ListDataCenters};
pub use list_disk_backup_policies::ListDiskBackupPolicies;
pub use list_disk_io_profiles::ListDiskIoProfiles;
pub use list_disk_template_versions::ListDiskTemplateVersions;
pub use list_disk_templates::ListDiskTemplates;
pub use list_disks::ListDisks;
pub use list_item::ListItem;
pub use list_trash_objects::ListTrashObjects;
pub use list_virtual_machine_disks::ListVirtualMachineDisks;
pub use list_virtual_machines::ListVirtualMachines;
pub use pages::{FetchedPage, PageCursor, Pages};
pub use pagination::{ListOperation, Page, Pagination};
pub use purge_all_trash::PurgeAllTrash;
pub use purge_trash_object::{PurgeTrashObject, StartedTask};
pub use resize_disk::{ResizeDisk, ResizeMethod};
pub use restore_trash_object::RestoreTrashObject;
pub use schedule_disk_backup_policy_deletion::ScheduleDiskBackupPolicyDeletion;
pub use set_disk_io_profile::SetDiskIoProfile;
pub use task::{Task, TaskStatus};
pub use trash_object::TrashObject;
pub use unassign_disk::UnassignDisk;
pub use update_disk::UpdateDisk;
pub use update_disk_backup_policy::UpdateDiskBackupPolicy;
pub use virtual_machine::{VirtualMachine, VirtualMachineState, VirtualMachineSummary, Zone};
pub use wait_options::{DEFAULT_WAIT, Progress, ProgressHook, WaitOptions};
pub(crate) use wait_task::task_failed;

/// What goes through all operations; see [`each_operation`].
pub trait OperationVisitor {
    /// Sees an operation.
    fn operation<O: Operation + DeserializeOwned>(&mut self);

    /// Sees an operation that starts a task.
    fn task<O: TaskOperation + DeserializeOwned>(&mut self) {
        self.operation::<O>();
    }

    /// Sees an operation that answers with a page of a list.
    fn list<O: ListOperation + DeserializeOwned>(&mut self) {
        self.operation::<O>();
    }
}

/// Shows every operation of Katapult to a visitor: for tools and tests that treat all alike.
pub fn each_operation(visitor: &mut impl OperationVisitor) {
    visitor.operation::<AssignDisk>();
    visitor.task::<AttachDisk>();
    visitor.task::<CreateDisk>();
    visitor.operation::<CreateDiskBackupPolicy>();
    visitor.operation::<DeleteDisk>();
    visitor.operation::<DeleteDiskBackupPolicy>();
    visitor.task::<DetachDisk>();
    visitor.operation::<GetDataCenter>();
    visitor.operation::<GetDisk>();
    visitor.operation::<GetDiskBackupPolicy>();
    visitor.operation::<GetDiskTemplate>();
    visitor.operation::<GetDiskTemplateVersion>();
    visitor.operation::<GetDiskTemplateVersionSpec>();
    visitor.operation::<GetTask>();
    visitor.operation::<GetTrashObject>();
    visitor.operation::<GetVirtualMachine>();
    visitor.operation::<ListDataCenters>();
    visitor.list::<ListDiskBackupPolicies>();
    visitor.list::<ListDiskIoProfiles>();
    visitor.list::<ListDiskTemplateVersions>();
    visitor.list::<ListDiskTemplates>();
    visitor.list::<ListDisks>();
    visitor.list::<ListTrashObjects>();
    visitor.list::<ListVirtualMachineDisks>();
    visitor.list::<ListVirtualMachines>();
    visitor.task::<PurgeAllTrash>();
    visitor.task::<PurgeTrashObject>();
    visitor.task::<ResizeDisk>();
    visitor.operation::<RestoreTrashObject>();
    visitor.operation::<ScheduleDiskBackupPolicyDeletion>();
    visitor.task::<SetDiskIoProfile>();
    visitor.operation::<UnassignDisk>();
    visitor.operation::<UpdateDisk>();
    visitor.operation::<UpdateDiskBackupPolicy>();
}
