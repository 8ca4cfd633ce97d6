//! The Katapult Core API: a file per operation, a file per kind of object.

mod annotations;
mod assign_disk;
mod attach_disk;
mod create_disk;
mod create_disk_backup_policy;
mod data_center;
mod delete_disk;
mod delete_disk_backup_policy;
mod detach_disk;
mod disk;
mod disk_arguments;
mod disk_backup_policy;
mod disk_backup_policy_arguments;
mod disk_summary;
mod disk_template;
pub(crate) mod error_response;
mod get_data_center;
mod get_disk;
mod get_disk_backup_policy;
mod get_disk_template;
mod get_disk_template_version;
mod get_disk_template_version_spec;
mod get_task;
mod get_trash_object;
mod get_virtual_machine;
mod installation;
mod list_data_centers;
mod list_disk_backup_policies;
mod list_disk_io_profiles;
mod list_disk_template_versions;
mod list_disk_templates;
mod list_disks;
mod list_trash_objects;
mod list_virtual_machine_disks;
mod list_virtual_machines;
mod pagination;
mod purge_all_trash;
mod purge_trash_object;
mod resize_disk;
mod restore_trash_object;
mod schedule_disk_backup_policy_deletion;
mod set_disk_io_profile;
mod task;
mod trash_object;
mod unassign_disk;
mod update_disk;
mod update_disk_backup_policy;
mod virtual_machine;
mod wait_task;

pub use annotations::Annotations;
pub use assign_disk::AssignDisk;
pub use attach_disk::AttachDisk;
pub use create_disk::CreateDisk;
pub use create_disk_backup_policy::{CreateDiskBackupPolicy, CreateDiskBackupPolicyTarget};
pub use data_center::{Country, DataCenter};
pub use delete_disk::{DeleteDisk, DeletedDisk};
pub use delete_disk_backup_policy::DeleteDiskBackupPolicy;
pub use detach_disk::DetachDisk;
pub use disk::{
    AttachmentState, BusType, Disk, DiskIoProfile, DiskState, DiskTask, StorageSpeed,
    VirtualMachineDisk,
};
pub use disk_arguments::{DiskArguments, FileSystem};
pub use disk_backup_policy::{
    DiskBackupPolicy, DiskBackupPolicyTarget, DiskBackupPolicyTargetObject, Schedule,
    ScheduleInterval,
};
pub use disk_backup_policy_arguments::{DiskBackupPolicyArguments, ScheduleArguments};
pub use disk_summary::DiskSummary;
pub use disk_template::{
    DiskTemplate, DiskTemplateSpec, DiskTemplateSpecField, DiskTemplateSpecFieldType,
    DiskTemplateVersion, OperatingSystem, OperatingSystemBadge,
};
pub use get_data_center::{DataCenterAnswer, GetDataCenter};
pub use get_disk::{DiskAndAnnotations, GetDisk};
pub use get_disk_backup_policy::{DiskBackupPolicyAnswer, GetDiskBackupPolicy};
pub use get_disk_template::{DiskTemplateAnswer, GetDiskTemplate};
pub use get_disk_template_version::{DiskTemplateVersionAnswer, GetDiskTemplateVersion};
pub use get_disk_template_version_spec::{DiskTemplateVersionSpec, GetDiskTemplateVersionSpec};
pub use get_task::{GetTask, TaskAnswer};
pub use get_trash_object::{GetTrashObject, TrashObjectAnswer};
pub use get_virtual_machine::{GetVirtualMachine, VirtualMachineAndAnnotations};
pub use installation::{DiskInstallation, DiskInstallationAttribute};
pub use list_data_centers::{DataCenterList, ListDataCenters};
pub use list_disk_backup_policies::{
    DiskBackupPolicyOwner, DiskBackupPolicyPage, ListDiskBackupPolicies,
};
pub use list_disk_io_profiles::{DiskIoProfilePage, ListDiskIoProfiles};
pub use list_disk_template_versions::{DiskTemplateVersionPage, ListDiskTemplateVersions};
pub use list_disk_templates::{DiskTemplatePage, ListDiskTemplates};
pub use list_disks::{DiskPage, ListDisks};
pub use list_trash_objects::{ListTrashObjects, TrashObjectPage};
pub use list_virtual_machine_disks::{ListVirtualMachineDisks, VirtualMachineDiskPage};
pub use list_virtual_machines::{ListVirtualMachines, VirtualMachinePage};
pub use pagination::{ListOperation, Page, PageCursor, Pages, Pagination};
pub use purge_all_trash::PurgeAllTrash;
pub use purge_trash_object::PurgeTrashObject;
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
pub use wait_task::{ProgressHook, WaitOptions};
