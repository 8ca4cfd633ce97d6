//! Reads JSON that a caller wrote: a repeated key is an error, and messages say where.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::Error;
use crate::clipped::clipped;

/// Reads one value. `argument` names the whole text in messages.
///
/// serde_json alone would silently take the last value of a repeated key, such as a disk's size.
pub(crate) fn parse(argument: &str, json: &str) -> crate::Result<Value> {
    let way = RefCell::new(Vec::new());
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let read = Strict(&way).deserialize(&mut deserializer);
    let whole = read.and_then(|value| deserializer.end().map(|()| value));
    whole.map_err(|error| mistake(argument, &way.borrow(), &error))
}

/// The members of one object as they are written, whatever is in them; `None` if it is no object.
pub(crate) fn members<'a>(
    argument: &str,
    json: &'a str,
) -> crate::Result<Option<Vec<(String, &'a RawValue)>>> {
    if !json.trim_start().starts_with('{') {
        return parse(argument, json).map(|_| None);
    }
    let way = RefCell::new(Vec::new());
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let read = deserializer.deserialize_map(Unread(&way));
    let whole = read.and_then(|members| deserializer.end().map(|()| members));
    whole.map(Some).map_err(|error| mistake(argument, &way.borrow(), &error))
}

fn mistake(argument: &str, way: &[String], error: &serde_json::Error) -> Error {
    let member = clipped(&way.join(".")).into_owned();
    let text = match (error.classify(), member.as_str()) {
        (Category::Data, _) => format!(
            "{argument} gives {member} twice, at line {} column {}",
            error.line(),
            error.column()
        ),
        (_, "") => format!("{argument} is not valid JSON: {error}"),
        _ => format!("{argument} is not valid JSON, in {member}: {error}"),
    };
    Error::invalid_argument(text)
}

/// Reads the members of an object without a look into them.
struct Unread<'a>(&'a RefCell<Vec<String>>);

impl<'de> Visitor<'de> for Unread<'_> {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Self::Value, A::Error> {
        let mut members: Self::Value = Vec::new();
        while let Some(key) = source.next_key::<String>()? {
            self.0.borrow_mut().push(key.clone());
            if members.iter().any(|(known, _)| *known == key) {
                return Err(A::Error::custom("a key twice"));
            }
            members.push((key, source.next_value()?));
            self.0.borrow_mut().pop();
        }
        Ok(members)
    }
}

/// Reads a value; tracks the path of keys, which after an error leads to its place.
#[derive(Clone, Copy)]
struct Strict<'a>(&'a RefCell<Vec<String>>);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            self.0.borrow_mut().push(key.clone());
            if object.contains_key(&key) {
                return Err(A::Error::custom("a key twice"));
            }
            object.insert(key, members.next_value_seed(self)?);
            self.0.borrow_mut().pop();
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use serde_json::Value;

    #[test]
    fn valid_json_is_read_as_by_serde_json() {
        let text =
            r#" {"a": [1, -2, 0.5, 18446744073709551615, true, null, "é"], "b": {"a": {}}} "#;
        assert_eq!(parse("x", text).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn a_mistake_is_reported_with_its_place() {
        let table = [
            (r#"{"a": 1, "a": 1}"#, "x gives a twice, at line 1 column 12"),
            (r#"{"p": [{"a": 1, "a": 2}]}"#, "x gives p.a twice, at line 1 column 19"),
            (r#"{"p": {"n": 1e999}}"#, "x is not valid JSON, in p.n: number out of range"),
            (r#"{"p": 1, "#, "x is not valid JSON: EOF"),
            ("[1] 2", "x is not valid JSON: trailing characters"),
        ];
        for (text, begin) in table {
            let error = parse("x", text).unwrap_err();
            assert!(error.description().starts_with(begin), "{error}");
        }
        let deep = "{\"a\":".repeat(100_000);
        let error = parse("x", &deep).unwrap_err();
        assert!(error.description().contains("recursion limit exceeded"), "{error}");
        assert!(error.description().len() < 300);
    }
}
