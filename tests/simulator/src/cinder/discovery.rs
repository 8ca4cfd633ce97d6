//! Which versions there are.

use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::answer::Answer;
use super::microversion::LATEST;

/// Without a version in the URL, and without token.
pub(super) fn all(base_url: &str, prefix: &str) -> Response {
    Answer::choices(versions(&format!("{base_url}{prefix}"))).into_response()
}

pub(super) fn current(endpoint: &str) -> Answer {
    Answer::ok(versions(endpoint))
}

fn versions(endpoint: &str) -> Value {
    json!({
        "versions": [{
            "id": "v3.0",
            "status": "CURRENT",
            "version": format!("3.{LATEST}"),
            "min_version": "3.0",
            "updated": "2023-08-31T00:00:00Z",
            "links": [
                { "rel": "describedby", "type": "text/html", "href": "https://docs.openstack.org/" },
                { "rel": "self", "href": format!("{endpoint}/v3/") },
            ],
            "media-types": [{
                "base": "application/json",
                "type": "application/vnd.openstack.volume+json;version=3",
            }],
        }],
    })
}
