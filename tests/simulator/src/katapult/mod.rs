//! The Katapult Core API, as far as disks are concerned.

mod answer;
mod arguments;
mod assignment;
mod catalog;
mod create_disk;
mod disks;
mod envelope;
mod error;
mod organizations;
mod pagination;
mod resize;
mod tasks;
mod virtual_machine_disks;

use std::future::{Ready, ready};

use axum::Router;
use axum::extract;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post, put};

use crate::state::{Shared, State};
use answer::Success;
use arguments::Arguments;
use error::ApiError;

/// The routing table. A segment in braces is the documented literal word, which the service treats
/// as a parameter.
pub(crate) fn router(shared: &Shared) -> Router<Shared> {
    Router::new()
        .route(
            "/organizations/{organization}/disks",
            get(on(disks::list)).post(on(create_disk::create)),
        )
        .route("/organizations/{organization}/disk_io_profiles", get(on(catalog::list_io_profiles)))
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
        .route("/data_centers", get(on(catalog::list_data_centers)))
        .route("/data_centers/{data_center}", get(on(catalog::get_data_center)))
        .route("/tasks/{task}", get(on(tasks::get)))
        .fallback(error::route_not_found)
        .method_not_allowed_fallback(error::route_not_found)
        .layer(from_fn_with_state(shared.clone(), envelope::envelope))
}

type Answer = Result<Success, ApiError>;

/// An operation, as a handler.
fn on(
    operation: fn(&mut State, &Arguments) -> Answer,
) -> impl Fn(extract::State<Shared>, Arguments) -> Ready<Answer> + Clone {
    move |extract::State(shared), arguments| ready(operation(&mut shared.lock(), &arguments))
}
