//! The Katapult Core API, as far as disks are concerned: 37 operations.

mod answer;
mod arguments;
mod assignment;
mod backup_policies;
mod backup_policy_arguments;
mod backup_policy_view;
mod catalog;
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
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, post, put};

use crate::state::{Shared, State};
use answer::Success;
use arguments::Arguments;
use error::ApiError;

/// The routing table. A segment in braces is the documented literal word, which the service treats
/// as a parameter.
pub(crate) fn router(shared: &Shared) -> Router<Shared> {
    disk_routes()
        .merge(catalog_routes())
        .merge(backup_policy_routes())
        .route("/tasks/{task}", get(on(tasks::get)))
        .route("/organizations/{organization}/trash_objects", get(on(trash::list)))
        .route("/organizations/{organization}/trash_objects/purge_all", post(on(trash::purge_all)))
        .route("/trash_objects/{trash_object}", get(on(trash::get)).delete(on(trash::purge)))
        .route("/trash_objects/{trash_object}/restore", post(on(trash::restore)))
        .route("/organizations/{organization}/virtual_machines", get(on(virtual_machines::list)))
        .route("/virtual_machines/{virtual_machine}", get(on(virtual_machines::get)))
        .fallback(error::route_not_found)
        .method_not_allowed_fallback(error::route_not_found)
        .layer(from_fn_with_state(shared.clone(), envelope::envelope))
}

fn disk_routes() -> Router<Shared> {
    Router::new()
        .route(
            "/organizations/{organization}/disks",
            get(on(disks::list)).post(on(create_disk::create)),
        )
        .route(
            "/disks/{disk}",
            get(on(disks::get)).patch(on(disks::update)).delete(on(disks::delete)),
        )
        .route("/disks/{disk}/assign", post(on(assignment::assign)))
        .route("/disks/{disk}/unassign", post(on(assignment::unassign)))
        .route("/disks/{disk}/attach", post(on(assignment::attach)))
        .route("/disks/{disk}/detach", post(on(assignment::detach)))
        .route("/disks/{disk}/resize", put(on(resize::resize)))
        .route("/disks/{disk}/io_profile", put(on(resize::change_io_profile)))
        .route("/virtual_machines/{virtual_machine}/disks", get(on(virtual_machine_disks::list)))
}

fn catalog_routes() -> Router<Shared> {
    Router::new()
        .route("/organizations/{organization}/disk_io_profiles", get(on(catalog::list_io_profiles)))
        .route("/organizations/{organization}/disk_templates", get(on(disk_templates::list)))
        .route("/disk_templates/{disk_template}", get(on(disk_templates::get)))
        .route("/disk_templates/{disk_template}/versions", get(on(disk_template_versions::list)))
        .route(
            "/disk_template_versions/{disk_template_version}",
            get(on(disk_template_versions::get)),
        )
        .route(
            "/disk_template_versions/{disk_template_version}/spec",
            get(on(disk_template_versions::spec)),
        )
        .route("/data_centers", get(on(catalog::list_data_centers)))
        .route("/data_centers/{data_center}", get(on(catalog::get_data_center)))
}

fn backup_policy_routes() -> Router<Shared> {
    Router::new()
        .route("/organizations/{organization}/disk_backup_policies", get(on(backup_policies::list)))
        .route(
            "/virtual_machines/{virtual_machine}/disk_backup_policies",
            get(on(backup_policies::list_of_machine))
                .post(on(backup_policy_arguments::create_for_machine)),
        )
        .route(
            "/disks/{disk}/disk_backup_policies",
            get(on(backup_policies::list_of_disk))
                .post(on(backup_policy_arguments::create_for_disk)),
        )
        .route(
            "/disk_backup_policies/{disk_backup_policy}",
            get(on(backup_policies::get))
                .patch(on(backup_policies::update))
                .delete(on(backup_policies::delete)),
        )
        .route(
            "/disk_backup_policies/{disk_backup_policy}/schedule",
            delete(on(backup_policies::schedule_deletion)),
        )
}

type Answer = Result<Success, ApiError>;

/// An operation, as a handler.
fn on(
    operation: fn(&mut State, &Arguments) -> Answer,
) -> impl Fn(extract::State<Shared>, Arguments) -> Ready<Answer> + Clone {
    move |extract::State(shared), arguments| ready(operation(&mut shared.lock(), &arguments))
}
