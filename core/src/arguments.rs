//! Arguments that come as JSON, read by serde: each error names the argument, says what it may be,
//! and what was given.

use std::cell::RefCell;
use std::time::Duration;

use serde::Deserialize;
use serde::de::value::Error as ValueError;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess,
    Unexpected, Visitor,
};
use serde_json::{Map, Value};

use crate::clipped::clipped;
use crate::strict_json;
use crate::{Error, Result, secret};

/// Reads the arguments of a call: an operation, such as [`ResizeDisk`](crate::ResizeDisk), or a
/// workflow. `request_json` is how they come from C, as one JSON object; a null in it counts as not
/// given. `named` are arguments that were given beside it, such as `("disk", "disk_…")`.
///
/// # Errors
/// `InvalidArgument`, naming the argument.
pub fn from_json<T: DeserializeOwned>(request_json: &str, named: &[(&str, Value)]) -> Result<T> {
    read(members(request_json, named, fields::<T>())?)
}

fn members(
    request_json: &str,
    named: &[(&str, Value)],
    fields: &'static [&'static str],
) -> Result<Map<String, Value>> {
    let Value::Object(mut members) = strict_json::parse("request_json", request_json)? else {
        return Err(Error::invalid_argument("request_json must be a JSON object"));
    };
    // What annotations say is the caller's own: an annotation without a value is a mistake.
    let others = members.iter_mut().filter(|(name, _)| *name != "annotations");
    others.for_each(|(_, value)| remove_nulls(value));
    members.retain(|_, value| !value.is_null());
    for (name, value) in named {
        if members.insert((*name).to_owned(), value.clone()).is_some() {
            return Err(Error::invalid_argument(format!(
                "{name} is given twice: in request_json, too"
            )));
        }
    }
    let is_named = |name: &&str| named.iter().any(|(known, _)| known == name);
    let known: Vec<&str> = fields.iter().copied().filter(|name| !is_named(name)).collect();
    match members.keys().find(|key| !fields.contains(&key.as_str())) {
        Some(unknown) => Err(Error::invalid_argument(not_known(unknown, &known))),
        None => Ok(members),
    }
}

fn not_known(name: &str, known: &[&str]) -> String {
    format!("{} is not known; known here: {}", clipped(name), known.join(", "))
}

/// Reads the options of a client, whose members are the fields of two types. `argument` is how
/// messages call the text, which may hold what is secret: it is wiped afterwards.
pub(crate) fn options<A, B>(argument: &str, json: &str) -> Result<(A, B)>
where
    A: DeserializeOwned,
    B: DeserializeOwned,
{
    let mut members = match strict_json::parse(argument, json)? {
        Value::Object(members) => members,
        // Not the value itself: whoever passes a bare token here should not find it in a log.
        mut other => {
            let text = format!("{argument} must be a JSON object, not {}", kind(&other));
            secret::wipe(&mut other);
            return Err(Error::invalid_argument(text));
        }
    };
    let known: Vec<&str> = fields::<A>().iter().chain(fields::<B>()).copied().collect();
    let unknown = members.keys().find(|key| !known.contains(&key.as_str()));
    if let Some(text) = unknown.map(|unknown| not_known(unknown, &known)) {
        members.values_mut().for_each(secret::wipe);
        return Err(Error::invalid_argument(text));
    }
    // Null is not given, but of a time limit it is none.
    members.retain(|key, value| !value.is_null() || key.ends_with("timeout"));
    let (first, second): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|(key, _)| fields::<A>().contains(&key.as_str()));
    let first = read(first.into_iter().collect());
    let second = read(second.into_iter().collect());
    Ok((first?, second?))
}

/// The names of a struct's fields, as serde reads them.
fn fields<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut fields: &[&str] = &[];
    // It ends in an error, since there is nothing to read.
    drop(T::deserialize(FieldNames(&mut fields)));
    fields
}

