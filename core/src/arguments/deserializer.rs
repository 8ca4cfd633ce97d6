//! serde's view of an argument, which knows the path to a mistake.

use std::cell::RefCell;
use std::result::Result;

use serde::de::value::Error as ValueError;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess,
    Unexpected, Visitor,
};
use serde_json::Value;

/// The names of a struct's fields, as serde reads them.
pub(super) fn fields<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut fields: &[&str] = &[];
    // It ends in an error, since there is nothing to read.
    drop(T::deserialize(FieldNames(&mut fields)));
    fields
}

struct FieldNames<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for FieldNames<'_> {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ValueError> {
        Err(ValueError::custom("only for the names of fields"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ValueError> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// A value that is read as an argument: a struct is an object, never an array of its fields. `path` has
/// the keys on the way to it; after a mistake it leads to the place of the mistake.
#[derive(Clone, Copy)]
pub(super) struct Argument<'a> {
    pub(super) value: &'a Value,
    pub(super) path: &'a RefCell<Vec<String>>,
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
