//! Which versions there are.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::answer::success;
use crate::state::Shared;

pub(super) async fn root(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let base_url = &shared.lock().base_url.of_links(&headers);
    let body = json!({ "versions": { "values": [version(base_url)] } });
    let mut response = success(StatusCode::MULTIPLE_CHOICES, &body, "");
    if let Ok(location) = HeaderValue::from_str(&location(base_url)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

pub(super) async fn v3(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    success(
        StatusCode::OK,
        &json!({ "version": version(&shared.lock().base_url.of_links(&headers)) }),
        "",
    )
}

fn version(base_url: &str) -> Value {
    json!({
        "id": "v3.14",
        "status": "stable",
        "updated": "2020-04-07T00:00:00Z",
        "links": [{ "rel": "self", "href": location(base_url) }],
        "media-types": [{
            "base": "application/json",
            "type": "application/vnd.openstack.identity-v3+json",
        }],
    })
}

fn location(base_url: &str) -> String {
    format!("{base_url}/identity/v3/")
}
