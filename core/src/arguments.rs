//! Reading arguments that come as JSON: each error names the argument and says what it must be.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::strict_json::{self, clipped};
use crate::{Annotations, Error, Lookup, Result, secret};

/// The members of a JSON object, taken out one by one. A null counts as not given.
pub(crate) struct Arguments {
    /// What messages put before a member's name, such as `properties.`.
    prefix: String,
    members: Map<String, Value>,
    known: Vec<&'static str>,
}

impl Arguments {
    /// `argument` is how messages call the whole text.
    pub(crate) fn parse(argument: &str, json: &str) -> Result<Arguments> {
        match strict_json::parse(argument, json)? {
            Value::Object(members) => Ok(Arguments::new(String::new(), members)),
            // Not the value itself: whoever passes a bare token here should not find it in a log.
            other => Err(Error::invalid_argument(format!(
                "{argument} must be a JSON object, not {}",
                kind(&other)
            ))),
        }
    }

    fn new(prefix: String, members: Map<String, Value>) -> Arguments {
        Arguments { prefix, members, known: Vec::new() }
    }

    fn name(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    /// The value as it was given, null included.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        self.members.remove(key)
    }

    fn take<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>> {
        match self.value(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match read(&value) {
                Some(read) => Ok(Some(read)),
                None => Err(wrong(&self.name(key), expected, &value)),
            },
        }
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Result<Option<String>> {
        self.take(key, "a string", |value| value.as_str().map(str::to_owned))
    }

    /// A text that no message may show.
    pub(crate) fn secret(&mut self, key: &'static str) -> Result<Option<String>> {
        match self.value(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Error::invalid_argument(format!("{} must be a string", self.name(key)))),
        }
    }

    pub(crate) fn flag(&mut self, key: &'static str) -> Result<Option<bool>> {
        self.take(key, "true or false", Value::as_bool)
    }

    pub(crate) fn whole_number(&mut self, key: &'static str) -> Result<Option<u64>> {
        self.take(key, "a whole number of at least 0 and below 2**64", Value::as_u64)
    }

    /// A number of seconds. The outer `None` is "not given", the inner one null: no limit.
    pub(crate) fn seconds(&mut self, key: &'static str) -> Result<Option<Option<Duration>>> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::Null) => Ok(Some(None)),
            Some(value) => match value.as_f64() {
                Some(seconds) => seconds_limit(&self.name(key), seconds).map(Some),
                None => Err(wrong(&self.name(key), "a number of seconds, or null", &value)),
            },
        }
    }

    /// A lookup: a string, or an object with one member such as `{"permalink": "uk-lon-01"}`.
    pub(crate) fn lookup(&mut self, key: &'static str) -> Result<Option<Lookup>> {
        self.take(key, "a string, or an object with one key such as {\"id\": \"…\"}", |value| {
            match value {
                Value::String(text) => Some(Lookup::from(text)),
                Value::Object(members) => only_member(members),
                _ => None,
            }
        })
    }

    /// The whole object as a lookup, if it is one.
    pub(crate) fn into_lookup(self) -> Option<Lookup> {
        only_member(&self.members)
    }

    pub(crate) fn object(&mut self, key: &'static str) -> Result<Option<Arguments>> {
        let members = self.take(key, "a JSON object", |value| value.as_object().cloned())?;
        let prefix = format!("{}.", self.name(key));
        Ok(members.map(|members| Arguments::new(prefix, members)))
    }

    /// The API's form of annotations: `[{"key": "…", "value": "…"}]`.
    pub(crate) fn annotations(&mut self, key: &'static str) -> Result<Option<Annotations>> {
        let expected =
            "an array of objects such as {\"key\": \"…\", \"value\": \"…\"}, each key once";
        self.take(key, expected, |value| {
            let list = value.as_array()?;
            let map = list.iter().map(annotation).collect::<Option<Annotations>>()?;
            (map.len() == list.len()).then_some(map)
        })
    }

    /// The value of a member that has to be given.
    pub(crate) fn required<T>(&self, key: &str, value: Option<T>) -> Result<T> {
        value.ok_or_else(|| Error::invalid_argument(format!("{} is missing", self.name(key))))
    }

    /// Refuses what was not asked for, so that a misspelt key is not silently lost.
    pub(crate) fn finish(self) -> Result<()> {
        match self.members.keys().next() {
            None => Ok(()),
            Some(unknown) => Err(Error::invalid_argument(format!(
                "{}{} is not known; known here: {}",
                self.prefix,
                clipped(unknown),
                self.known.join(", ")
            ))),
        }
    }
}

