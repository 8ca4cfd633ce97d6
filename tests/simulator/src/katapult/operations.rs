//! The table of operations.

use super::argument::Argument;
use super::arguments::Arguments;
use super::{
    Answer, assignment, backup_policies, backup_policy_arguments, catalog, create_disk,
    disk_template_versions, disk_templates, disks, network_interfaces, networks, packages, power,
    resize, tasks, trash, virtual_machine_disks, virtual_machines,
};
use crate::state::State;

pub(super) struct Operation {
    pub(super) method: &'static str,
    /// A segment in braces is the documented literal word, which the service treats as a parameter.
    pub(super) path: &'static str,
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

const fn on(method: &'static str, path: &'static str, endpoint: Endpoint) -> Operation {
    Operation { method, path, endpoint }
}

pub(super) static OPERATIONS: [Operation; 52] = [
    on("GET", "/tasks/{task}", tasks::GET),
    on("GET", "/organizations/{organization}/trash_objects", trash::LIST),
    on("POST", "/organizations/{organization}/trash_objects/purge_all", trash::PURGE_ALL),
    on("GET", "/trash_objects/{trash_object}", trash::GET),
    on("DELETE", "/trash_objects/{trash_object}", trash::PURGE),
    on("POST", "/trash_objects/{trash_object}/restore", trash::RESTORE),
    on("GET", "/organizations/{organization}/virtual_machines", virtual_machines::LIST),
    on("GET", "/virtual_machines/{virtual_machine}", virtual_machines::GET),
    on("POST", "/virtual_machines/{virtual_machine}/start", power::START),
    on("POST", "/virtual_machines/{virtual_machine}/stop", power::STOP),
    on("POST", "/virtual_machines/{virtual_machine}/shutdown", power::SHUTDOWN),
    on("POST", "/virtual_machines/{virtual_machine}/reset", power::RESET),
    on("GET", "/virtual_machines/{virtual_machine}/network_interfaces", network_interfaces::LIST),
    on(
        "GET",
        "/virtual_machines/{virtual_machine}/networks/{network}/interface",
        network_interfaces::GET_BY_NETWORK,
    ),
    on(
        "GET",
        "/virtual_machine_network_interfaces/{virtual_machine_network_interface}",
        network_interfaces::GET,
    ),
    on("GET", "/virtual_machine_packages", packages::LIST),
    on("GET", "/virtual_machine_packages/{virtual_machine_package}", packages::GET),
    on("GET", "/organizations/{organization}/available_networks", networks::LIST_AVAILABLE),
    on("GET", "/networks/{network}", networks::GET),
    on("GET", "/organizations/{organization}/virtual_networks", networks::LIST_VIRTUAL),
    on("GET", "/virtual_networks/{virtual_network}", networks::GET_VIRTUAL),
    on(
        "GET",
        "/organizations/{organization}/network_speed_profiles",
        networks::LIST_SPEED_PROFILES,
    ),
    on("GET", "/organizations/{organization}/disks", disks::LIST),
    on("POST", "/organizations/{organization}/disks", create_disk::CREATE),
    on("GET", "/disks/{disk}", disks::GET),
    on("PATCH", "/disks/{disk}", disks::UPDATE),
    on("DELETE", "/disks/{disk}", disks::DELETE),
    on("POST", "/disks/{disk}/assign", assignment::ASSIGN),
    on("POST", "/disks/{disk}/unassign", assignment::UNASSIGN),
    on("POST", "/disks/{disk}/attach", assignment::ATTACH),
    on("POST", "/disks/{disk}/detach", assignment::DETACH),
    on("PUT", "/disks/{disk}/resize", resize::RESIZE),
    on("PUT", "/disks/{disk}/io_profile", resize::CHANGE_IO_PROFILE),
    on("GET", "/virtual_machines/{virtual_machine}/disks", virtual_machine_disks::LIST),
    on("GET", "/organizations/{organization}/disk_io_profiles", catalog::LIST_IO_PROFILES),
    on("GET", "/organizations/{organization}/disk_templates", disk_templates::LIST),
    on("GET", "/disk_templates/{disk_template}", disk_templates::GET),
    on("GET", "/disk_templates/{disk_template}/versions", disk_template_versions::LIST),
    on("GET", "/disk_template_versions/{disk_template_version}", disk_template_versions::GET),
    on("GET", "/disk_template_versions/{disk_template_version}/spec", disk_template_versions::SPEC),
    on("GET", "/data_centers", catalog::LIST_DATA_CENTERS),
    on("GET", "/data_centers/{data_center}", catalog::GET_DATA_CENTER),
    on("GET", "/data_centers/{data_center}/default_network", networks::DEFAULT_NETWORK),
    on("GET", "/organizations/{organization}/disk_backup_policies", backup_policies::LIST),
    on(
        "GET",
        "/virtual_machines/{virtual_machine}/disk_backup_policies",
        backup_policies::LIST_OF_MACHINE,
    ),
    on(
        "POST",
        "/virtual_machines/{virtual_machine}/disk_backup_policies",
        backup_policy_arguments::CREATE_FOR_MACHINE,
    ),
    on("GET", "/disks/{disk}/disk_backup_policies", backup_policies::LIST_OF_DISK),
    on("POST", "/disks/{disk}/disk_backup_policies", backup_policy_arguments::CREATE_FOR_DISK),
    on("GET", "/disk_backup_policies/{disk_backup_policy}", backup_policies::GET),
    on("PATCH", "/disk_backup_policies/{disk_backup_policy}", backup_policies::UPDATE),
    on("DELETE", "/disk_backup_policies/{disk_backup_policy}", backup_policies::DELETE),
    on(
        "DELETE",
        "/disk_backup_policies/{disk_backup_policy}/schedule",
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
