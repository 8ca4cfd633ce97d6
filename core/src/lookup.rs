//! How a call names an object: by id, or by the alternative key that the API accepts.

use compact_str::CompactString;
use serde::{Serialize, Serializer};

use crate::arguments::Arguments;
use crate::strict_json::clipped;
use crate::{Error, Result};

/// The longest text that may name an object, in bytes. No id, permalink or fqdn is nearly as long, and
/// percent-encoded it still fits into a request line that every server takes.
const LONGEST: usize = 1024;

/// Names an object of the API.
///
/// A string shaped like an id (lower-case prefix, underscore, 16 letters or digits) is an id, any
/// other string is the alternative key: an organization's `sub_domain`, the `permalink` of a data
/// center, I/O profile or disk template, a virtual machine's `fqdn`. [`Lookup::by`] says it
/// explicitly. A text that is empty or longer than 1024 bytes is refused before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Lookup {
    /// An id or an alternative key; its shape tells which.
    Text(String),
    /// Exactly this key.
    By {
        /// `id` or the alternative key's name.
        key: String,
        /// What to look for.
        value: String,
    },
}

impl Lookup {
    /// A lookup by exactly this key: `Lookup::by("permalink", "uk-lon-01")`.
    pub fn by(key: impl Into<String>, value: impl Into<String>) -> Lookup {
        Lookup::By { key: key.into(), value: value.into() }
    }

    /// Reads what the C library takes: an id or alternative key, or the API's own object of one
    /// member, such as `{"permalink": "uk-lon-01"}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming `argument`.
    pub fn from_text(argument: &str, text: &str) -> Result<Lookup> {
        if !text.trim_start().starts_with('{') {
            return Ok(Lookup::from(text));
        }
        Arguments::parse(argument, text)?.into_lookup().ok_or_else(|| {
            Error::invalid_argument(format!(
                "{argument} must be a string, or an object with one key such as {{\"id\": \"…\"}}"
            ))
        })
    }

    /// Whether it is an id with this prefix.
    pub(crate) fn is_id_of(&self, prefix: &str) -> bool {
        let text = match self {
            Lookup::Text(text) => text,
            Lookup::By { key, value } if key == "id" => value,
            Lookup::By { .. } => return false,
        };
        is_id(text) && text.rsplit_once('_').is_some_and(|(own, _)| own == prefix)
    }

    /// The key and value to send. `argument` is how messages call it; `alternative` is the key
    /// that may be used instead of the id, if there is one.
    pub(crate) fn pair<'a>(
        &'a self,
        argument: &str,
        alternative: Option<&'static str>,
    ) -> Result<(&'a str, &'a str)> {
        let (key, value) = match self {
            Lookup::By { key, value } => {
                if key != "id" && Some(key.as_str()) != alternative {
                    let known = alternative.map_or_else(String::new, |key| format!(" or {key:?}"));
                    return Err(Error::invalid_argument(format!(
                        "{argument} has the key {:?}; give \"id\"{known}",
                        clipped(key)
                    )));
                }
                (key.as_str(), value.as_str())
            }
            Lookup::Text(text) => match alternative {
                Some(alternative) if !is_id(text) => (alternative, text.as_str()),
                _ => ("id", text.as_str()),
            },
        };
        if value.is_empty() {
            return Err(Error::invalid_argument(format!("{argument} is empty")));
        }
        if value.len() > LONGEST {
            let text = format!("{argument} has {} bytes; {LONGEST} are permitted", value.len());
            return Err(Error::invalid_argument(text));
        }
        Ok((key, value))
    }

    /// [`Lookup::pair`] where the alternative key has the shape of an id too, so that any string is
    /// an id.
    pub(crate) fn pair_by_id<'a>(
        &'a self,
        argument: &str,
        alternative: &'static str,
    ) -> Result<(&'a str, &'a str)> {
        self.pair(argument, matches!(self, Lookup::By { .. }).then_some(alternative))
    }

    /// [`Lookup::pair`] for a request's body.
    pub(crate) fn body(
        &self,
        argument: &str,
        alternative: Option<&'static str>,
    ) -> Result<LookupBody<'_>> {
        self.pair(argument, alternative).map(LookupBody::of)
    }
}

/// A lookup as the API's JSON object with one member.
pub(crate) struct LookupBody<'a> {
    key: &'a str,
    value: &'a str,
}

impl<'a> LookupBody<'a> {
    pub(crate) fn of((key, value): (&'a str, &'a str)) -> LookupBody<'a> {
        LookupBody { key, value }
    }
}

