//! Numbers in messages as the caller wrote them: serde_json's `1e23` is no longer the caller's
//! `100000000000000000000000`.

use serde_json::Value;

use crate::strict_json;

/// A value as it is shown in messages; `json` is the text in which it stands at `path`.
pub(super) fn written(json: &str, path: &[String], value: &Value) -> String {
    match value {
        Value::Number(_) => at(json, path).unwrap_or_else(|| value.to_string()),
        _ => value.to_string(),
    }
}

/// What stands at a path; `None` if the value came beside the text.
fn at(json: &str, path: &[String]) -> Option<String> {
    let mut part = json;
    for key in path {
        let members = strict_json::members("", part).ok()??;
        part = members.into_iter().find(|(name, _)| name == key)?.1.get();
    }
    Some(part.trim().to_owned())
}
