//! OpenStack Nova's servers, volume attachments and server actions, as a real Nova 31.3.1 answered.

mod actions;
mod answer;
mod attach;
mod attachments;
mod detach;
mod discovery;
mod flavors;
mod host;
mod links;
mod microversion;
mod refusal;
mod request_body;
mod server_view;
mod servers;
mod target;
mod update_attachment;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use axum::routing::any;

use serde_json::Value;

use crate::endpoints;
use crate::record::query_pairs;
use crate::state::{self, Caller, NoCaller, REGION, Server, Shared, Volume, new_uuid};
use answer::{Answer, Fault};
use links::Links;
use microversion::{Microversion, Refusal};
use target::{Resource, Target};

pub(crate) fn router() -> Router<Shared> {
    endpoints::all().fold(discovery::without_version(), |router, (region, prefix)| {
        let endpoint = endpoint(region, &prefix);
        if prefix.is_empty() { router.merge(endpoint) } else { router.nest(&prefix, endpoint) }
    })
}

/// Nova of a region, at a path before the version.
fn endpoint(region: &'static str, prefix: &str) -> Router<Shared> {
    let place = Place { region, prefix: prefix.to_owned() };
    let controllers =
        any(move |shared, request, body| dispatch(place.clone(), shared, request, body));
    Router::new()
        .route("/v2/{*path}", controllers.clone())
        .route("/v2.1/{*path}", controllers)
        .merge(discovery::versions(prefix))
}

/// Which endpoint is asked.
#[derive(Clone)]
struct Place {
    region: &'static str,
    /// What stands before the version in its path.
    prefix: String,
}

/// A request to the controllers.
struct Call<'a> {
    region: &'static str,
    caller: Caller,
    server: &'a str,
    version: Option<Microversion>,
    /// Also the id of the action that it starts.
    request_id: &'a str,
    query: Vec<(String, String)>,
    links: Links,
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
    fn volume<'a>(&self, state: &'a state::State, wanted: &str) -> Option<&'a Volume> {
        let project = self.caller.project?.id;
        state.volume(wanted).filter(|it| it.region == self.region && it.project_id == project)
    }

    fn parameter(&self, wanted: &str) -> Option<&str> {
        let found = self.query.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    }

    fn limit(&self) -> Result<Option<usize>, Fault> {
        self.number("limit")
    }

    /// Not captured; the words are those of the schemas of Nova's source.
    fn number(&self, name: &str) -> Result<Option<usize>, Fault> {
        let Some(text) = self.parameter(name).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let refused = || {
            Fault::bad_request(format!(
                "Invalid input for query parameters {name}. Value: {text}. '{text}' does not match \
                 '^[0-9]*$'"
            ))
        };
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refused());
        }
        Ok(Some(text.parse().unwrap_or(usize::MAX)))
    }

    fn minor(&self) -> u32 {
        self.version.map_or(1, |version| version.minor)
    }
}

async fn dispatch(
    place: Place,
    State(shared): State<Shared>,
    request: Parts,
    body: Bytes,
) -> Response {
    let id = format!("req-{}", new_uuid());
    let mut response = answer(&place, &mut shared.lock(), &request, &body, &id);
    tell_request_id(&mut response, &id);
    response
}

/// Performs a request to the public endpoint of the first region whose answer nobody gets.
pub(crate) fn perform(state: &mut state::State, request: &Parts, body: &[u8]) {
    let place = Place { region: REGION, prefix: String::new() };
    answer(&place, state, request, body, &format!("req-{}", new_uuid()));
}

fn tell_request_id(response: &mut Response, id: &str) {
    answer::insert(response.headers_mut(), "x-openstack-request-id", id);
    answer::insert(response.headers_mut(), "x-compute-request-id", id);
}

/// The order of the checks is that of the captures: token, route, microversion, project, object.
fn answer(
    place: &Place,
    state: &mut state::State,
    request: &Parts,
    body: &[u8],
    request_id: &str,
) -> Response {
    let base_url = state.base_url.of_links(&request.headers);
    let caller = match caller(state, &request.headers) {
        Ok(caller) => caller,
        Err(NoCaller::Unauthorized) => {
            return answer::unauthorized(&base_url);
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
    let links = Links::new(
        &format!("{base_url}{}", place.prefix),
        if version.is_some() { "v2.1" } else { "v2" },
        target.project.as_deref().filter(|project| !project.is_empty()),
    );
    let foreign = foreign_project(&target, &caller);
    let call = Call {
        region: place.region,
        caller,
        server: &target.server,
        version,
        request_id,
        query: query_pairs(&request.uri),
        links,
    };
    // captured: the body of a request that needs none is ignored.
    let body = if [Method::POST, Method::PUT].contains(&request.method) { body } else { &[] };
    let answer = request_body::read(&request.headers, body).and_then(|body| match foreign {
        Some(fault) => Err(fault),
        None => operate(state, &request.method, &target.resource, &call, &body),
    });
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
    match resource {
        Resource::Attachments => [Method::GET, Method::POST].contains(method),
        Resource::Attachment(_) => [Method::GET, Method::PUT, Method::DELETE].contains(method),
        _ => *method == Method::GET,
    }
}

fn operate(
    state: &mut state::State,
    method: &Method,
    resource: &Resource,
    call: &Call<'_>,
    body: &Value,
) -> Result<Answer, Fault> {
    match resource {
        Resource::Flavors => Ok(flavors::list(call)),
        Resource::FlavorsDetail => Ok(flavors::detail(call)),
        Resource::Flavor(id) => flavors::get(call, id),
        Resource::ServersDetail => servers::detail(state, call),
        Resource::Attachments if *method == Method::POST => attach::attach(state, call, body),
        Resource::Attachment(volume) if *method == Method::PUT => {
            update_attachment::update(state, call, volume, body)
        }
        Resource::Servers => servers::list(state, call),
        Resource::Server => servers::get(state, call),
        Resource::Attachments => attachments::list(state, call),
        Resource::Attachment(volume) if *method == Method::DELETE => {
            detach::detach(state, call, volume)
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
