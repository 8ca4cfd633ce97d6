//! Checks parameters against the definitions of an endpoint's arguments, as the vendor's framework
//! does: all of them, before the endpoint does anything.

use serde_json::{Map, Value};

use super::Endpoint;
use super::argument::{Argument, Kind};
use super::argument_error::{Issue, Place};
use super::error::ApiError;

const INTEGER: &str = "Integer must be provided as an integer or a string only containing numbers";
const BOOLEAN: &str = "Boolean must be provided as a boolean, as a string containing true or \
                       false or as 0 or 1 as an integer.";
const TIME: &str = "Time must be provided as an integer";
const NEGATIVE_TIME: &str = "Integer must be positive or zero";

/// The arguments that are defined, in their own types; null counts as absent. `segments` are those
/// of the path that stand for an argument.
pub(super) fn check(
    endpoint: &Endpoint,
    given: &Map<String, Value>,
    segments: &[(&str, &str)],
) -> Result<Map<String, Value>, ApiError> {
    let set = format!("Endpoints/{}/BaseArgumentSet", endpoint.id);
    members(&set, endpoint.arguments, given, segments, &[])
}

fn members(
    set: &str,
    arguments: &[Argument],
    given: &Map<String, Value>,
    segments: &[(&str, &str)],
    parents: &[&'static str],
) -> Result<Map<String, Value>, ApiError> {
    let mut checked = Map::new();
    for argument in arguments {
        let place = Place { set, argument, path: [parents, &[argument.name]].concat() };
        let value = match given.get(argument.name) {
            Some(value) => value.clone(),
            None => absent(argument, segments),
        };
        if value.is_null() {
            if argument.is_required {
                return Err(place.missing());
            }
            continue;
        }
        checked.insert(argument.name.to_owned(), whole(&place, &value)?);
    }
    Ok(checked)
}

fn of_set(name: &str) -> String {
    format!("ArgumentSets/{name}")
}

/// recorded: what is not given may be in the path, as an id.
fn absent(argument: &Argument, segments: &[(&str, &str)]) -> Value {
    let segment = segments.iter().find(|(name, _)| *name == argument.name);
    match (segment, argument.kind, argument.default) {
        (Some((_, segment)), Kind::Lookup(_, [first, ..]), _) => {
            Map::from_iter([(first.to_string(), Value::from(*segment))]).into()
        }
        (Some((_, segment)), ..) => Value::from(*segment),
        (None, _, Some(default)) => default.into(),
        (None, _, None) => Value::Null,
    }
}

fn whole(place: &Place<'_>, value: &Value) -> Result<Value, ApiError> {
    match (place.argument.is_array, value) {
        (false, _) => one(place, value, None),
        (true, Value::Array(items)) => {
            let items = items.iter().enumerate().map(|(index, item)| match item {
                Value::Null => Ok(Value::Null),
                item => one(place, item, Some(index)),
            });
            items.collect()
        }
        (true, _) => Err(place.invalid(Issue::ArrayExpected, None)),
    }
}

fn one(place: &Place<'_>, value: &Value, index: Option<usize>) -> Result<Value, ApiError> {
    let parse_error = |message| Issue::ParseError(message);
    let checked = match place.argument.kind {
        Kind::Text => value.as_str().map(Value::from).ok_or(Issue::InvalidScalar),
        Kind::Integer => integer(value).map(Value::from).ok_or(parse_error(INTEGER)),
        Kind::Count(most) => match integer(value) {
            Some(count) => limited(count, most).map(Value::from),
            None => Err(parse_error(INTEGER)),
        },
        Kind::Time => match value.as_i64() {
            Some(..0) => Err(parse_error(NEGATIVE_TIME)),
            Some(time) => Ok(time.into()),
            None => Err(parse_error(TIME)),
        },
        Kind::Boolean => boolean(value).map(Value::from).ok_or(parse_error(BOOLEAN)),
        Kind::OneOf(words) => match value.as_str() {
            Some(word) if words.contains(&word) => Ok(value.clone()),
            _ => Err(Issue::InvalidEnumValue),
        },
        Kind::Object(set, arguments) => match value {
            Value::Object(given) => {
                return Ok(members(&of_set(set), arguments, given, &[], &place.path)?.into());
            }
            _ => Err(Issue::ObjectExpected),
        },
        Kind::Lookup(set, keys) => match value {
            Value::Object(given) => return lookup(place, set, keys, given, index),
            _ => Err(Issue::ObjectExpected),
        },
    };
    checked.map_err(|issue| place.invalid(issue, index))
}

/// An object with one key. A key that is null identifies nothing, but is not absent.
fn lookup(
    place: &Place<'_>,
    set: &'static str,
    keys: &[&'static str],
    given: &Map<String, Value>,
    index: Option<usize>,
) -> Result<Value, ApiError> {
    let (mut found, mut is_null) = (Map::new(), false);
    for key in keys {
        match given.get(*key) {
            None => {}
            Some(Value::Null) => is_null = true,
            Some(Value::String(text)) => {
                found.insert(key.to_string(), text.as_str().into());
            }
            Some(_) => {
                let argument = Argument::new(key, Kind::Text);
                let path = [&place.path[..], &[key]].concat();
                let place = Place { set: &of_set(set), argument: &argument, path };
                return Err(place.invalid(Issue::InvalidScalar, None));
            }
        }
    }
    match (found.len(), is_null, keys) {
        (0, true, [first, ..]) => Ok(Map::from_iter([(first.to_string(), "".into())]).into()),
        (0, ..) => Err(place.invalid(Issue::MissingLookupValue, index)),
        (1, ..) => Ok(found.into()),
        _ => Err(place.invalid(Issue::AmbiguousLookupValues, index)),
    }
}

fn integer(value: &Value) -> Option<i64> {
    let Value::String(text) = value else {
        return value.as_i64().or_else(|| value.is_u64().then_some(i64::MAX));
    };
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    // Where the service's integers are longer than these, the longest stands for them.
    let longest = if text.starts_with('-') { i64::MIN } else { i64::MAX };
    Some(text.parse().unwrap_or(longest))
}

/// The name of the limit is the framework's own, whatever the limit is.
fn limited(count: i64, most: Option<i64>) -> Result<i64, Issue> {
    if count <= 0 {
        Err(Issue::ValidationErrors("greater_than_zero"))
    } else if most.is_some_and(|most| count > most) {
        Err(Issue::ValidationErrors("less_than_or_equal_to_one_hundred"))
    } else {
        Ok(count)
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::String(text) => match text.as_str() {
            "true" | "yes" | "1" => Some(true),
            "false" | "no" | "0" => Some(false),
            _ => None,
        },
        Value::Number(number) if number.as_f64() == Some(1.0) => Some(true),
        Value::Number(number) if number.as_f64() == Some(0.0) => Some(false),
        _ => None,
    }
}
