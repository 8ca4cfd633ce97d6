//! Values that the service marks with `"protect": true`, such as a root password, kept out of errors.

use serde_json::Value;

use crate::secrets::HIDDEN;

/// Hides the values of members that are protected, at any depth, also in texts that are JSON.
pub(crate) fn hide(value: &mut Value) {
    match value {
        Value::String(text) => hide_in_text(text),
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(members) => {
            members.values_mut().for_each(hide);
            let is_marked = |mark: &Value| !matches!(mark, Value::Null | Value::Bool(false));
            if members.get("protect").is_some_and(is_marked) {
                // A mark that is no flag may be anything.
                for name in ["value", "protect"] {
                    if let Some(member) =
                        members.get_mut(name).filter(|member| !member.is_boolean())
                    {
                        *member = HIDDEN.into();
                    }
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Cuts a text where JSON begins in it that may have a protected value.
pub(crate) fn hide_in_text(text: &mut String) {
    if is_marked(text) {
        text.truncate(json_start(text).unwrap_or(0));
        text.push_str(HIDDEN);
    }
}

/// Whether a text may be JSON, whole or in part, with a protected value.
pub(crate) fn is_marked(text: &str) -> bool {
    text.match_indices("protect").any(|(place, word)| {
        let after = text[place + word.len()..].trim_start();
        after.starts_with(['"', '\\', '&', '%', '\'', ':', '='])
    })
}

/// Where JSON begins in a text of another kind: in HTML, behind a warning.
pub(crate) fn json_start(text: &str) -> Option<usize> {
    let is_within =
        |after: &str| after.trim_start().starts_with(['"', '{', '[', '\\', '&', '\'', '%']);
    text.match_indices(['{', '['])
        .map(|(place, _)| place)
        .find(|place| is_within(&text[place + 1..]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::hide;

    #[test]
    fn a_protected_value_is_hidden_wherever_it_is() {
        let attribute = |value: &str, protect: serde_json::Value| json!({"key": "k", "value": value, "protect": protect});
        let mut value = json!({
            "disk": {"attributes": [attribute("R00t", true.into()), attribute("web", false.into())]},
            "mark": attribute("R00t", "R00t".into()),
            "text": "a page with {\"value\": \"R00t\", \"protect\": true}",
            "other": "DDoS protection by us [1] {color: red}",
        });
        hide(&mut value);
        assert_eq!(value["disk"]["attributes"][0]["value"], "[secret]");
        assert_eq!(value["disk"]["attributes"][1]["value"], "web");
        assert_eq!(value["text"], "a page with [secret]");
        assert_eq!(value["other"], "DDoS protection by us [1] {color: red}");
        assert!(!value.to_string().contains("R00t"), "{value}");
    }
}
