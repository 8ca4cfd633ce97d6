//! How a call names an object: by id, or by the alternative key that the API accepts.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use compact_str::CompactString;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clipped::clipped;
use crate::strict_json;
use crate::{Error, Result};

/// The longest text that may name an object, in bytes. No id, permalink or fqdn is nearly as long, and
/// percent-encoded it still fits into a request line that every server takes.
const LONGEST: usize = 1024;

/// A kind of object that a call can name.
pub trait Referenced {
    /// How the argument that names one is called in messages.
    const ARGUMENT: &'static str;

    /// The key that may be used instead of `id`, if the API has one.
    const ALTERNATIVE: Option<&'static str> = None;

    /// Whether the alternative key is an id, too, so that a text without a key is always the `id`.
    const ALTERNATIVE_IS_ID: bool = false;
}

/// Names an object of the API, such as a disk ([`DiskRef`](crate::DiskRef)).
///
/// A string shaped like an id (lower-case prefix, underscore, 16 letters or digits) is an id, any
/// other string is the alternative key: an organization's `sub_domain`, the `permalink` of a data
/// center, I/O profile or disk template, a virtual machine's `fqdn`. [`Ref::by`] says it
/// explicitly. A text that is empty or longer than 1024 bytes is refused before anything is sent.
///
/// In JSON it is a string, or the API's own object of one member, such as
/// `{"permalink": "uk-lon-01"}`.
pub struct Ref<T> {
    /// `None` leaves it to the shape of the value.
    key: Option<Cow<'static, str>>,
    value: CompactString,
    kind: PhantomData<fn() -> T>,
}

impl<T: Referenced> Ref<T> {
    /// A reference by exactly this key: `DataCenterRef::by("permalink", "uk-lon-01")`.
    pub fn by(key: impl Into<Cow<'static, str>>, value: impl Into<CompactString>) -> Ref<T> {
        Ref { key: Some(key.into()), value: value.into(), kind: PhantomData }
    }

    /// Reads what the C library takes: an id or alternative key, or the API's own object of one
    /// member, as JSON.
    ///
    /// # Errors
    /// `InvalidArgument`, naming `argument`.
    pub fn from_text(argument: &str, text: &str) -> Result<Ref<T>> {
        if !text.trim_start().starts_with('{') {
            return Ok(Ref::from(text));
        }
        let (key, value) = strict_json::parse(argument, text)?
            .deserialize_any(TextOrPair)
            .map_err(|error| Error::invalid_argument(format!("{argument} {error}")))?;
        Ok(Ref { key: key.map(Cow::Owned), value, kind: PhantomData })
    }

    /// The key and value to send.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the argument.
    pub fn pair(&self) -> Result<(&str, &str)> {
        self.pair_as(T::ARGUMENT)
    }

    /// [`Ref::pair`] where the argument has another name than in most calls.
    pub(crate) fn pair_as(&self, argument: &str) -> Result<(&str, &str)> {
        pair(self.key(), self.value(), argument, T::ALTERNATIVE, T::ALTERNATIVE_IS_ID)
    }

    /// The key, where it was given.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// What was given to look for: an id, or the value of the alternative key.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Whether it is an id with this prefix.
    pub(crate) fn is_id_of(&self, prefix: &str) -> bool {
        matches!(self.pair(), Ok(("id", _)))
            && is_id(&self.value)
            && self.value.rsplit_once('_').is_some_and(|(own, _)| own == prefix)
    }
}

/// [`Ref::pair`], the same for all kinds.
fn pair<'a>(
    key: Option<&'a str>,
    value: &'a str,
    argument: &str,
    alternative: Option<&'static str>,
    alternative_is_id: bool,
) -> Result<(&'a str, &'a str)> {
    let problem = |text: String| Err(Error::invalid_argument(text));
    if value.is_empty() {
        return problem(format!("{argument} is empty"));
    }
    if value.len() > LONGEST {
        return problem(format!("{argument} has {} bytes; {LONGEST} are permitted", value.len()));
    }
    match (key, alternative) {
        (Some(key), alternative) if key == "id" || Some(key) == alternative => Ok((key, value)),
        (Some(key), alternative) => {
            let known = alternative.map_or_else(String::new, |key| format!(" or {key:?}"));
            problem(format!("{argument} has the key {:?}; give \"id\"{known}", clipped(key)))
        }
        (None, Some(alternative)) if !alternative_is_id && !is_id(value) => {
            Ok((alternative, value))
        }
        (None, _) => Ok(("id", value)),
    }
}

/// The shape of every id recorded: prefix, underscore, 16 characters. The prefix says nothing
/// certain about the type (data centers have `loc_` and `dc_`).
pub(crate) fn is_id(text: &str) -> bool {
    let Some((prefix, rest)) = text.rsplit_once('_') else {
        return false;
    };
    !prefix.is_empty()
        && prefix.bytes().all(|byte| byte.is_ascii_lowercase())
        && rest.len() == 16
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl<T: Referenced> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let pair = self.pair().map_err(|error| S::Error::custom(error.description()))?;
        serializer.collect_map([pair])
    }
}

impl<'de, T: Referenced> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Ref<T>, D::Error> {
        let (key, value) = deserializer.deserialize_any(TextOrPair)?;
        Ok(Ref { key: key.map(Cow::Owned), value, kind: PhantomData })
    }
}

/// Reads the key, if it is given, and the value; the same for all kinds.
struct TextOrPair;

type KeyAndValue = (Option<String>, CompactString);

/// What a reference in JSON must be.
const EXPECTED: &str = "must be a string, or an object with one key such as {\"id\": \"…\"}";

