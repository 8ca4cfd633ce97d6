//! How much memory something takes, as far as it matters.

use serde_json::Value;

const NODE: usize = size_of::<Value>();
/// What a member takes beside its name and its value.
const MEMBER: usize = 64;

/// About how many bytes a value takes.
pub(super) fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => NODE + text.len(),
        Value::Array(items) => NODE + items.iter().map(weight).sum::<usize>(),
        Value::Object(members) => {
            NODE + members
                .iter()
                .map(|(name, value)| MEMBER + name.len() + weight(value))
                .sum::<usize>()
        }
        _ => NODE,
    }
}
