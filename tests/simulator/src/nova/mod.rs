//! OpenStack Nova's volume attachments and server actions, as a real Nova 31.3.1 answered.

mod actions;
mod answer;
mod attachments;
mod discovery;
mod microversion;
mod servers;
mod target;

use axum::Router;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use axum::routing::any;

use crate::state::{self, Caller, NoCaller, OTHER_REGION, REGION, Server, Shared, new_uuid};
use answer::{Answer, Fault};
use microversion::{Microversion, Refusal};
use target::{Resource, Target};

pub(crate) fn router() -> Router<Shared> {
    let mut router = endpoint(REGION, "").merge(discovery::without_version());
    // The other endpoints of the catalog. The log shows which one was asked.
    for prefix in ["/internal", "/admin"] {
        let other = format!("/{OTHER_REGION}{prefix}");
        router = router
            .nest(prefix, endpoint(REGION, prefix))
            .nest(&other, endpoint(OTHER_REGION, &other));
    }
    let other = format!("/{OTHER_REGION}");
    router.nest(&other, endpoint(OTHER_REGION, &other))
}

/// Nova of a region, at a path before the version.
fn endpoint(region: &'static str, prefix: &str) -> Router<Shared> {
    let controllers = any(move |shared, request| dispatch(region, shared, request));
    Router::new()
        .route("/v2/{*path}", controllers.clone())
        .route("/v2.1/{*path}", controllers)
        .merge(discovery::versions(prefix))
}

/// A request to the controllers.
struct Call<'a> {
    region: &'static str,
    caller: Caller,
    server: &'a str,
    version: Option<Microversion>,
    /// Also the id of the action that it starts.
    request_id: &'a str,
    query: &'a str,
}

impl Call<'_> {
    fn server<'a>(&self, state: &'a state::State) -> Result<&'a Server, Fault> {
        let mut servers = self.servers(state);
        servers.find(|server| server.id == self.server).ok_or_else(|| {
            Fault::not_found(format!("Instance {} could not be found.", self.server))
        })
    }

    /// captured: servers of other projects do not exist.
    fn servers<'a>(&self, state: &'a state::State) -> impl Iterator<Item = &'a Server> {
        let project = self.caller.project.map(|project| project.id);
        let region = self.region;
        let is_seen =
            move |server: &&Server| server.region == region && Some(server.project_id) == project;
        state.servers.iter().filter(is_seen)
    }

    /// captured: Cinder does not tell of volumes of other projects.
    fn has_volume(&self, state: &state::State, wanted: &str) -> bool {
        let mut volumes = state.volumes.iter();
        let volume = volumes.find(|volume| volume.attachment.volume_id == wanted);
        let server = volume.map(|volume| volume.attachment.server_id);
        self.servers(state).any(|seen| Some(seen.id) == server)
    }

    fn minor(&self) -> u32 {
        self.version.map_or(1, |version| version.minor)
    }
}

async fn dispatch(region: &'static str, State(shared): State<Shared>, request: Parts) -> Response {
    let id = format!("req-{}", new_uuid());
    let mut response = answer(region, &mut shared.lock(), &request, &id);
    tell_request_id(&mut response, &id);
    response
}

/// Performs a request to the public endpoint of the first region whose answer nobody gets.
pub(crate) fn perform(state: &mut state::State, request: &Parts) {
    answer(REGION, state, request, &format!("req-{}", new_uuid()));
}

fn tell_request_id(response: &mut Response, id: &str) {
    answer::insert(response.headers_mut(), "x-openstack-request-id", id);
    answer::insert(response.headers_mut(), "x-compute-request-id", id);
}

/// The order of the checks is that of the captures: token, route, microversion, project, object.
fn answer(
    region: &'static str,
    state: &mut state::State,
    request: &Parts,
    request_id: &str,
) -> Response {
    let caller = match caller(state, &request.headers) {
        Ok(caller) => caller,
        Err(NoCaller::Unauthorized) => {
            return answer::unauthorized(&state.base_url.of_links(&request.headers));
        }
        Err(NoCaller::KeystoneDown) => return answer::keystone_unavailable(),
    };
    let Some(target) = Target::of(request.uri.path()) else {
        return answer::no_such_resource(&request.headers);
    };
    if !has_method(&target.resource, &request.method) {
        return answer::no_such_resource(&request.headers);
    }
    let version = match microversion(request.uri.path(), &request.headers) {
        Ok(version) => version,
        Err(refusal) => return refusal.into_response(),
    };
    let answer = match foreign_project(&target, &caller) {
        Some(fault) => Err(fault),
        None => {
            let query = request.uri.query().unwrap_or_default();
            let call = Call { region, caller, server: &target.server, version, request_id, query };
            operate(state, &request.method, &target.resource, &call)
        }
    };
    let mut response = answer.map_or_else(Fault::into_response, Answer::into_response);
    if let Some(version) = version {
        version.tell(response.headers_mut());
    }
    response
}

fn caller(state: &mut state::State, headers: &HeaderMap) -> Result<Caller, NoCaller> {
    let token = headers.get("x-auth-token").and_then(|token| token.to_str().ok());
    let (now, down) = (state.clock.unix(), state.conditions.keystone_down);
    state.identity.caller(token.unwrap_or_default(), now, down)
}

fn has_method(resource: &Resource, method: &Method) -> bool {
    *method == Method::GET
        || (*method == Method::DELETE && matches!(resource, Resource::Attachment(_)))
}

fn operate(
    state: &mut state::State,
    method: &Method,
    resource: &Resource,
    call: &Call<'_>,
) -> Result<Answer, Fault> {
    match resource {
        Resource::Servers => servers::list(state, call),
        Resource::Server => servers::get(state, call),
        Resource::Attachments => attachments::list(state, call),
        Resource::Attachment(volume) if *method == Method::DELETE => {
            attachments::delete(state, call, volume)
        }
        Resource::Attachment(volume) => attachments::get(state, call, volume),
        Resource::Actions => actions::list(state, call),
        Resource::Action(request_id) => actions::get(state, call, request_id),
    }
}

/// captured: an empty project is as good as none.
fn foreign_project(target: &Target, caller: &Caller) -> Option<Fault> {
    let named = target.project.as_deref().filter(|project| !project.is_empty())?;
    // Not captured, but so Python writes it: an unscoped token has the project None.
    let own = caller.project.map_or("None", |project| project.id);
    (named != own).then(|| {
        Fault::bad_request(format!(
            "Malformed request URL: URL's project_id '{named}' doesn't match Context's \
             project_id '{own}'"
        ))
    })
}

/// None for `/v2`, which ignores the headers and behaves like 2.1 without telling.
fn microversion(path: &str, headers: &HeaderMap) -> Result<Option<Microversion>, Refusal> {
    if path.starts_with("/v2.1/") { Microversion::of(headers).map(Some) } else { Ok(None) }
}
