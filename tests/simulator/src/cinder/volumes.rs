//! Volumes: list, get.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::Call;
use super::answer::{Answer, Fault};
use super::volume_view::{detailed, summary};
use crate::encode::encoded;
use crate::state::{State, Volume};

/// Cinder's own limit of a page.
const MAX_PAGE: usize = 1000;

pub(super) fn list(state: &State, call: &Call) -> Result<Answer, Fault> {
    page(state, call, "volumes", summary)
}

pub(super) fn detail(state: &State, call: &Call) -> Result<Answer, Fault> {
    page(state, call, "volumes/detail", detailed)
}

pub(super) fn get(state: &State, call: &Call, id: &str) -> Result<Answer, Fault> {
    Ok(Answer::ok(json!({ "volume": detailed(call.volume(state, id)?, call) })))
}

fn page(
    state: &State,
    call: &Call,
    path: &str,
    view: fn(&Volume, &Call) -> Value,
) -> Result<Answer, Fault> {
    let limit = number(call, "limit")?.unwrap_or(MAX_PAGE).min(MAX_PAGE);
    let offset = number(call, "offset")?.unwrap_or(0);
    let mut volumes: Vec<_> =
        call.volumes(state).filter(|volume| is_wanted(volume, call)).collect();
    let count = volumes.len();
    // The latest first.
    volumes.sort_by_key(|volume| Reverse(volume.created_at));
    if let Some(marker) = call.parameter("marker") {
        let position = volumes.iter().position(|volume| volume.id == marker);
        volumes.drain(..=position.ok_or_else(|| Fault::no_such_volume(marker))?);
    }
    let volumes: Vec<_> = volumes.into_iter().skip(offset).take(limit).collect();
    let views: Value = volumes.iter().map(|volume| view(volume, call)).collect();
    let mut body = json!({ "volumes": views });
    // Cinder's source: a full page has a link to the next one, also if that is empty.
    if let Some(last) = volumes.last().filter(|_| volumes.len() == limit) {
        body["volumes_links"] = next(call, path, &last.id);
    }
    let is_counted = call.version.minor >= 45 && is_true(call.parameter("with_count"));
    if is_counted {
        body["count"] = json!(count);
    }
    Ok(Answer::ok(body))
}

fn next(call: &Call, path: &str, marker: &str) -> Value {
    let mut pairs: Vec<_> = call
        .query
        .iter()
        .filter(|(name, _)| name != "marker" && name != "offset")
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.push(format!("marker={}", encoded(marker)));
    let (endpoint, project) = (&call.endpoint, &call.project);
    let href = format!("{endpoint}/v3{project}/{path}?{}", pairs.join("&"));
    json!([{ "rel": "next", "href": href }])
}

/// Of Cinder's source: what is no filter for those who are no administrators is ignored, such as
/// `all_tenants`.
fn is_wanted(volume: &Volume, call: &Call) -> bool {
    call.query.iter().all(|(name, value)| match name.as_str() {
        "name" => *value == volume.name,
        "name~" if call.version.minor >= 31 => volume.name.contains(value.as_str()),
        "status" => *value == volume.status().name(),
        "bootable" => is_true(Some(value)) == volume.bootable,
        "metadata" => has_metadata(volume, value),
        "availability_zone" => value == "nova",
        _ => true,
    })
}

/// `{'key': 'value'}`, as Python writes it, or with double quotes; our choice: nothing else has any.
fn has_metadata(volume: &Volume, wanted: &str) -> bool {
    let wanted: Value = serde_json::from_str(&wanted.replace('\'', "\"")).unwrap_or_default();
    wanted.as_object().is_some_and(|wanted| {
        wanted
            .iter()
            .all(|(key, value)| volume.metadata.get(key).map(String::as_str) == value.as_str())
    })
}

fn is_true(text: Option<&str>) -> bool {
    let text = text.unwrap_or_default().to_lowercase();
    ["1", "t", "true", "on", "y", "yes"].contains(&text.as_str())
}

fn number(call: &Call, name: &str) -> Result<Option<usize>, Fault> {
    let Some(text) = call.parameter(name) else { return Ok(None) };
    if text.starts_with('-') && text[1..].bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::bad_request(format!("{name} param must be positive")));
    }
    let number = text.parse().map_err(|_| format!("{name} param must be an integer"));
    number.map(Some).map_err(Fault::bad_request)
}