impl<'de> Visitor<'de> for TextOrPair {
    type Value = KeyAndValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, or an object with one key such as {\"id\": \"…\"}")
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<KeyAndValue, E> {
        Ok((None, text.into()))
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut members: A,
    ) -> std::result::Result<KeyAndValue, A::Error> {
        let wrong = || A::Error::custom(EXPECTED);
        let member = members.next_entry::<String, CompactString>().map_err(|_| wrong())?;
        let (key, value) = member.ok_or_else(wrong)?;
        match members.next_key::<String>()? {
            None => Ok((Some(key), value)),
            Some(_) => Err(wrong()),
        }
    }
}

impl<T> From<&str> for Ref<T> {
    fn from(text: &str) -> Ref<T> {
        Ref { key: None, value: text.into(), kind: PhantomData }
    }
}

impl<T> From<String> for Ref<T> {
    fn from(text: String) -> Ref<T> {
        Ref { key: None, value: text.into(), kind: PhantomData }
    }
}

impl<T> From<&String> for Ref<T> {
    fn from(text: &String) -> Ref<T> {
        Ref::from(text.as_str())
    }
}

impl<T> From<&CompactString> for Ref<T> {
    fn from(text: &CompactString) -> Ref<T> {
        Ref { key: None, value: text.clone(), kind: PhantomData }
    }
}

impl<T> From<&Ref<T>> for Ref<T> {
    fn from(reference: &Ref<T>) -> Ref<T> {
        reference.clone()
    }
}

// By hand, since a derive would ask the same of `T`.
impl<T> Clone for Ref<T> {
    fn clone(&self) -> Ref<T> {
        Ref { key: self.key.clone(), value: self.value.clone(), kind: PhantomData }
    }
}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Ref<T>) -> bool {
        self.key == other.key && self.value == other.value
    }
}

impl<T> Eq for Ref<T> {}

impl<T> Hash for Ref<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.key, &self.value).hash(state);
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Some(key) => write!(f, "Ref({key}: {:?})", self.value),
            None => write!(f, "Ref({:?})", self.value),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{DataCenterRef, DiskRef, OrganizationRef, TrashObjectRef, VirtualMachineRef};

    #[test]
    fn the_shape_of_a_string_tells_an_id_from_an_alternative_key() {
        let table = [
            ("dc_Rt45nLw8ZpQy2Hcd", "id"),
            ("loc_Bn7sKx2VdGq5Wm1T", "id"),
            ("uk-lon-01", "permalink"),
            ("dc_Rt45nLw8ZpQy2Hc", "permalink"),
            ("dc_Rt45nLw8ZpQy2Hcd1", "permalink"),
            ("DC_Rt45nLw8ZpQy2Hcd", "permalink"),
            ("_Rt45nLw8ZpQy2Hcd", "permalink"),
            ("dc_Rt45nLw8ZpQy2H-d", "permalink"),
            ("Rt45nLw8ZpQy2Hcd", "permalink"),
        ];
        for (text, key) in table {
            assert_eq!(DataCenterRef::from(text).pair().unwrap(), (key, text));
        }
        // Where there is no alternative key, any string is an id.
        assert_eq!(DiskRef::from("x").pair().unwrap(), ("id", "x"));
    }

    #[test]
    fn an_explicit_key_must_be_one_that_the_api_has() {
        let by_permalink = DataCenterRef::by("permalink", "dc_Rt45nLw8ZpQy2Hcd");
        assert_eq!(by_permalink.pair().unwrap(), ("permalink", "dc_Rt45nLw8ZpQy2Hcd"));

        let error = OrganizationRef::by("permalink", "acme").pair().unwrap_err();
        let expected = "organization has the key \"permalink\"; give \"id\" or \"sub_domain\"";
        assert_eq!(error.description(), expected);
        assert_eq!(DiskRef::from("").pair().unwrap_err().description(), "disk_id is empty");
    }

    #[test]
    fn where_both_keys_are_ids_a_string_is_the_id() {
        let id = TrashObjectRef::from("disk_Rt45nLw8ZpQy2Hcd");
        assert_eq!(id.pair().unwrap(), ("id", "disk_Rt45nLw8ZpQy2Hcd"));
        let by_object = TrashObjectRef::by("object_id", "x");
        assert_eq!(by_object.pair().unwrap(), ("object_id", "x"));
        assert!(TrashObjectRef::by("fqdn", "x").pair().is_err());
    }

    #[test]
    fn a_text_may_hold_the_api_s_own_object() {
        let read = |text| VirtualMachineRef::from_text("virtual_machine", text);
        assert_eq!(read(" {\"fqdn\": \"x\"}").unwrap(), VirtualMachineRef::by("fqdn", "x"));
        assert_eq!(read("x").unwrap(), VirtualMachineRef::from("x"));
        for wrong in ["{", "{}", "{\"id\": 1}", "{\"id\": \"a\", \"fqdn\": 1}", "{\"a\": {}}"] {
            let error = read(wrong).unwrap_err();
            assert!(error.description().starts_with("virtual_machine "), "{wrong}: {error}");
        }
        let error = read(r#"{"id": "a", "id": "b"}"#).unwrap_err();
        assert!(error.description().starts_with("virtual_machine gives id twice"), "{error}");
    }

    #[test]
    fn a_text_that_names_nothing_is_refused() {
        for (text, problem) in
            [("", "disk_id is empty"), (&"é".repeat(513), "disk_id has 1026 bytes")]
        {
            let error = DiskRef::from(text).pair().unwrap_err();
            assert!(error.description().starts_with(problem), "{error}");
        }
        assert!(DiskRef::from("é".repeat(512)).pair().is_ok());
    }
}
