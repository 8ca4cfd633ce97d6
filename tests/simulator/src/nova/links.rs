//! Links to Nova's objects, as its source makes them.

use serde_json::{Value, json};

use crate::encode::encoded;

pub(super) struct Links {
    /// With the version, without slash at the end; the project, if it is in the request's URL.
    own: String,
    /// Without version.
    bookmark: String,
}

impl Links {
    /// `base` is that of the endpoint, `version` as in its path.
    pub(super) fn new(base: &str, version: &str, project: Option<&str>) -> Self {
        let project = project.map_or_else(String::new, |project| format!("/{project}"));
        Self { own: format!("{base}/{version}{project}"), bookmark: format!("{base}{project}") }
    }

    pub(super) fn to(&self, collection: &str, id: &str) -> Value {
        json!([
            { "rel": "self", "href": format!("{}/{collection}/{id}", self.own) },
            self.bookmark_to(collection, id),
        ])
    }

    pub(super) fn bookmark_to(&self, collection: &str, id: &str) -> Value {
        json!({ "rel": "bookmark", "href": format!("{}/{collection}/{id}", self.bookmark) })
    }

    /// The next page of a list: the same query with another marker.
    pub(super) fn next(&self, path: &str, query: &[(String, String)], marker: &str) -> Value {
        let mut pairs: Vec<_> = query
            .iter()
            .filter(|(name, _)| name != "marker")
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        pairs.push(format!("marker={}", encoded(marker)));
        json!([{ "rel": "next", "href": format!("{}/{path}?{}", self.own, pairs.join("&")) }])
    }
}
