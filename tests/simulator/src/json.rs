//! JSON text.

use serde::{Deserialize, Deserializer, Serialize};

/// The compact JSON of a value.
pub(crate) fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    to_text(value).into_bytes()
}

/// The same as a string.
pub(crate) fn to_text(value: &impl Serialize) -> String {
    // Only a map with keys other than strings cannot be written, and there is none here.
    serde_json::to_string(value).unwrap_or_else(|error| error.to_string())
}

/// For a field where null means something else than its absence: `Some(None)` is a null.
pub(crate) fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Drops the white space between the tokens of a valid JSON text; everything else stays, the order
/// of keys too.
pub(crate) fn compact(text: &str) -> String {
    let mut compact = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in text.chars() {
        if in_string {
            in_string = escaped || character != '"';
            escaped = character == '\\' && !escaped;
        } else if character.is_ascii_whitespace() {
            continue;
        } else {
            in_string = character == '"';
        }
        compact.push(character);
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn compact_keeps_strings_and_order() {
        let text = "{ \"b\" : [1, 2],\n \"a \\\" b\\\\\" : \"c  d\" }";
        assert_eq!(compact(text), r#"{"b":[1,2],"a \" b\\":"c  d"}"#);
    }
}
