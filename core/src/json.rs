//! Checks that a body is the expected JSON, without building values.

mod bounded;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use json_scan::Limits;
use serde::Deserializer;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::Error;
pub(crate) use bounded::{Look, Unfit, decode};

/// Checks that `text` is one JSON object with all `keys`, and not too costly to decode.
pub(crate) fn check_object(
    text: &str,
    keys: &'static [&'static str],
    look: Look<'_>,
) -> Result<(), Unfit> {
    check_members(text, keys, |_, _| true, look).map(drop)
}

/// Like [`check_object`]; says whether `is_fine` is true of all members, which are given as they are
/// written. False, too, if the object is in an unusual form.
pub(crate) fn check_members(
    text: &str,
    keys: &'static [&'static str],
    is_fine: impl Fn(&str, &str) -> bool,
    look: Look<'_>,
) -> Result<bool, Unfit> {
    let mut missing = Missing::of(keys);
    let mut are_fine = true;
    let is_object = bounded::scan(text, look, |key, scanner| {
        missing.note(key);
        let value = scanner.value()?;
        are_fine = are_fine && is_fine(key, value);
        Some(())
    })?;
    if is_object && missing.is_empty() {
        return Ok(are_fine);
    }
    judge(text, keys, look)?;
    if !is_object {
        bounded::has_few_values(text)?;
    }
    Ok(false)
}

/// Checks that `text` is one JSON value, and not too costly to decode.
pub(crate) fn check_any(text: &str, look: Look<'_>) -> Result<(), Unfit> {
    if text.trim_start().starts_with('{') {
        return check_object(text, &[], look);
    }
    bounded::has_few_values(text)?;
    decode::<IgnoredAny>(text, look).map(drop)
}

/// Whether `body` is exactly one JSON object, and has no more than a response may have.
pub(crate) fn is_object(body: &[u8]) -> bool {
    let is_object = |text| bounded::scan(text, &|| Ok(()), |_, scanner| scanner.value().map(drop));
    std::str::from_utf8(body).is_ok_and(|text| matches!(is_object(text), Ok(true)))
}

/// Decodes the whole of `body`, which has not been checked yet.
pub(crate) fn decode_unchecked<T: DeserializeOwned>(
    body: &[u8],
    look: Look<'_>,
) -> Result<T, Unfit> {
    let text = std::str::from_utf8(body).map_err(|_| serde_json::Error::custom("not UTF-8"))?;
    check_object(text, &[], look)?;
    decode(text, look)
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

/// Ten times the 200 that a page of the API has at most. What is stored of an item before it is
/// decoded may take more memory than its text.
const MOST_ITEMS: usize = 2000;

/// Checks that `text` is an object with all `keys`, including `pagination` and an array of objects as
/// `items_key`; otherwise returns `None`.
///
/// # Errors
/// It has too many items or values, or `look` ended it.
pub(crate) fn page_shape<'a>(
    text: &'a str,
    keys: &'static [&'static str],
    items_key: &str,
    look: Look<'_>,
) -> Result<Option<PageShape<'a>>, Error> {
    let (mut pagination, mut items) = (None, None);
    let mut missing = Missing::of(keys);
    let is_json = bounded::scan(text, look, |key, scanner| {
        missing.note(key);
        if key == items_key {
            items = Some(scanner.elements(MOST_ITEMS)?);
        } else {
            let value = scanner.value()?;
            pagination = if key == "pagination" { Some(value) } else { pagination };
        }
        Some(())
    })?;
    let is_object = |item: &Range<usize>| text.as_bytes()[item.start] == b'{';
    let items = items.filter(|items| is_json && items.iter().all(is_object));
    let shape = pagination.zip(items).filter(|_| missing.is_empty());
    Ok(shape.map(|(pagination, items)| PageShape { pagination, items }))
}

/// Lets serde_json decide, for its error.
fn judge(text: &str, keys: &'static [&'static str], look: Look<'_>) -> Result<(), Unfit> {
    if text.len() <= bounded::LARGE {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        deserializer.deserialize_map(HasKeys(keys))?;
        return Ok(deserializer.end()?);
    }
    let mut deserializer = serde_json::Deserializer::from_reader(bounded::reader(text, look));
    deserializer.deserialize_map(HasKeys(keys))?;
    Ok(deserializer.end()?)
}

/// In bytes. Nobody reads larger ones, and parsing them would take seconds and many times their size.
const LARGEST_DETAIL: usize = 1 << 20;
/// In bytes: small enough, whatever is in it.
const SMALL_DETAIL: usize = 64 << 10;
/// As values of Rust and Python they take some 1,000 bytes each.
const MOST_DETAIL_VALUES: usize = 10_000;

/// Parses a body for an error's `detail`; `None` if it is not JSON or too large.
pub(crate) fn detail(body: &[u8]) -> Option<Value> {
    let limits = Limits { most_values: MOST_DETAIL_VALUES, ..Limits::NONE };
    let has_few_values = || {
        let text = std::str::from_utf8(body).ok()?;
        json_scan::object(text, limits, |_, scanner| scanner.value().map(drop)).ok()
    };
    if body.len() > LARGEST_DETAIL {
        return None;
    }
    if body.len() > SMALL_DETAIL {
        has_few_values()?;
    }
    serde_json::from_slice(body).ok()
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
mod tests;
