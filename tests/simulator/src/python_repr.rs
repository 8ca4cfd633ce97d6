//! Values as Python's `repr` writes them, which is how they are in the messages of its services.

use serde_json::Value;

pub(crate) fn python_repr(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(python_repr).collect::<Vec<_>>().join(", "))
        }
        Value::Object(members) => {
            let member = |(key, value): (&String, &Value)| {
                format!("{}: {}", quoted(key), python_repr(value))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
    }
}

/// As `str` writes them: a text is itself.
pub(crate) fn python_str(value: &Value) -> String {
    value.as_str().map_or_else(|| python_repr(value), str::to_owned)
}

fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut quoted = String::from(quote);
    for character in text.chars() {
        match character {
            '\n' => quoted += "\\n",
            '\r' => quoted += "\\r",
            '\t' => quoted += "\\t",
            '\\' => quoted += "\\\\",
            _ if character == quote => quoted.extend(['\\', quote]),
            _ if character.is_control() => quoted += &format!("\\x{:02x}", u32::from(character)),
            _ => quoted.push(character),
        }
    }
    quoted.push(quote);
    quoted
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{python_repr, python_str};

    #[test]
    fn values() {
        let value = json!({ "a": [null, true, false, 1.5, -2], "b'": "x\n\\ü\u{1}", "c": "'\"" });
        let expected = r#"{'a': [None, True, False, 1.5, -2], "b'": 'x\n\\ü\x01', 'c': '\'"'}"#;
        assert_eq!(python_repr(&value), expected);
        assert_eq!(python_str(&json!("it's")), "it's");
    }
}
