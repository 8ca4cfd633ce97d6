//! Tells requests apart that have the same idempotency key.

use ring::digest;
use serde_json::Value;

/// In bytes, of a SHA-256. Only mistakes are told apart, no attacks.
const LENGTH: usize = 16;

/// A fingerprint of arguments, as hexadecimal digits. It does not depend on the order of members.
pub(super) fn fingerprint(arguments: &Value) -> String {
    let mut text = String::new();
    write_sorted(arguments, &mut text);
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    digest.as_ref()[..LENGTH].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write_sorted(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in members {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write_sorted(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write_sorted(item, text);
                text.push(',');
            }
            text.push(']');
        }
        _ => text.push_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use serde_json::json;

    #[test]
    fn the_order_of_members_does_not_matter() {
        let one = fingerprint(&json!({"name": "a", "size_in_gb": 20, "x": {"b": 1, "a": [1, 2]}}));
        assert_eq!(
            one,
            fingerprint(&json!({"x": {"a": [1, 2], "b": 1}, "size_in_gb": 20, "name": "a"}))
        );
        assert_ne!(
            one,
            fingerprint(&json!({"x": {"a": [2, 1], "b": 1}, "size_in_gb": 20, "name": "a"}))
        );
        assert_ne!(
            fingerprint(&json!({"size_in_gb": 20})),
            fingerprint(&json!({"size_in_gb": 21}))
        );
    }

    #[test]
    fn it_stays_the_same_in_later_versions() {
        let known = fingerprint(&json!({"name": "data", "size_in_gb": 20}));
        assert_eq!(known, "cfdb03e74eed3ffa3086c644d5ddf509");
    }
}
