//! The Katapult Core API, as far as disks and what is around them are concerned.

mod annotations;
mod answer;
mod argument;
mod argument_check;
mod argument_error;
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
mod named_errors;
mod nested_query;
mod network_interfaces;
mod networks;
mod operations;
mod organizations;
mod packages;
mod pagination;
mod parameters;
mod permission;
mod power;
mod resize;
mod tasks;
mod trash;
mod virtual_machine_disks;
mod virtual_machines;

use axum::Router;
use axum::extract::{self, Request};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use serde_json::{Map, Value};

use crate::state::{Asker, Shared, State};
use answer::Success;
use arguments::Arguments;
pub(crate) use counted::{counted, is_kind, kind};
use error::ApiError;
pub(crate) use named_errors::{error_codes, named_error};
use operations::{Endpoint, Operation, operation};

type Answer = Result<Success, ApiError>;

/// All paths go one way, since the service's ideas of a path are not those of the router.
pub(crate) fn router(shared: &Shared) -> Router<Shared> {
    Router::new().fallback(handle).layer(from_fn_with_state(shared.clone(), envelope::envelope))
}

/// Performs a request whose arguments are in its body, without token, rate limit and log: its
/// status. `path` is below `/core/v1`. None if there is no such operation.
pub(crate) fn perform(
    state: &mut State,
    method: &str,
    path: &str,
    body: &Map<String, Value>,
) -> Option<StatusCode> {
    let operation = operation(method, path)?;
    let arguments = arguments(operation, path, body);
    let answer = arguments.and_then(|arguments| (operation.endpoint.perform)(state, &arguments));
    Some(answer.into_response().status())
}

async fn handle(extract::State(shared): extract::State<Shared>, request: Request) -> Answer {
    let token = request.extensions().get().copied();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let operation = operation(method.as_str(), &path)
        .ok_or_else(|| ApiError::route_not_found(&method, &path))?;
    let parameters = parameters::of(request).await?;
    let arguments = arguments(operation, &path, &parameters)?;
    let mut state = shared.lock();
    state.asker = token.map(|token| Asker { token, changes: operation.method != "GET" });
    let answer = (operation.endpoint.perform)(&mut state, &arguments);
    state.asker = None;
    answer
}

fn arguments(
    operation: &Operation,
    path: &str,
    parameters: &Map<String, Value>,
) -> Result<Arguments, ApiError> {
    let segments = operation.segments(path).unwrap_or_default();
    Arguments::new(&operation.endpoint, parameters, &segments)
}

/// Some members of an object; null stays null.
fn part(value: &Value, names: &[&str]) -> Value {
    let Value::Object(members) = value else {
        return Value::Null;
    };
    let kept =
        names.iter().filter_map(|name| Some((name.to_string(), members.get(*name)?.clone())));
    Value::Object(kept.collect())
}
