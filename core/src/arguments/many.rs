//! Arguments of which one is a long list: its items are read one by one, so that a mistake in one is its own.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::deserializer::fields;
use super::{members_of, read, read_at, wrong_members};
use crate::{Error, Result, strict_json};

/// Reads the arguments of a call as [`from_json`](crate::from_json) does, but leaves the items of the array
/// `list` unread, for [`item_from_json`]. The other arguments are the fields of two types; in those the array is
/// empty.
///
/// # Errors
/// `InvalidArgument`, naming the argument.
pub fn list_from_json<'a, A: DeserializeOwned, B: DeserializeOwned>(
    request_json: &'a str,
    list: &str,
) -> Result<(A, B, Vec<&'a RawValue>)> {
    let Some(members) = strict_json::members("request_json", request_json)? else {
        return Err(wrong_members("request_json"));
    };
    let mut items = Vec::new();
    let mut others = Map::new();
    for (name, value) in members {
        let is_list = name == list && value.get().starts_with('[');
        let value = match is_list {
            true => {
                items = serde_json::from_str(value.get()).map_err(|error| {
                    Error::invalid_argument(format!("{list} is not valid JSON: {error}"))
                })?;
                Value::Array(Vec::new())
            }
            false => strict_json::parse(&name, value.get())?,
        };
        others.insert(name, value);
    }
    let known: Vec<&str> = fields::<A>().iter().chain(fields::<B>()).copied().collect();
    let others = members_of(None, others, &[], &known)?.into_iter();
    let (first, second) = others.partition(|(key, _)| fields::<A>().contains(&key.as_str()));
    Ok((read(first, request_json)?, read(second, request_json)?, items))
}

/// Reads an item of a list. `place` is how its mistakes name it: `request_json.disks[17]`.
///
/// # Errors
/// `InvalidArgument`, naming the place.
pub fn item_from_json<T: DeserializeOwned>(place: &str, json: &str) -> Result<T> {
    let names = fields::<T>();
    let item = match strict_json::parse(place, json)? {
        Value::Object(members) if !names.is_empty() => {
            Value::Object(members_of(Some(place), members, &[], names)?)
        }
        other => other,
    };
    read_at(Some(place), item, json)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde::de::IgnoredAny;

    use super::{item_from_json, list_from_json};
    use crate::{CreateDisk, DiskRef, DiskSize};

    #[derive(Debug, Deserialize)]
    struct Fleet {
        threads: Option<usize>,
    }

    #[derive(Debug, Deserialize)]
    struct Disks {
        #[serde(rename = "disks")]
        _disks: Vec<IgnoredAny>,
    }

    fn fleet(json: &str) -> Result<(Option<usize>, Vec<String>), String> {
        let (fleet, _, items) = list_from_json::<Fleet, Disks>(json, "disks")
            .map_err(|error| error.description().to_owned())?;
        Ok((fleet.threads, items.iter().map(|item| item.get().to_owned()).collect()))
    }

    #[test]
    fn the_items_stay_as_they_are_written() {
        let (threads, items) =
            fleet(r#" {"disks": [{"a": 1, "a": 2}, 7 , "x"], "threads": 3} "#).unwrap();
        assert_eq!(threads, Some(3));
        assert_eq!(items, [r#"{"a": 1, "a": 2}"#, "7", r#""x""#]);
        assert_eq!(fleet(r#"{"disks": [], "threads": null}"#).unwrap(), (None, Vec::new()));
    }

    #[test]
    fn mistakes_beside_the_list_are_those_of_the_call() {
        let table = [
            ("{}", "disks is missing"),
            (r#"{"disks": null}"#, "disks is missing"),
            (r#"{"disks": 7}"#, "disks must be an array, not 7"),
            (r#"{"disks": {"a": 1}}"#, "disks must be an array, not an object"),
            (r#"{"disks": [], "thread": 3}"#, "thread is not known; known here: threads, disks"),
            (
                r#"{"disks": [], "threads": -1}"#,
                "threads must be a whole number of at least 0 and below 2**64, not -1",
            ),
            (r#"{"threads": 1, "threads": 1}"#, "request_json gives threads twice, at line 1 "),
            (r#"{"disks": [}"#, "request_json is not valid JSON, in disks: "),
            (r#"{"disks": []} x"#, "request_json is not valid JSON: trailing characters"),
            ("[]", "request_json must be a JSON object"),
            ("", "request_json is not valid JSON: EOF"),
        ];
        for (json, expected) in table {
            let error = fleet(json).unwrap_err();
            assert!(error.starts_with(expected), "{json}: {error}");
        }
    }

    #[test]
    fn a_mistake_in_an_item_is_named_with_its_place() {
        let create = |json: &str| item_from_json::<CreateDisk>("disks[17]", json).map(drop);
        let table = [
            ("7", "disks[17] must be a JSON object, not 7"),
            (r#"{"nmae": 1}"#, "disks[17].nmae is not known; known here: "),
            (r#"{"properties": {"name": 5}}"#, "disks[17].properties.name must be a string, not 5"),
            (
                r#"{"properties": {"name": "a", "name": "b"}}"#,
                "disks[17] gives properties.name twice",
            ),
            (
                r#"{"properties": {"name": "a", "size_in_gb": "20"}}"#,
                "disks[17].properties.size_in_gb must be a whole number from 1 to 1000000, not \"20\"",
            ),
        ];
        for (json, expected) in table {
            let error = create(json).unwrap_err();
            assert!(error.description().starts_with(expected), "{json}: {error}");
        }
        let size = item_from_json::<DiskSize>("disks[0]", r#"{"disk": "disk_x"}"#).unwrap_err();
        assert_eq!(size.description(), "disks[0].size_in_gb is missing");
        assert_eq!(item_from_json::<DiskRef>("disks[0]", "\"disk_x\"").unwrap().value(), "disk_x");
        let number = item_from_json::<DiskRef>("disks[3]", "7").unwrap_err();
        assert!(number.description().starts_with("disks[3] must be a string, or "), "{number}");
    }
}