fn only_member(members: &Map<String, Value>) -> Option<Lookup> {
    let mut members = members.iter();
    match (members.next(), members.next()) {
        (Some((key, value)), None) => Some(Lookup::by(key, value.as_str()?)),
        _ => None,
    }
}

impl Drop for Arguments {
    /// What was not taken may be a secret: a mistake elsewhere ends the reading early.
    fn drop(&mut self) {
        self.members.values_mut().for_each(secret::wipe);
    }
}

fn annotation(value: &Value) -> Option<(String, String)> {
    let members = value.as_object().filter(|members| members.len() == 2)?;
    let text = |key| Some(members.get(key)?.as_str()?.to_owned());
    Some((text("key")?, text("value")?))
}

/// A limit in seconds as users give it: infinity is no limit.
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

/// One of the words that an argument may be.
pub(crate) fn one_of<T>(
    argument: &str,
    word: &str,
    known: impl IntoIterator<Item = T> + Clone,
    as_str: impl Fn(&T) -> &str,
) -> Result<T> {
    known.clone().into_iter().find(|known| as_str(known) == word).ok_or_else(|| {
        let known: Vec<String> = known.into_iter().map(|known| as_str(&known).to_owned()).collect();
        let known = known.join(" or ");
        Error::invalid_argument(format!("{argument} must be {known}, not {:?}", clipped(word)))
    })
}

fn wrong(argument: &str, expected: &str, value: &Value) -> Error {
    let given = match value {
        Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
        _ => value.to_string(),
    };
    Error::invalid_argument(format!("{argument} must be {expected}, not {}", clipped(&given)))
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

#[cfg(test)]
mod tests {
    use super::{Arguments, seconds_limit};
    use std::time::Duration;

    fn arguments(json: &str) -> Arguments {
        Arguments::parse("options_json", json).unwrap()
    }

    #[test]
    fn a_wrong_type_is_named() {
        let mut given = arguments(r#"{"properties": {"size_in_gb": "20"}, "boot": 1}"#);
        let mut properties = given.object("properties").unwrap().unwrap();
        let error = properties.whole_number("size_in_gb").unwrap_err();
        let message = error.description();
        assert!(message.starts_with("properties.size_in_gb must be a whole number"), "{message}");
        assert!(given.flag("boot").unwrap_err().description().starts_with("boot must be true"));
    }

    #[test]
    fn a_text_that_may_be_a_secret_is_not_shown() {
        let error = Arguments::parse("options_json", "\"s3cret\"").err().unwrap();
        assert_eq!(error.description(), "options_json must be a JSON object, not a string");
        let error =
            arguments(r#"{"proxy": ["http://me:s3cret@proxy"]}"#).text("proxy").unwrap_err();
        assert_eq!(error.description(), "proxy must be a string, not an array");
    }

    #[test]
    fn an_unknown_key_is_named_with_the_known_ones() {
        let mut given = arguments(r#"{"nmae": "data"}"#);
        given.text("name").unwrap();
        let error = given.finish().unwrap_err();
        assert_eq!(error.description(), "nmae is not known; known here: name");
    }

    #[test]
    fn null_is_no_limit_and_absence_is_the_default() {
        let mut given = arguments(r#"{"timeout": null, "connect_timeout": 1.5}"#);
        assert_eq!(given.seconds("timeout").unwrap(), Some(None));
        let limit = Some(Some(Duration::from_millis(1500)));
        assert_eq!(given.seconds("connect_timeout").unwrap(), limit);
        assert_eq!(given.seconds("other").unwrap(), None);
        assert_eq!(seconds_limit("timeout", f64::INFINITY).unwrap(), None);
        assert_eq!(seconds_limit("timeout", 1e300).unwrap(), None);
        assert!(seconds_limit("timeout", f64::NAN).is_err());
        assert!(seconds_limit("timeout", -0.1).is_err());
    }
}
