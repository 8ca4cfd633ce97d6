//! What serde says of a mistake, in the words of somebody who calls a function.

use serde_json::Value;

use super::written::written;
use crate::clipped::clipped;

/// `problem` is serde's message, whose words are those of `serde::de::Error`; the tests hold them.
/// `place` is that of the whole value, and `json` the text of it.
pub(super) fn explain(
    place: Option<&str>,
    path: &[String],
    problem: &str,
    given: &Value,
    json: &str,
) -> String {
    let quoted = |text: &str| -> Vec<String> {
        text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    // What was given may hold anything, also ", expected " and backticks; what is expected may not.
    let (what, expected) = problem.rsplit_once(", expected ").unwrap_or((problem, ""));
    let name =
        what.split_once('`').and_then(|(_, rest)| rest.rsplit_once('`')).map(|(name, _)| name);
    let joined = |path: &[String], name: Option<&str>| -> String {
        let steps = place.into_iter().chain(path.iter().map(String::as_str));
        steps.chain(name).collect::<Vec<_>>().join(".")
    };
    let within = |path: &[String]| joined(path, name);
    let member = || within(path);
    if what.starts_with("missing field") {
        return format!("{} is missing", member());
    }
    if what.starts_with("duplicate field") {
        // The path has its second name already.
        let outer = &path[..path.len().saturating_sub(1)];
        return format!("{} is given twice, by two of its names", within(outer));
    }
    if what.starts_with("unknown field") {
        let known = quoted(expected);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        return not_known(&member(), &known);
    }
    let argument = joined(path, None);
    let value = path.iter().fold(given, |value, key| value.get(key).unwrap_or(&Value::Null));
    // Our own types know what to say. It quotes what was given, whatever that looks like; a secret is not
    // copied here.
    if problem.starts_with("must be ") {
        return match value {
            Value::Number(number) => {
                let shown = format!("not {}", clipped(&written(json, path, value)));
                format!("{argument} {}", problem.replacen(&format!("not {number}"), &shown, 1))
            }
            _ => format!("{argument} {problem}"),
        };
    }
    let shown = written(json, path, value);
    match expected {
        "" => format!("{argument} {problem}"),
        _ if what.starts_with("unknown variant") => {
            format!("{argument} {}", wrong_as(&quoted(expected).join(" or "), value, &shown))
        }
        _ => format!("{argument} {}", wrong_as(in_words(expected), value, &shown)),
    }
}

/// serde's names of types are Rust's.
fn in_words(expected: &str) -> &str {
    match expected {
        "u64" | "usize" => "a whole number of at least 0 and below 2**64",
        "a boolean" => "true or false",
        "f64" => "a number",
        "a sequence" => "an array",
        _ if expected.starts_with("struct ") || expected.starts_with("a map") => "a JSON object",
        _ => expected,
    }
}

/// What is wrong with a value, without the argument's name.
pub(super) fn wrong(expected: &str, value: &Value) -> String {
    wrong_as(expected, value, &value.to_string())
}

fn wrong_as(expected: &str, value: &Value, shown: &str) -> String {
    let given = match value {
        Value::Array(_) | Value::Object(_) => kind(value),
        _ => shown,
    };
    format!("must be {expected}, not {}", clipped(given))
}

pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

pub(crate) fn not_known(name: &str, known: &[&str]) -> String {
    format!("{} is not known; known here: {}", clipped(name), known.join(", "))
}
