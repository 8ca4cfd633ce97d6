//! The table of operations.

use super::argument::Argument;
use super::arguments::Arguments;
use super::{
    Answer, assignment, backup_policies, backup_policy_arguments, catalog, create_disk,
    disk_template_versions, disk_templates, disks, network_interfaces, networks, organizations,
    packages, power, resize, tasks, trash, virtual_machine_disks, virtual_machines,
};
use crate::state::State;

type Scopes = &'static [&'static str];

pub(super) struct Operation {
    pub(super) method: &'static str,
    /// A segment in braces is the documented literal word, which the service treats as a parameter.
    pub(super) path: &'static str,
    /// A token with one of these may call it; if there are none, any token may.
    pub(super) scopes: Scopes,
    pub(super) endpoint: Endpoint,
}

/// What an operation is called by the vendor, what it takes and what it does.
#[derive(Clone, Copy)]
pub(super) struct Endpoint {
    /// The vendor's schema of 2023 knows most of those that read; the others are named alike.
    pub(super) id: &'static str,
    pub(super) arguments: &'static [Argument],
    pub(super) perform: fn(&mut State, &Arguments) -> Answer,
}

const fn on(
    method: &'static str,
    path: &'static str,
    scopes: Scopes,
    endpoint: Endpoint,
) -> Operation {
    Operation { method, path, scopes, endpoint }
}

/// document: the scopes of each operation, of which one is enough.
const TASKS: Scopes = &["tasks", "tasks:read"];
const TRASH: Scopes = &["trash_objects:read"];
const PURGE: Scopes = &["trash_objects:purge"];
const RESTORE: Scopes = &["trash_objects:restore"];
const READ_MACHINES: Scopes = &["virtual_machines", "virtual_machines:read"];
const POWER: Scopes = &["virtual_machines", "virtual_machines:power_actions"];
const PACKAGES: Scopes = &["virtual_machine_packages:read"];
const ANY_TOKEN: Scopes = &[];
const VIRTUAL_NETWORKS: Scopes = &["virtual_networks", "virtual_networks:read"];
const READ_DISKS: Scopes = &["disks", "disks:read"];
const DISKS: Scopes = &["disks"];
const TEMPLATES: Scopes = &["disk_templates", "disk_templates:read"];
const READ_POLICIES: Scopes = &["disk_backup_policies", "disk_backup_policies:read"];
const POLICIES: Scopes = &["disk_backup_policies"];
const ORGANIZATIONS: Scopes = &["organizations:read"];

