//! OpenStack Nova's volume attachments, as a real Nova 31.3.1 answered.

mod answer;
mod attachments;
mod microversion;

use axum::Router;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use percent_encoding::percent_decode_str;

use crate::state::{OPENSTACK_TOKEN, PROJECT_ID, Shared, new_uuid};
use answer::{Answer, Fault};
use microversion::{Microversion, Refusal};

pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/v2/{*path}", any(dispatch)).route("/v2.1/{*path}", any(dispatch))
}

/// What the path says, after the version.
struct Target {
    project: Option<String>,
    server: String,
    volume: Option<String>,
}

async fn dispatch(State(shared): State<Shared>, request: Parts) -> Response {
    let mut response = answer(&shared, &request);
    let id = format!("req-{}", new_uuid());
    answer::insert(response.headers_mut(), "x-openstack-request-id", &id);
    answer::insert(response.headers_mut(), "x-compute-request-id", &id);
    response
}

/// The order of the checks is that of the captures: token, route, microversion, project, object.
fn answer(shared: &Shared, request: &Parts) -> Response {
    let mut state = shared.lock();
    if request.headers.get("x-auth-token").is_none_or(|token| token != OPENSTACK_TOKEN) {
        return answer::unauthorized(&state.base_url);
    }
    let Some(target) = target(request.uri.path()) else {
        return answer::no_such_resource(&request.headers);
    };
    let operation = match (&request.method, &target.volume) {
        (&Method::GET, None) => attachments::list,
        (&Method::GET, Some(_)) => attachments::get,
        (&Method::DELETE, Some(_)) => attachments::delete,
        _ => return answer::no_such_resource(&request.headers),
    };
    let version = match microversion(request.uri.path(), &request.headers) {
        Ok(version) => version,
        Err(refusal) => return refusal.into_response(),
    };
    let answer = match target.project.as_deref() {
        // captured: an empty project is as good as none.
        None | Some("" | PROJECT_ID) => operation(&mut state, &target, version),
        Some(project) => Err(Fault::bad_request(format!(
            "Malformed request URL: URL's project_id '{project}' doesn't match Context's \
             project_id '{PROJECT_ID}'"
        ))),
    };
    let mut response = answer.map_or_else(Fault::into_response, Answer::into_response);
    if let Some(version) = version {
        version.tell(response.headers_mut());
    }
    response
}

/// None for `/v2`, which ignores the headers and behaves like 2.1 without telling.
fn microversion(path: &str, headers: &HeaderMap) -> Result<Option<Microversion>, Refusal> {
    if path.starts_with("/v2.1/") { Microversion::of(headers).map(Some) } else { Ok(None) }
}

fn target(path: &str) -> Option<Target> {
    let decoded: Vec<_> = path
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    let segments: Vec<&str> = decoded.iter().map(String::as_str).collect();
    // The path begins with a slash and the version.
    let (project, rest) = match segments.get(2..)? {
        ["servers", rest @ ..] => (None, rest),
        [project, "servers", rest @ ..] if is_project(project) => (Some(*project), rest),
        _ => return None,
    };
    let (server, volume) = match rest {
        [server, "os-volume_attachments"] => (server, None),
        [server, "os-volume_attachments", volume] if !volume.is_empty() => (server, Some(*volume)),
        _ => return None,
    };
    Some(Target {
        project: project.map(str::to_owned),
        server: (*server).to_owned(),
        volume: volume.map(str::to_owned),
    })
}

/// captured: upper-case digits or other letters are no route at all.
fn is_project(segment: &str) -> bool {
    segment.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}