impl Serialize for LookupBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map([(self.key, self.value)])
    }
}

/// A request body, or a member of one, that says nothing but which object: `{"disk": {"id": …}}`.
pub(crate) struct LookupOf<'a> {
    object: &'static str,
    lookup: LookupBody<'a>,
}

impl<'a> LookupOf<'a> {
    pub(crate) fn new(object: &'static str, pair: (&'a str, &'a str)) -> LookupOf<'a> {
        LookupOf { object, lookup: LookupBody::of(pair) }
    }
}

impl Serialize for LookupOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map([(self.object, &self.lookup)])
    }
}

/// The shape of every id recorded: prefix, underscore, 16 characters. The prefix says nothing
/// certain about the type (data centers have `loc_` and `dc_`).
fn is_id(text: &str) -> bool {
    let Some((prefix, rest)) = text.rsplit_once('_') else {
        return false;
    };
    !prefix.is_empty()
        && prefix.bytes().all(|byte| byte.is_ascii_lowercase())
        && rest.len() == 16
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl From<&str> for Lookup {
    fn from(text: &str) -> Lookup {
        Lookup::Text(text.to_owned())
    }
}

impl From<String> for Lookup {
    fn from(text: String) -> Lookup {
        Lookup::Text(text)
    }
}

impl From<&String> for Lookup {
    fn from(text: &String) -> Lookup {
        Lookup::Text(text.clone())
    }
}

/// The id of an object that the service gave, such as `&disk.id`.
impl From<&CompactString> for Lookup {
    fn from(text: &CompactString) -> Lookup {
        Lookup::Text(text.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Lookup;

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
            let lookup = Lookup::from(text);
            assert_eq!(lookup.pair("data_center", Some("permalink")).unwrap(), (key, text));
        }
        // Where there is no alternative key, any string is an id.
        assert_eq!(Lookup::from("x").pair("disk_id", None).unwrap(), ("id", "x"));
    }

    #[test]
    fn an_explicit_key_must_be_one_that_the_api_has() {
        let by_permalink = Lookup::by("permalink", "dc_Rt45nLw8ZpQy2Hcd");
        let pair = by_permalink.pair("data_center", Some("permalink")).unwrap();
        assert_eq!(pair, ("permalink", "dc_Rt45nLw8ZpQy2Hcd"));

        let error = by_permalink.pair("organization", Some("sub_domain")).unwrap_err();
        assert!(error.description().contains("give \"id\" or \"sub_domain\""), "{error}");
        let error = Lookup::from("").pair("disk_id", None).unwrap_err();
        assert_eq!(error.description(), "disk_id is empty");
    }

    #[test]
    fn where_both_keys_are_ids_a_string_is_the_id() {
        let id = Lookup::from("disk_Rt45nLw8ZpQy2Hcd");
        let pair = id.pair_by_id("trash_object", "object_id").unwrap();
        assert_eq!(pair, ("id", "disk_Rt45nLw8ZpQy2Hcd"));
        let by_object = Lookup::by("object_id", "x");
        assert_eq!(by_object.pair_by_id("trash_object", "object_id").unwrap(), ("object_id", "x"));
        assert!(Lookup::by("fqdn", "x").pair_by_id("trash_object", "object_id").is_err());
    }

    #[test]
    fn a_text_may_hold_the_api_s_own_object() {
        let lookup = Lookup::from_text("disk_template", " {\"permalink\": \"x\"}").unwrap();
        assert_eq!(lookup, Lookup::by("permalink", "x"));
        assert_eq!(Lookup::from_text("disk_template", "x").unwrap(), Lookup::from("x"));
        for wrong in ["{", "{}", "{\"id\": 1}", "{\"id\": \"a\", \"permalink\": 1}", "{\"a\": {}}"]
        {
            let error = Lookup::from_text("disk_template", wrong).unwrap_err();
            assert!(error.description().starts_with("disk_template "), "{wrong}: {error}");
        }
        let error = Lookup::from_text("disk", r#"{"id": "a", "id": "b"}"#).unwrap_err();
        assert!(error.description().starts_with("disk gives id twice"), "{error}");
    }

    #[test]
    fn a_text_that_names_nothing_is_refused() {
        for (text, problem) in
            [("", "disk_id is empty"), (&"é".repeat(513), "disk_id has 1026 bytes")]
        {
            let error = Lookup::from(text).pair("disk_id", None).unwrap_err();
            assert!(error.description().starts_with(problem), "{error}");
        }
        assert!(Lookup::from("é".repeat(512)).pair("disk_id", None).is_ok());
    }
}
