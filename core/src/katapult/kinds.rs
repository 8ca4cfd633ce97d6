//! The kinds of objects that a call names: how they are called, and what their ids look like.

use crate::Status;
use crate::reference::is_id;

/// A kind of object.
pub(super) struct Kind {
    /// The status if there is none.
    pub(super) not_found: Status,
    /// The member that names one in requests.
    pub(super) member: &'static str,
    pub(super) words: &'static str,
    /// Of its ids: all that were recorded. None where none was.
    pub(super) prefixes: &'static [&'static str],
    /// Where one finds those that there are.
    pub(super) shown_by: Option<&'static str>,
}

pub(super) const KINDS: [Kind; 11] = [
    Kind {
        not_found: Status::DiskNotFound,
        member: "disk",
        words: "a disk",
        prefixes: &["disk_"],
        shown_by: Some("list_disks shows names and ids"),
    },
    Kind {
        not_found: Status::VirtualMachineNotFound,
        member: "virtual_machine",
        words: "a virtual machine",
        prefixes: &["vm_"],
        shown_by: Some("list_virtual_machines shows fqdns and ids"),
    },
    Kind {
        not_found: Status::DataCenterNotFound,
        member: "data_center",
        words: "a data center",
        prefixes: &["dc_", "loc_"],
        shown_by: Some("list_data_centers shows the permalinks"),
    },
    Kind {
        not_found: Status::OrganizationNotFound,
        member: "organization",
        words: "an organization",
        prefixes: &["org_"],
        shown_by: Some("GET /organizations shows the sub_domains"),
    },
    Kind {
        not_found: Status::TaskNotFound,
        member: "task",
        words: "a task",
        prefixes: &["task_"],
        shown_by: None,
    },
    Kind {
        not_found: Status::TrashObjectNotFound,
        member: "trash_object",
        words: "a trash object",
        prefixes: &["trsh_"],
        shown_by: Some("list_trash_objects shows what is there"),
    },
    Kind {
        not_found: Status::DiskIoProfileNotFound,
        member: "io_profile",
        words: "an I/O profile",
        prefixes: &["diop_"],
        shown_by: Some("list_disk_io_profiles shows the permalinks"),
    },
    Kind {
        not_found: Status::DiskTemplateNotFound,
        member: "disk_template",
        words: "a disk template",
        prefixes: &["dtpl_"],
        shown_by: Some("list_disk_templates shows the permalinks"),
    },
    Kind {
        not_found: Status::DiskTemplateVersionNotFound,
        member: "disk_template_version",
        words: "a disk template version",
        prefixes: &["dtv_"],
        shown_by: Some("list_disk_template_versions shows the ids"),
    },
    Kind {
        not_found: Status::OperatingSystemNotFound,
        member: "operating_system",
        words: "an operating system",
        prefixes: &["os_"],
        shown_by: None,
    },
    Kind {
        not_found: Status::DiskBackupPolicyNotFound,
        member: "disk_backup_policy",
        words: "a backup policy",
        prefixes: &[],
        shown_by: Some("list_disk_backup_policies shows names and ids"),
    },
];

impl Kind {
    /// The kind of what has this id, if it is one.
    pub(super) fn of_id(id: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| is_id(id) && kind.begins(id))
    }

    /// Whether a text begins as the ids of this kind do.
    pub(super) fn begins(&self, text: &str) -> bool {
        self.prefixes.iter().any(|prefix| text.starts_with(prefix))
    }
}