pub(super) static OPERATIONS: [Operation; 54] = [
    on("GET", "/tasks/{task}", TASKS, tasks::GET),
    on("GET", "/organizations", ORGANIZATIONS, organizations::LIST),
    on("GET", "/organizations/{organization}", ORGANIZATIONS, organizations::GET),
    on("GET", "/organizations/{organization}/trash_objects", TRASH, trash::LIST),
    on("POST", "/organizations/{organization}/trash_objects/purge_all", PURGE, trash::PURGE_ALL),
    on("GET", "/trash_objects/{trash_object}", TRASH, trash::GET),
    on("DELETE", "/trash_objects/{trash_object}", PURGE, trash::PURGE),
    on("POST", "/trash_objects/{trash_object}/restore", RESTORE, trash::RESTORE),
    on(
        "GET",
        "/organizations/{organization}/virtual_machines",
        READ_MACHINES,
        virtual_machines::LIST,
    ),
    on("GET", "/virtual_machines/{virtual_machine}", READ_MACHINES, virtual_machines::GET),
    on("POST", "/virtual_machines/{virtual_machine}/start", POWER, power::START),
    on("POST", "/virtual_machines/{virtual_machine}/stop", POWER, power::STOP),
    on("POST", "/virtual_machines/{virtual_machine}/shutdown", POWER, power::SHUTDOWN),
    on("POST", "/virtual_machines/{virtual_machine}/reset", POWER, power::RESET),
    on(
        "GET",
        "/virtual_machines/{virtual_machine}/network_interfaces",
        READ_MACHINES,
        network_interfaces::LIST,
    ),
    on(
        "GET",
        "/virtual_machines/{virtual_machine}/networks/{network}/interface",
        READ_MACHINES,
        network_interfaces::GET_BY_NETWORK,
    ),
    on(
        "GET",
        "/virtual_machine_network_interfaces/{virtual_machine_network_interface}",
        READ_MACHINES,
        network_interfaces::GET,
    ),
    on("GET", "/virtual_machine_packages", PACKAGES, packages::LIST),
    on("GET", "/virtual_machine_packages/{virtual_machine_package}", PACKAGES, packages::GET),
    on(
        "GET",
        "/organizations/{organization}/available_networks",
        ANY_TOKEN,
        networks::LIST_AVAILABLE,
    ),
    on("GET", "/networks/{network}", ANY_TOKEN, networks::GET),
    on(
        "GET",
        "/organizations/{organization}/virtual_networks",
        VIRTUAL_NETWORKS,
        networks::LIST_VIRTUAL,
    ),
    on("GET", "/virtual_networks/{virtual_network}", VIRTUAL_NETWORKS, networks::GET_VIRTUAL),
    on(
        "GET",
        "/organizations/{organization}/network_speed_profiles",
        ANY_TOKEN,
        networks::LIST_SPEED_PROFILES,
    ),
    on("GET", "/organizations/{organization}/disks", READ_DISKS, disks::LIST),
    on("POST", "/organizations/{organization}/disks", DISKS, create_disk::CREATE),
    on("GET", "/disks/{disk}", READ_DISKS, disks::GET),
    on("PATCH", "/disks/{disk}", DISKS, disks::UPDATE),
    on("DELETE", "/disks/{disk}", DISKS, disks::DELETE),
    on("POST", "/disks/{disk}/assign", DISKS, assignment::ASSIGN),
    on("POST", "/disks/{disk}/unassign", DISKS, assignment::UNASSIGN),
    on("POST", "/disks/{disk}/attach", DISKS, assignment::ATTACH),
    on("POST", "/disks/{disk}/detach", DISKS, assignment::DETACH),
    on("PUT", "/disks/{disk}/resize", DISKS, resize::RESIZE),
    on("PUT", "/disks/{disk}/io_profile", DISKS, resize::CHANGE_IO_PROFILE),
    on("GET", "/virtual_machines/{virtual_machine}/disks", READ_DISKS, virtual_machine_disks::LIST),
    on(
        "GET",
        "/organizations/{organization}/disk_io_profiles",
        ANY_TOKEN,
        catalog::LIST_IO_PROFILES,
    ),
    on("GET", "/organizations/{organization}/disk_templates", TEMPLATES, disk_templates::LIST),
    on("GET", "/disk_templates/{disk_template}", TEMPLATES, disk_templates::GET),
    on("GET", "/disk_templates/{disk_template}/versions", TEMPLATES, disk_template_versions::LIST),
    on(
        "GET",
        "/disk_template_versions/{disk_template_version}",
        TEMPLATES,
        disk_template_versions::GET,
    ),
    on(
        "GET",
        "/disk_template_versions/{disk_template_version}/spec",
        TEMPLATES,
        disk_template_versions::SPEC,
    ),
    on("GET", "/data_centers", ANY_TOKEN, catalog::LIST_DATA_CENTERS),
    on("GET", "/data_centers/{data_center}", ANY_TOKEN, catalog::GET_DATA_CENTER),
    on("GET", "/data_centers/{data_center}/default_network", ANY_TOKEN, networks::DEFAULT_NETWORK),
    on(
        "GET",
        "/organizations/{organization}/disk_backup_policies",
        READ_POLICIES,
        backup_policies::LIST,
    ),
    on(
        "GET",
        "/virtual_machines/{virtual_machine}/disk_backup_policies",
        READ_POLICIES,
        backup_policies::LIST_OF_MACHINE,
    ),
    on(
        "POST",
        "/virtual_machines/{virtual_machine}/disk_backup_policies",
        POLICIES,
        backup_policy_arguments::CREATE_FOR_MACHINE,
    ),
    on("GET", "/disks/{disk}/disk_backup_policies", READ_POLICIES, backup_policies::LIST_OF_DISK),
    on(
        "POST",
        "/disks/{disk}/disk_backup_policies",
        POLICIES,
        backup_policy_arguments::CREATE_FOR_DISK,
    ),
    on("GET", "/disk_backup_policies/{disk_backup_policy}", READ_POLICIES, backup_policies::GET),
    on("PATCH", "/disk_backup_policies/{disk_backup_policy}", POLICIES, backup_policies::UPDATE),
    on("DELETE", "/disk_backup_policies/{disk_backup_policy}", POLICIES, backup_policies::DELETE),
    on(
        "DELETE",
        "/disk_backup_policies/{disk_backup_policy}/schedule",
        POLICIES,
        backup_policies::SCHEDULE_DELETION,
    ),
];

/// `path` is below `/core/v1`.
pub(super) fn operation(method: &str, path: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|it| it.method == method && it.segments(path).is_some())
}

impl Operation {
    /// The segments of a path that are parameters, with their names. None if it is another path.
    pub(super) fn segments<'a>(&self, path: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
        let (pattern, path) = (self.path.split('/'), path.trim_end_matches('/').split('/'));
        if pattern.clone().count() != path.clone().count() {
            return None;
        }
        let mut parameters = Vec::new();
        for (wanted, given) in pattern.zip(path) {
            match wanted.strip_prefix('{').and_then(|wanted| wanted.strip_suffix('}')) {
                Some(name) => parameters.push((name, given)),
                None if wanted == given => {}
                None => return None,
            }
        }
        Some(parameters)
    }
}
