//! Which versions there are. captured: no token is needed.

use axum::Router;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use serde_json::{Value, json};

use super::microversion::{LATEST, Microversion};
use crate::python_json::python_json;
use crate::state::{Shared, new_uuid};

/// `/v2` and `/v2.1`, with a slash or without.
pub(super) fn versions(prefix: &str) -> Router<Shared> {
    let (prefix, other) = (prefix.to_owned(), prefix.to_owned());
    let old = get(async move |State(shared): State<Shared>, headers: HeaderMap| {
        one(&shared, &headers, &prefix, false)
    });
    let current = get(async move |State(shared): State<Shared>, headers: HeaderMap| {
        current(&shared, &headers, &other)
    });
    Router::new()
        .route("/v2", old.clone())
        .route("/v2/", old)
        .route("/v2.1", current.clone())
        .route("/v2.1/", current)
}

pub(super) fn without_version() -> Router<Shared> {
    Router::new().route("/", get(root)).route("/servers/{*path}", any(choices))
}

async fn root(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let base = &shared.lock().base_url.of_links(&headers);
    let [old, current] =
        [false, true].map(|current| with_self_link(base, version(current), current));
    json_response(StatusCode::OK, &json!({ "versions": [old, current] }))
}

/// captured: a path without version is answered with what it could have been.
async fn choices(State(shared): State<Shared>, request: Parts) -> Response {
    let base = &shared.lock().base_url.of_links(&request.headers);
    let choices = [false, true].map(|current| {
        let all = version(current);
        json!({
            "id": all["id"],
            "status": all["status"],
            "links": [{
                "rel": "self",
                "href": format!("{base}/{}{}", path_of(current), request.uri.path()),
            }],
            "media-types": media_types(current),
        })
    });
    json_response(StatusCode::MULTIPLE_CHOICES, &json!({ "choices": choices }))
}

fn current(shared: &Shared, headers: &HeaderMap, prefix: &str) -> Response {
    let mut response = one(shared, headers, prefix, true);
    Microversion { minor: 1 }.tell(response.headers_mut());
    response
}

fn one(shared: &Shared, headers: &HeaderMap, prefix: &str, current: bool) -> Response {
    let base = format!("{}{prefix}", shared.lock().base_url.of_links(headers));
    let mut version = with_self_link(&base, version(current), current);
    if let Some(links) = version["links"].as_array_mut() {
        links.push(json!({
            "rel": "describedby",
            "type": "text/html",
            "href": "http://docs.openstack.org/",
        }));
    }
    version["media-types"] = media_types(current);
    let mut response = json_response(StatusCode::OK, &json!({ "version": version }));
    super::tell_request_id(&mut response, &format!("req-{}", new_uuid()));
    response
}

fn version(current: bool) -> Value {
    if current {
        json!({
            "id": "v2.1",
            "status": "CURRENT",
            "version": format!("2.{LATEST}"),
            "min_version": "2.1",
            "updated": "2013-07-23T11:33:21Z",
        })
    } else {
        json!({
            "id": "v2.0",
            "status": "SUPPORTED",
            "version": "",
            "min_version": "",
            "updated": "2011-01-21T11:33:21Z",
        })
    }
}

fn with_self_link(base: &str, mut version: Value, current: bool) -> Value {
    let href = format!("{base}/{}/", path_of(current));
    version["links"] = json!([{ "rel": "self", "href": href }]);
    version
}

fn path_of(current: bool) -> &'static str {
    if current { "v2.1" } else { "v2" }
}

fn media_types(current: bool) -> Value {
    let version = if current { "2.1" } else { "2" };
    json!([{
        "base": "application/json",
        "type": format!("application/vnd.openstack.compute+json;version={version}"),
    }])
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], python_json(body)).into_response()
}