struct FieldNames<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for FieldNames<'_> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> std::result::Result<V::Value, ValueError> {
        Err(ValueError::custom("only for the names of fields"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> std::result::Result<V::Value, ValueError> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

fn read<T: DeserializeOwned>(members: Map<String, Value>) -> Result<T> {
    let mut given = Value::Object(members);
    let path = RefCell::default();
    let read = T::deserialize(Argument { value: &given, path: &path })
        .map_err(|error| wrong_argument(&path.borrow(), &error, &given));
    secret::wipe(&mut given);
    read
}

fn wrong_argument(path: &[String], error: &serde_json::Error, given: &Value) -> Error {
    Error::invalid_argument(explain(path, &error.to_string(), given))
}

/// A value that is read as an argument: a struct is an object, never an array of its fields. `path` has
/// the keys on the way to it; after a mistake it leads to the place of the mistake.
#[derive(Clone, Copy)]
struct Argument<'a> {
    value: &'a Value,
    path: &'a RefCell<Vec<String>>,
}

impl<'de> Deserializer<'de> for Argument<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> serde_json::Result<V::Value> {
        self.value.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> serde_json::Result<V::Value> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> serde_json::Result<V::Value> {
        match self.value {
            Value::Object(members) => {
                visitor.visit_map(Members { rest: members.iter(), next: None, path: self.path })
            }
            _ => Err(serde_json::Error::invalid_type(Unexpected::Other("no object"), &visitor)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The members of an object that is read as a struct.
struct Members<'a> {
    rest: serde_json::map::Iter<'a>,
    next: Option<&'a Value>,
    path: &'a RefCell<Vec<String>>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> serde_json::Result<Option<K::Value>> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.next = Some(value);
        // A key that is not known is in serde's message, and does not belong to the path.
        let read = seed.deserialize(key.as_str().into_deserializer())?;
        self.path.borrow_mut().push(key.clone());
        Ok(Some(read))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> serde_json::Result<V::Value> {
        let value = self.next.take().unwrap_or(&Value::Null);
        let read = seed.deserialize(Argument { value, path: self.path })?;
        self.path.borrow_mut().pop();
        Ok(read)
    }
}

pub(crate) fn remove_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(remove_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_nulls),
        _ => {}
    }
}

/// What serde says of a mistake, in the words of somebody who calls a function. (The words of serde
/// that this takes apart are those of `serde::de::Error`; the tests hold them.)
fn explain(path: &[String], problem: &str, given: &Value) -> String {
    let quoted = |text: &str| -> Vec<String> {
        text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let (what, expected) = problem.split_once(", expected ").unwrap_or((problem, ""));
    let names = quoted(what);
    let within =
        |path: &[String]| path.iter().chain(names.first()).cloned().collect::<Vec<_>>().join(".");
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
    let argument = path.join(".");
    let value = path.iter().fold(given, |value, key| value.get(key).unwrap_or(&Value::Null));
    match expected {
        "" => format!("{argument} {problem}"),
        _ if what.starts_with("unknown variant") => {
            wrong(&argument, &quoted(expected).join(" or "), value)
        }
        _ => wrong(&argument, in_words(expected), value),
    }
}

/// serde's names of types are Rust's.
fn in_words(expected: &str) -> &str {
    match expected {
        "u64" => "a whole number of at least 0 and below 2**64",
        "a boolean" => "true or false",
        "a sequence" => "an array",
        _ if expected.starts_with("struct ") || expected.starts_with("a map") => "a JSON object",
        _ => expected,
    }
}

fn wrong(argument: &str, expected: &str, value: &Value) -> String {
    let given = match value {
        Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
        _ => value.to_string(),
    };
    format!("{argument} must be {expected}, not {}", clipped(&given))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A limit in seconds as users give it: infinity is no limit.
///
/// # Errors
/// `InvalidArgument` for what is negative or no number, naming `argument`.
pub fn seconds_limit(argument: &str, seconds: f64) -> Result<Option<Duration>> {
    if seconds.is_nan() || seconds < 0.0 {
        return Err(Error::invalid_argument(format!(
            "{argument} must be a number of seconds of at least 0, not {seconds}"
        )));
    }
    // Longer than a Duration or an Instant can count is as good as no limit.
    const CENTURY: f64 = 100.0 * 365.25 * 86_400.0;
    Ok((seconds < CENTURY).then(|| Duration::from_secs_f64(seconds)))
}

/// `#[serde(deserialize_with)]` for a limit in seconds; null is no limit.
pub(crate) fn seconds<'de, D>(deserializer: D) -> std::result::Result<Option<Duration>, D::Error>
where
    D: Deserializer<'de>,
{
    let wrong = |given: String| {
        D::Error::custom(format!("must be a number of seconds of at least 0, or null, not {given}"))
    };
    let given = Value::deserialize(deserializer)?;
    match given.as_f64() {
        None if given.is_null() => Ok(None),
        None => Err(wrong(clipped(&given.to_string()).into_owned())),
        Some(seconds) => seconds_limit("", seconds).map_err(|_| wrong(seconds.to_string())),
    }
}

/// Refuses 0 for a number that counts something, or begins at 1.
pub(crate) fn at_least_one(argument: &str, number: Option<u64>) -> Result<()> {
    match number {
        Some(0) => Err(Error::invalid_argument(format!("{argument} must be at least 1, not 0"))),
        _ => Ok(()),
    }
}

/// `#[serde(skip_serializing_if)]` for a flag that is only sent when it is set.
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::{from_json, seconds_limit};
    use crate::{CreateDisk, DiskRef, GetDisk, ListDisks, ResizeDisk, ResizeMethod};

    fn resize(request: &str) -> Result<ResizeDisk, String> {
        from_json(request, &[("disk", json!("disk_x"))])
            .map_err(|error| error.description().to_owned())
    }

    #[test]
    fn an_operation_is_read_from_the_api_s_own_body() {
        let resize = resize(r#"{"size_in_gb": 40, "resize_method": "online"}"#).unwrap();
        assert_eq!(resize.disk, DiskRef::from("disk_x"));
        assert_eq!((resize.size_in_gb, resize.method), (40, Some(ResizeMethod::Online)));
    }

    #[test]
    fn each_mistake_names_its_argument_and_says_what_to_give() {
        let table = [
            ("{}", "size_in_gb is missing"),
            (r#"{"size_in_gb": null}"#, "size_in_gb is missing"),
            (
                r#"{"size_in_gb": "40"}"#,
                "size_in_gb must be a whole number of at least 0 and below 2**64, not \"40\"",
            ),
            (
                r#"{"size_in_gb": -1}"#,
                "size_in_gb must be a whole number of at least 0 and below 2**64, not -1",
            ),
            (
                r#"{"size_in_gb": 4.5}"#,
                "size_in_gb must be a whole number of at least 0 and below 2**64, not 4.5",
            ),
            (
                r#"{"size_in_gb": [4]}"#,
                "size_in_gb must be a whole number of at least 0 and below 2**64, not an array",
            ),
            (
                r#"{"size_in_gb": 4, "method": "fast"}"#,
                "method must be offline or online, not \"fast\"",
            ),
            (r#"{"size_in_gb": 4, "method": 7}"#, "method must be a string, not 7"),
            (
                r#"{"size_in_gd": 4}"#,
                "size_in_gd is not known; known here: size_in_gb, method, resize_method",
            ),
            (
                r#"{"size_in_gb": 4, "method": "online", "resize_method": "online"}"#,
                "method is given twice, by two of its names",
            ),
            (r#"{"size_in_gb": 4, "disk": "x"}"#, "disk is given twice: in request_json, too"),
            ("[]", "request_json must be a JSON object"),
        ];
        for (request, expected) in table {
            assert_eq!(resize(request).unwrap_err(), expected, "{request}");
        }
    }

    #[test]
    fn a_mistake_in_an_inner_object_is_named_with_its_place() {
        let table = [
            (
                r#"{"properties": {"size_in_gb": "20"}}"#,
                "properties.size_in_gb must be a whole number of at least 0 and below 2**64, not \"20\"",
            ),
            (
                r#"{"properties": {"nmae": 1}}"#,
                "properties.nmae is not known; known here: name, size_in_gb, ",
            ),
            (
                r#"{"properties": {"bus_type": "ide"}}"#,
                "properties.bus_type must be scsi or virtio, not \"ide\"",
            ),
            (r#"{"properties": 1}"#, "properties must be a JSON object, not 1"),
            (
                r#"{"properties": {"virtual_machine_disk": {"boot": 1}}}"#,
                "properties.virtual_machine_disk.boot must be true or false, not 1",
            ),
            (
                r#"{"properties": {"data_center": 1}}"#,
                "properties.data_center must be a string, or an object with one key such as",
            ),
            (
                r#"{"organization": {"a": "b", "c": "d"}}"#,
                "organization must be a string, or an object with one key such as",
            ),
            (
                r#"{"annotations": [{"key": "a"}]}"#,
                "annotations must be an object of strings, or an array of objects such as",
            ),
            (
                r#"{"annotations": {"a": null}}"#,
                "annotations must be an object of strings, or an array of objects such as",
            ),
        ];
        for (request, expected) in table {
            let error = from_json::<CreateDisk>(request, &[]).unwrap_err();
            assert!(error.description().starts_with(expected), "{request}: {error}");
        }
    }

    #[test]
    fn annotations_may_be_a_plain_object() {
        for request in
            [r#"{"annotations": {"a": "b"}}"#, r#"{"annotations": [{"key": "a", "value": "b"}]}"#]
        {
            let list: ListDisks = from_json(request, &[]).unwrap();
            assert_eq!(list.annotations.unwrap().get("a"), Some("b"));
        }
    }

    #[test]
    fn an_operation_without_other_arguments_takes_none() {
        let error = from_json::<GetDisk>(r#"{"x": 1}"#, &[("disk", Value::from("y"))]).unwrap_err();
        assert_eq!(error.description(), "x is not known; known here: ");
    }

    #[test]
    fn a_limit_in_seconds() {
        assert_eq!(seconds_limit("timeout", f64::INFINITY).unwrap(), None);
        assert_eq!(seconds_limit("timeout", 1e300).unwrap(), None);
        assert_eq!(seconds_limit("timeout", 1.5).unwrap(), Some(Duration::from_millis(1500)));
        assert!(seconds_limit("timeout", f64::NAN).is_err());
        assert!(seconds_limit("timeout", -0.1).is_err());
    }
}
