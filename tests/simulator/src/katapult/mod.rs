//! The Katapult Core API, as far as disks are concerned: 37 operations.

mod answer;
mod arguments;
mod assignment;
mod backup_policies;
mod backup_policy_arguments;
mod backup_policy_view;
mod catalog;
mod counted;
mod create_disk;
mod disk_template_versions;
mod disk_templates;
mod disks;
mod envelope;
mod error;
mod organizations;
mod pagination;
mod resize;
mod tasks;
mod trash;
mod virtual_machine_disks;
mod virtual_machines;

use std::future::{Ready, ready};

use axum::Router;
use axum::extract;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{self, MethodFilter};
use serde_json::{Map, Value};

use crate::state::{Shared, State};
use answer::Success;
use arguments::Arguments;
pub(crate) use counted::counted;
use error::ApiError;

type Operation = fn(&mut State, &Arguments) -> Answer;

/// The routing table. A segment in braces is the documented literal word, which the service treats
/// as a parameter.
static OPERATIONS: [(&str, &str, Operation); 37] = [
    ("GET", "/tasks/{task}", tasks::get),
    ("GET", "/organizations/{organization}/trash_objects", trash::list),
    ("POST", "/organizations/{organization}/trash_objects/purge_all", trash::purge_all),
    ("GET", "/trash_objects/{trash_object}", trash::get),
    ("DELETE", "/trash_objects/{trash_object}", trash::purge),
    ("POST", "/trash_objects/{trash_object}/restore", trash::restore),
    ("GET", "/organizations/{organization}/virtual_machines", virtual_machines::list),
    ("GET", "/virtual_machines/{virtual_machine}", virtual_machines::get),
    ("GET", "/organizations/{organization}/disks", disks::list),
    ("POST", "/organizations/{organization}/disks", create_disk::create),
    ("GET", "/disks/{disk}", disks::get),
    ("PATCH", "/disks/{disk}", disks::update),
    ("DELETE", "/disks/{disk}", disks::delete),
    ("POST", "/disks/{disk}/assign", assignment::assign),
    ("POST", "/disks/{disk}/unassign", assignment::unassign),
    ("POST", "/disks/{disk}/attach", assignment::attach),
    ("POST", "/disks/{disk}/detach", assignment::detach),
    ("PUT", "/disks/{disk}/resize", resize::resize),
    ("PUT", "/disks/{disk}/io_profile", resize::change_io_profile),
    ("GET", "/virtual_machines/{virtual_machine}/disks", virtual_machine_disks::list),
    ("GET", "/organizations/{organization}/disk_io_profiles", catalog::list_io_profiles),
    ("GET", "/organizations/{organization}/disk_templates", disk_templates::list),
    ("GET", "/disk_templates/{disk_template}", disk_templates::get),
    ("GET", "/disk_templates/{disk_template}/versions", disk_template_versions::list),
    ("GET", "/disk_template_versions/{disk_template_version}", disk_template_versions::get),
    ("GET", "/disk_template_versions/{disk_template_version}/spec", disk_template_versions::spec),
    ("GET", "/data_centers", catalog::list_data_centers),
    ("GET", "/data_centers/{data_center}", catalog::get_data_center),
    ("GET", "/organizations/{organization}/disk_backup_policies", backup_policies::list),
    (
        "GET",
        "/virtual_machines/{virtual_machine}/disk_backup_policies",
        backup_policies::list_of_machine,
    ),
    (
        "POST",
        "/virtual_machines/{virtual_machine}/disk_backup_policies",
        backup_policy_arguments::create_for_machine,
    ),
    ("GET", "/disks/{disk}/disk_backup_policies", backup_policies::list_of_disk),
    ("POST", "/disks/{disk}/disk_backup_policies", backup_policy_arguments::create_for_disk),
    ("GET", "/disk_backup_policies/{disk_backup_policy}", backup_policies::get),
    ("PATCH", "/disk_backup_policies/{disk_backup_policy}", backup_policies::update),
    ("DELETE", "/disk_backup_policies/{disk_backup_policy}", backup_policies::delete),
    (
        "DELETE",
        "/disk_backup_policies/{disk_backup_policy}/schedule",
        backup_policies::schedule_deletion,
    ),
];

pub(crate) fn router(shared: &Shared) -> Router<Shared> {
    OPERATIONS
        .iter()
        .fold(Router::new(), |router, (method, path, operation)| {
            router.route(path, routing::on(filter(method), handler(*operation)))
        })
        .fallback(error::route_not_found)
        .method_not_allowed_fallback(error::route_not_found)
        .layer(from_fn_with_state(shared.clone(), envelope::envelope))
}

fn filter(method: &str) -> MethodFilter {
    match method {
        "GET" => MethodFilter::GET,
        "POST" => MethodFilter::POST,
        "PUT" => MethodFilter::PUT,
        "PATCH" => MethodFilter::PATCH,
        _ => MethodFilter::DELETE,
    }
}

/// Performs a request whose lookups are in its body, without token, rate limit and log: its status.
/// `path` is below `/core/v1`. None if there is no such operation.
pub(crate) fn perform(
    state: &mut State,
    method: &str,
    path: &str,
    body: Map<String, Value>,
) -> Option<StatusCode> {
    let is_meant = |(its_method, its_path, _): &&(&str, &str, Operation)| {
        *its_method == method && fits(its_path, path)
    };
    let (_, _, operation) = OPERATIONS.iter().find(is_meant)?;
    Some(operation(state, &Arguments::of_body(body)).into_response().status())
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.split('/'), path.split('/'));
    pattern.clone().count() == path.clone().count()
        && pattern.zip(path).all(|(wanted, given)| wanted == given || wanted.starts_with('{'))
}

type Answer = Result<Success, ApiError>;

/// An operation, as a handler.
fn handler(
    operation: Operation,
) -> impl Fn(extract::State<Shared>, Arguments) -> Ready<Answer> + Clone {
    move |extract::State(shared), arguments| ready(operation(&mut shared.lock(), &arguments))
}
