//! The kinds of objects that calls name, with the API's alternative key of each.

use crate::reference::{Ref, Referenced};

/// The kinds of objects that a call can name: types without a value, which tell references apart.
pub mod kind {
    /// A disk.
    pub enum Disk {}
    /// A virtual machine.
    pub enum VirtualMachine {}
    /// An organization. This library names them, but reads none.
    pub enum Organization {}
    /// A data center.
    pub enum DataCenter {}
    /// An I/O profile.
    pub enum DiskIoProfile {}
    /// A disk template.
    pub enum DiskTemplate {}
    /// A version of a disk template.
    pub enum DiskTemplateVersion {}
    /// An operating system.
    pub enum OperatingSystem {}
    /// A backup policy.
    pub enum DiskBackupPolicy {}
    /// Something in the trash.
    pub enum TrashObject {}
    /// A task.
    pub enum Task {}
}

/// Names a disk, by id.
pub type DiskRef = Ref<kind::Disk>;
/// Names a virtual machine: by id or fqdn.
pub type VirtualMachineRef = Ref<kind::VirtualMachine>;
/// Names an organization: by id or sub_domain.
pub type OrganizationRef = Ref<kind::Organization>;
/// Names a data center: by id or permalink.
pub type DataCenterRef = Ref<kind::DataCenter>;
/// Names an I/O profile: by id or permalink.
pub type DiskIoProfileRef = Ref<kind::DiskIoProfile>;
/// Names a disk template: by id or permalink.
pub type DiskTemplateRef = Ref<kind::DiskTemplate>;
/// Names a version of a disk template, by id.
pub type DiskTemplateVersionRef = Ref<kind::DiskTemplateVersion>;
/// Names an operating system, by id.
pub type OperatingSystemRef = Ref<kind::OperatingSystem>;
/// Names a backup policy, by id.
pub type DiskBackupPolicyRef = Ref<kind::DiskBackupPolicy>;
/// Names something in the trash: by id, or `TrashObjectRef::by("object_id", …)` with the id of what
/// was deleted.
pub type TrashObjectRef = Ref<kind::TrashObject>;
/// Names a task, by id.
pub type TaskRef = Ref<kind::Task>;

impl Referenced for kind::Disk {
    const ARGUMENT: &'static str = "disk_id";
}

impl Referenced for kind::VirtualMachine {
    const ARGUMENT: &'static str = "virtual_machine";
    const ALTERNATIVE: Option<&'static str> = Some("fqdn");
}

impl Referenced for kind::Organization {
    const ARGUMENT: &'static str = "organization";
    const ALTERNATIVE: Option<&'static str> = Some("sub_domain");
}

impl Referenced for kind::DataCenter {
    const ARGUMENT: &'static str = "data_center";
    const ALTERNATIVE: Option<&'static str> = Some("permalink");
}

impl Referenced for kind::DiskIoProfile {
    const ARGUMENT: &'static str = "io_profile";
    const ALTERNATIVE: Option<&'static str> = Some("permalink");
}

impl Referenced for kind::DiskTemplate {
    const ARGUMENT: &'static str = "disk_template";
    const ALTERNATIVE: Option<&'static str> = Some("permalink");
}

impl Referenced for kind::DiskTemplateVersion {
    const ARGUMENT: &'static str = "disk_template_version_id";
}

impl Referenced for kind::OperatingSystem {
    const ARGUMENT: &'static str = "operating_system";
}

impl Referenced for kind::DiskBackupPolicy {
    const ARGUMENT: &'static str = "disk_backup_policy_id";
}

impl Referenced for kind::TrashObject {
    const ARGUMENT: &'static str = "trash_object";
    const ALTERNATIVE: Option<&'static str> = Some("object_id");
    const ALTERNATIVE_IS_ID: bool = true;
}

impl Referenced for kind::Task {
    const ARGUMENT: &'static str = "task_id";
}
