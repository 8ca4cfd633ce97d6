//! Checks that a body is the expected JSON, without building values.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::Deserializer;
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// Checks that `text` is one JSON object with all `keys`.
pub(crate) fn check_object(text: &str, keys: &'static [&'static str]) -> serde_json::Result<()> {
    check_members(text, keys, |_, _| true).map(drop)
}

/// Like [`check_object`]; says whether `is_fine` is true of all members, which are given as they are
/// written. False, too, if the object is in an unusual form.
pub(crate) fn check_members(
    text: &str,
    keys: &'static [&'static str],
    is_fine: impl Fn(&str, &str) -> bool,
) -> serde_json::Result<bool> {
    let mut missing = Missing::of(keys);
    let mut are_fine = true;
    let scanned = json_scan::object(text, |key, scanner| {
        missing.note(key);
        let value = scanner.value()?;
        are_fine = are_fine && is_fine(key, value);
        Some(())
    });
    if scanned.is_some() && missing.is_empty() {
        return Ok(are_fine);
    }
    judge(text, keys).map(|()| false)
}

/// Whether `body` is exactly one JSON object.
pub(crate) fn is_object(body: &[u8]) -> bool {
    std::str::from_utf8(body).is_ok_and(|text| check_object(text, &[]).is_ok())
}

/// Tracks which of some keys were not seen yet.
struct Missing {
    keys: &'static [&'static str],
    /// One bit per key.
    places: u32,
}

impl Missing {
    fn of(keys: &'static [&'static str]) -> Missing {
        Missing { keys, places: (1 << keys.len()) - 1 }
    }

    fn note(&mut self, key: &str) {
        if let Some(place) = self.keys.iter().position(|known| *known == key) {
            self.places &= !(1 << place);
        }
    }

    fn is_empty(&self) -> bool {
        self.places == 0
    }
}

/// What a page of a list consists of.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PageShape<'a> {
    /// The text of `pagination`.
    pub(crate) pagination: &'a str,
    /// The ranges of the items.
    pub(crate) items: Vec<Range<usize>>,
}

/// Checks that `text` is an object with all `keys`, including `pagination` and an array of objects as
/// `items_key`; otherwise returns `None`.
pub(crate) fn page_shape<'a>(
    text: &'a str,
    keys: &'static [&'static str],
    items_key: &str,
) -> Option<PageShape<'a>> {
    let (mut pagination, mut items) = (None, None);
    let mut missing = Missing::of(keys);
    json_scan::object(text, |key, scanner| {
        missing.note(key);
        if key == items_key {
            items = Some(scanner.elements()?);
        } else {
            let value = scanner.value()?;
            pagination = if key == "pagination" { Some(value) } else { pagination };
        }
        Some(())
    })?;
    let is_object = |item: &Range<usize>| text.as_bytes()[item.start] == b'{';
    let items = items.filter(|items| items.iter().all(is_object))?;
    missing.is_empty().then_some(PageShape { pagination: pagination?, items })
}

/// Lets serde_json decide, for its error.
fn judge(text: &str, keys: &'static [&'static str]) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.deserialize_map(HasKeys(keys))?;
    deserializer.end()
}

/// In bytes. Nobody reads larger ones, and parsing them would take seconds and many times their size.
const LARGEST_DETAIL: usize = 1 << 20;

/// Parses a body for an error's `detail`; `None` if it is not JSON or too large.
pub(crate) fn detail(body: &[u8]) -> Option<Value> {
    if body.len() > LARGEST_DETAIL { None } else { serde_json::from_slice(body).ok() }
}

/// The source text of a member of an object.
pub(crate) fn raw_member<'a>(text: &'a str, key: &str) -> Option<&'a RawValue> {
    let members: HashMap<Cow<'a, str>, &RawValue> = serde_json::from_str(text).ok()?;
    members.get(key).copied()
}

/// Builds an object from members that are already JSON; `None` becomes null.
pub(crate) fn object(members: &[(&str, Option<&RawValue>)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(key, text)| format!("\"{key}\":{}", text.map_or("null", RawValue::get)))
        .collect();
    format!("{{{}}}", members.join(","))
}

struct HasKeys(&'static [&'static str]);

impl<'de> Visitor<'de> for HasKeys {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with {}", self.0.join(", "))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut seen = vec![false; self.0.len()];
        while let Some(key) = members.next_key::<Cow<'de, str>>()? {
            if let Some(place) = self.0.iter().position(|known| *known == key) {
                seen[place] = true;
            }
            members.next_value::<IgnoredAny>()?;
        }
        match seen.iter().position(|seen| !seen) {
            None => Ok(()),
            Some(place) => Err(A::Error::missing_field(self.0[place])),
        }
    }
}

/// Describes an error without quoting the text, which may be secret.
pub(crate) fn problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if !error.is_data() || text.starts_with("missing field") {
        return text;
    }
    // "invalid type: string \"…\", expected a boolean at line 1 column 7"
    match text.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => format!("at line {} column {}", error.line(), error.column()),
    }
}

#[cfg(test)]
mod tests {
    use super::{check_object, page_shape};

    #[test]
    fn an_object_with_the_keys_passes_and_nothing_else() {
        let keys: &'static [&'static str] = &["disk", "task"];
        assert!(check_object(r#" {"task": {}, "disk": null, "more": [1]} "#, keys).is_ok());
        for wrong in ["", "[]", "null", r#"{"disk": 1}"#, r#"{"disk":1,"task":2} x"#, "{\"disk\":1"]
        {
            assert!(check_object(wrong, keys).is_err(), "{wrong}");
        }
    }
    #[test]
    fn the_shape_of_a_page() {
        let keys: &'static [&'static str] = &["pagination", "disk"];
        let items = |text: &str| {
            let items = page_shape(text, keys, "disk")?.items.into_iter();
            Some(items.map(|item| text[item].to_owned()).collect::<Vec<_>>())
        };
        let two = items(r#"{"pagination": {"a": 1}, "disk": [{"id": 1}, {}]}"#);
        assert_eq!(two.unwrap(), [r#"{"id": 1}"#, "{}"]);
        assert_eq!(items(r#"{"disk": [], "pagination": {}}"#), Some(Vec::new()));
        for wrong in [
            r#"{"pagination": {}, "disk": [{}, null]}"#,
            r#"{"pagination": {}, "disk": {}}"#,
            r#"{"pagination": {}, "disks": []}"#,
            r#"{"disk": []}"#,
            r#"{"pagination": {}}"#,
            r#"{"pagination": {}, "disk": [{]}"#,
        ] {
            assert_eq!(items(wrong), None, "{wrong}");
        }
    }
}
