//! How malformed requests are answered, and requests that only look so: `malformed.json`, the
//! answers of the vendor's API framework.

mod common;

use common::{JSON, Sim};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    /// A method, a path, and perhaps a body: a text, or what becomes JSON.
    request: Vec<Value>,
    content_type: Option<String>,
    /// The status, the code and the description of an error.
    answer: Option<(u16, String, Option<String>)>,
    detail: Option<Value>,
    /// What a success has at some places.
    shows: Option<Map<String, Value>>,
}

/// The cases, with the ids of this simulator.
fn cases(sim: &Sim) -> Vec<Case> {
    let mut text = include_str!("malformed.json").to_owned();
    for (name, place) in [
        ("{disk}", "/disks/unassigned"),
        ("{assigned}", "/disks/attached"),
        ("{machine}", "/virtual_machine/id"),
        ("{policy}", "/disk_backup_policies/disk"),
        ("{data_center}", "/data_center"),
        ("{organization}", "/organization_id"),
    ] {
        text = text.replace(name, &sim.known(place));
    }
    serde_json::from_str(&text).expect("cases")
}

#[test]
fn malformed_requests_are_answered_as_the_framework_answers() {
    let sim = Sim::start();
    for case in cases(&sim) {
        sim.control("POST", "/reset", &Value::Null);
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let (method, path) = (text(&case.request[0]), text(&case.request[1]));
        let body = case.request.get(2).map(text).unwrap_or_default();
        let content_type = case.content_type.as_deref().unwrap_or(JSON);
        let reply = sim.katapult_text(&method, &path, content_type, &body);
        let (about, json) = (&case.about, reply.json());
        if let Some((status, code, description)) = case.answer {
            assert_eq!(reply.error(), (status, code), "{about}: {json}");
            let told = json["error"]["description"].as_str();
            assert_eq!(told, description.as_deref(), "{about}");
        } else {
            assert!(matches!(reply.status, 200 | 201), "{about}: {json}");
        }
        if let Some(detail) = case.detail {
            assert_eq!(json["error"]["detail"], detail, "{about}");
        }
        for (place, value) in case.shows.unwrap_or_default() {
            assert_eq!(json.pointer(&place), Some(&value), "{about}: {json}");
        }
    }
}
