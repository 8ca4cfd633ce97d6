//! OpenStack's Cinder: volumes. Two answers were captured of a Cinder 26.3; the rest is of its source
//! and its documents.

mod answer;
mod create;
mod delete;
mod discovery;
mod microversion;
mod target;
mod volume_view;
mod volumes;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

use crate::endpoints;
use crate::record::query_pairs;
use crate::state::{self, Caller, NoCaller, Shared, Volume, new_uuid};
use answer::{Answer, Fault, insert, no_such_resource, unauthorized, unavailable};
use microversion::Microversion;
use target::{Resource, Target};

/// The endpoints of the catalog, of which each has a URL of its own.
pub(crate) fn router() -> Router<Shared> {
    endpoints::all().fold(Router::new(), |router, (region, prefix)| {
        router.merge(endpoint(region, &format!("{prefix}/volume")))
    })
}

fn endpoint(region: &'static str, prefix: &str) -> Router<Shared> {
    let (root, place) = (prefix.to_owned(), Place { region, prefix: prefix.to_owned() });
    let versions = get(async move |State(shared): State<Shared>, request: Parts| {
        discovery::all(&shared.lock().base_url.of_links(&request.headers), &root)
    });
    let controllers =
        any(move |shared, request, body| dispatch(place.clone(), shared, request, body));
    Router::new()
        .route(prefix, versions.clone())
        .route(&format!("{prefix}/"), versions)
        .route(&format!("{prefix}/v3"), controllers.clone())
        .route(&format!("{prefix}/v3/"), controllers.clone())
        .route(&format!("{prefix}/v3/{{*path}}"), controllers)
}

/// Which endpoint is asked.
#[derive(Clone)]
struct Place {
    region: &'static str,
    /// What stands before the version in its path.
    prefix: String,
}

/// A request to the controllers.
struct Call {
    region: &'static str,
    caller: Caller,
    version: Microversion,
    query: Vec<(String, String)>,
    /// The URL of the endpoint, without version.
    endpoint: String,
    /// As it is in the URL, with a slash before it.
    project: String,
}

impl Call {
    /// Those of other projects do not exist.
    fn volumes<'a>(&self, state: &'a state::State) -> impl Iterator<Item = &'a Volume> {
        let project = self.caller.project.map(|project| project.id);
        let region = self.region;
        let is_seen =
            move |volume: &&Volume| volume.region == region && Some(volume.project_id) == project;
        state.volumes.iter().filter(is_seen)
    }

    fn volume<'a>(&self, state: &'a state::State, wanted: &str) -> Result<&'a Volume, Fault> {
        let found = self.volumes(state).find(|volume| volume.id == wanted);
        found.ok_or_else(|| Fault::no_such_volume(wanted))
    }

    fn parameter(&self, wanted: &str) -> Option<&str> {
        let found = self.query.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    }
}

async fn dispatch(
    place: Place,
    State(shared): State<Shared>,
    request: Parts,
    body: Bytes,
) -> Response {
    let id = format!("req-{}", new_uuid());
    let mut response = answer(&place, &mut shared.lock(), &request, &body);
    insert(response.headers_mut(), "x-compute-request-id", &id);
    insert(response.headers_mut(), "x-openstack-request-id", &id);
    response
}

fn answer(place: &Place, state: &mut state::State, request: &Parts, body: &[u8]) -> Response {
    let base_url = state.base_url.of_links(&request.headers);
    let token = request.headers.get("x-auth-token").and_then(|token| token.to_str().ok());
    let (now, down) = (state.clock.unix(), state.conditions.keystone_down);
    // Its middleware is the one of Nova, and has its own cache in reality.
    let caller = match state.identity.caller(token.unwrap_or_default(), now, down) {
        Ok(caller) if !caller.revoked_unnoticed => caller,
        Ok(_) | Err(NoCaller::Unauthorized) => return unauthorized(&base_url),
        Err(NoCaller::KeystoneDown) => return unavailable(),
    };
    if state.conditions.cinder_down {
        return unavailable();
    }
    let path = request.uri.path().strip_prefix(&format!("{}/v3", place.prefix)).unwrap_or_default();
    let Some(target) = Target::of(path).filter(|target| target.resource.has(&request.method))
    else {
        return no_such_resource();
    };
    let version = match Microversion::of(&request.headers) {
        Ok(version) => version,
        Err(fault) => return fault.into_response(),
    };
    let endpoint = format!("{base_url}{}", place.prefix);
    let project = target.project.as_deref();
    let own = caller.project.map(|project| project.id);
    let answer = if project.is_some() && project != own {
        Err(Fault::bad_request("Malformed request url".into()))
    } else {
        let project = project.map_or_else(String::new, |project| format!("/{project}"));
        let (region, query) = (place.region, query_pairs(&request.uri));
        let call = Call { region, caller, version, query, endpoint, project };
        operate(state, &request.method, &target.resource, &call, body)
    };
    let mut response = answer.map_or_else(Fault::into_response, Answer::into_response);
    version.tell(response.headers_mut());
    response
}

fn operate(
    state: &mut state::State,
    method: &Method,
    resource: &Resource,
    call: &Call,
    body: &[u8],
) -> Result<Answer, Fault> {
    match resource {
        Resource::Versions => Ok(discovery::current(&call.endpoint)),
        Resource::Volumes if *method == Method::POST => create::create(state, call, body),
        Resource::Volumes => volumes::list(state, call),
        Resource::VolumesDetail => volumes::detail(state, call),
        Resource::Volume(id) if *method == Method::DELETE => delete::delete(state, call, id),
        Resource::Volume(id) => volumes::get(state, call, id),
    }
}
