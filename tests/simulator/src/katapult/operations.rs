//! The table of operations.

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
    pub(super) perform: fn(&mut State, &Arguments) -> Answer,
}

const fn on(
    method: &'static str,
    path: &'static str,
    perform: fn(&mut State, &Arguments) -> Answer,
) -> Operation {
    Operation { method, path, perform }
}

pub(super) static OPERATIONS: [Operation; 52] = [
    on("GET", "/tasks/{task}", tasks::get),
    on("GET", "/organizations/{organization}/trash_objects", trash::list),
    on("POST", "/organizations/{organization}/trash_objects/purge_all", trash::purge_all),
    on("GET", "/trash_objects/{trash_object}", trash::get),
    on("DELETE", "/trash_objects/{trash_object}", trash::purge),
    on("POST", "/trash_objects/{trash_object}/restore", trash::restore),
    on("GET", "/organizations/{organization}/virtual_machines", virtual_machines::list),
    on("GET", "/virtual_machines/{virtual_machine}", virtual_machines::get),
    on("POST", "/virtual_machines/{virtual_machine}/start", power::start),
    on("POST", "/virtual_machines/{virtual_machine}/stop", power::stop),
    on("POST", "/virtual_machines/{virtual_machine}/shutdown", power::shutdown),
    on("POST", "/virtual_machines/{virtual_machine}/reset", power::reset),
    on("GET", "/virtual_machines/{virtual_machine}/network_interfaces", network_interfaces::list),
    on(
        "GET",
        "/virtual_machines/{virtual_machine}/networks/{network}/interface",
        network_interfaces::get_by_network,
    ),
    on(
        "GET",
        "/virtual_machine_network_interfaces/{virtual_machine_network_interface}",
        network_interfaces::get,
    ),
    on("GET", "/virtual_machine_packages", packages::list),
    on("GET", "/virtual_machine_packages/{virtual_machine_package}", packages::get),
    on("GET", "/organizations/{organization}/available_networks", networks::list_available),
    on("GET", "/networks/{network}", networks::get),
    on("GET", "/organizations/{organization}/virtual_networks", networks::list_virtual),
    on("GET", "/virtual_networks/{virtual_network}", networks::get_virtual),
    on(
        "GET",
        "/organizations/{organization}/network_speed_profiles",
        networks::list_speed_profiles,
    ),
    on("GET", "/organizations/{organization}/disks", disks::list),
    on("POST", "/organizations/{organization}/disks", create_disk::create),
    on("GET", "/disks/{disk}", disks::get),
    on("PATCH", "/disks/{disk}", disks::update),
    on("DELETE", "/disks/{disk}", disks::delete),
    on("POST", "/disks/{disk}/assign", assignment::assign),
    on("POST", "/disks/{disk}/unassign", assignment::unassign),
    on("POST", "/disks/{disk}/attach", assignment::attach),
    on("POST", "/disks/{disk}/detach", assignment::detach),
    on("PUT", "/disks/{disk}/resize", resize::resize),
    on("PUT", "/disks/{disk}/io_profile", resize::change_io_profile),
    on("GET", "/virtual_machines/{virtual_machine}/disks", virtual_machine_disks::list),
    on("GET", "/organizations/{organization}/disk_io_profiles", catalog::list_io_profiles),
    on("GET", "/organizations/{organization}/disk_templates", disk_templates::list),
    on("GET", "/disk_templates/{disk_template}", disk_templates::get),
    on("GET", "/disk_templates/{disk_template}/versions", disk_template_versions::list),
    on("GET", "/disk_template_versions/{disk_template_version}", disk_template_versions::get),
    on("GET", "/disk_template_versions/{disk_template_version}/spec", disk_template_versions::spec),
    on("GET", "/data_centers", catalog::list_data_centers),
    on("GET", "/data_centers/{data_center}", catalog::get_data_center),
    on("GET", "/data_centers/{data_center}/default_network", networks::default_network),
    on("GET", "/organizations/{organization}/disk_backup_policies", backup_policies::list),
    on(
        "GET",
        "/virtual_machines/{virtual_machine}/disk_backup_policies",
        backup_policies::list_of_machine,
    ),
    on(
        "POST",
        "/virtual_machines/{virtual_machine}/disk_backup_policies",
        backup_policy_arguments::create_for_machine,
    ),
    on("GET", "/disks/{disk}/disk_backup_policies", backup_policies::list_of_disk),
    on("POST", "/disks/{disk}/disk_backup_policies", backup_policy_arguments::create_for_disk),
    on("GET", "/disk_backup_policies/{disk_backup_policy}", backup_policies::get),
    on("PATCH", "/disk_backup_policies/{disk_backup_policy}", backup_policies::update),
    on("DELETE", "/disk_backup_policies/{disk_backup_policy}", backup_policies::delete),
    on(
        "DELETE",
        "/disk_backup_policies/{disk_backup_policy}/schedule",
        backup_policies::schedule_deletion,
    ),
];

/// `path` is below `/core/v1`.
pub(super) fn operation(method: &str, path: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|it| it.method == method && fits(it.path, path))
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.split('/'), path.split('/'));
    pattern.clone().count() == path.clone().count()
        && pattern.zip(path).all(|(wanted, given)| wanted == given || wanted.starts_with('{'))
}
