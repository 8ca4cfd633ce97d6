//! Arguments that come as JSON, read by serde: each error names the argument, says what it may be,
//! and what was given.

// C has no such type.
/// cbindgen:ignore
mod bounds;
mod deserializer;
mod explain;
mod many;
mod seconds;
mod written;

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{Error, Result, secret, strict_json};
use deserializer::{Argument, fields};
use explain::explain;
pub(crate) use explain::{kind, not_known};

pub use bounds::Bounds;
pub(crate) use bounds::{disk_size, optional_disk_size, page, per_page};
pub use many::{item_from_json, list_from_json};
pub use seconds::{call_timeout, wait_timeout};
pub(crate) use seconds::{shown, some_seconds};

/// Reads the arguments of a call: an operation, such as [`ResizeDisk`](crate::ResizeDisk), or a
/// workflow. `request_json` is how they come from C, as one JSON object; a null in it counts as not
/// given. `named` are arguments that were given beside it, such as `("disk", "disk_…")`.
///
/// # Errors
/// `InvalidArgument`, naming the argument.
pub fn from_json<T: DeserializeOwned>(request_json: &str, named: &[(&str, Value)]) -> Result<T> {
    read(members(request_json, named, fields::<T>())?, request_json)
}

fn members(
    request_json: &str,
    named: &[(&str, Value)],
    fields: &'static [&'static str],
) -> Result<Map<String, Value>> {
    match strict_json::parse("request_json", request_json)? {
        Value::Object(members) => members_of(None, members, named, fields),
        _ => Err(wrong_members("request_json")),
    }
}

fn wrong_members(argument: &str) -> Error {
    Error::invalid_argument(format!("{argument} must be a JSON object"))
}

/// `place` is that of the object.
fn members_of(
    place: Option<&str>,
    mut members: Map<String, Value>,
    named: &[(&str, Value)],
    fields: &[&str],
) -> Result<Map<String, Value>> {
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
        Some(unknown) => {
            let unknown = place.map_or(unknown.clone(), |place| format!("{place}.{unknown}"));
            Err(Error::invalid_argument(not_known(&unknown, &known)))
        }
        None => Ok(members),
    }
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
    // Null counts as not given, except for a timeout, where it means no limit.
    members.retain(|key, value| !value.is_null() || key.ends_with("timeout"));
    let (first, second): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|(key, _)| fields::<A>().contains(&key.as_str()));
    let first = read(first.into_iter().collect(), json);
    let second = read(second.into_iter().collect(), json);
    Ok((first?, second?))
}

/// `json` is the text of which they are members.
fn read<T: DeserializeOwned>(members: Map<String, Value>, json: &str) -> Result<T> {
    read_at(None, Value::Object(members), json)
}

/// Reads what stands at a place, which mistakes name. `json` is its text.
fn read_at<T: DeserializeOwned>(place: Option<&str>, mut given: Value, json: &str) -> Result<T> {
    let path = RefCell::<Vec<String>>::default();
    let wrong = |error: serde_json::Error| {
        let text = explain(place, &path.borrow(), &error.to_string(), &given, json);
        Error::invalid_argument(text)
    };
    let read = T::deserialize(Argument { value: &given, path: &path }).map_err(wrong);
    secret::wipe(&mut given);
    read
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

/// `#[serde(skip_serializing_if)]` for a flag that is only sent when it is set.
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::from_json;
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
                "size_in_gb must be a whole number from 1 to 1000000, not \"40\"",
            ),
            (r#"{"size_in_gb": -1}"#, "size_in_gb must be 1 to 1000000, not -1"),
            (
                r#"{"size_in_gb": 4.5}"#,
                "size_in_gb must be a whole number from 1 to 1000000, not 4.5",
            ),
            (
                r#"{"size_in_gb": [4]}"#,
                "size_in_gb must be a whole number from 1 to 1000000, not an array",
            ),
            (r#"{"size_in_gb": 0}"#, "size_in_gb must be 1 to 1000000, not 0"),
            (
                r#"{"size_in_gb": 99999999999999999999999}"#,
                "size_in_gb must be a whole number from 1 to 1000000, not 99999999999999999999999",
            ),
            (
                r#"{"size_in_gb": 4e1}"#,
                "size_in_gb must be a whole number from 1 to 1000000, not 4e1",
            ),
            (
                r#"{"size_in_gb": 21474836480}"#,
                "size_in_gb must be 1 to 1000000, not 21474836480: it is in GB, and \
                 so many bytes would be 20 GiB",
            ),
            (r#"{"size_in_gb": 4, "method": 1.0e2}"#, "method must be a string, not 1.0e2"),
            (
                r#"{"size_in_gb": 4, "method": "fast"}"#,
                "method must be offline or online, not \"fast\"",
            ),
            (r#"{"size_in_gb": 4, "method": 7}"#, "method must be a string, not 7"),
            (
                r#"{"size_in_gb": 4, "method": "a, expected b"}"#,
                "method must be offline or online, not \"a, expected b\"",
            ),
            (
                r#"{"size_in_gb": "a, expected b"}"#,
                "size_in_gb must be a whole number from 1 to 1000000, not \"a, expected b\"",
            ),
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
                "properties.size_in_gb must be a whole number from 1 to 1000000, not \"20\"",
            ),
            (
                r#"{"properties": {"nmae": 1}}"#,
                "properties.nmae is not known; known here: name, size_in_gb, ",
            ),
            (
                r#"{"properties": {"bus_type": "ide"}}"#,
                "properties.bus_type must be scsi or virtio, not \"ide\"",
            ),
            (r#"{"properties": {"a`b": 1}}"#, "properties.a`b is not known; known here: name, "),
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
}
