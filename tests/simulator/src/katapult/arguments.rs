//! The arguments of an operation, and the lookups among them.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::Endpoint;
use super::annotations::AnnotationFilters;
use super::argument_check::check;
use super::error::ApiError;

/// Checked already, so an operation has no mistakes to look for. An argument that is not defined
/// is not there.
pub(super) struct Arguments(Map<String, Value>);

impl Arguments {
    /// `segments` are those of the path that stand for an argument.
    pub(super) fn new(
        endpoint: &Endpoint,
        parameters: &Map<String, Value>,
        segments: &[(&str, &str)],
    ) -> Result<Self, ApiError> {
        check(endpoint, parameters, segments).map(Self)
    }

    /// An argument that is defined as required.
    pub(super) fn required<T: DeserializeOwned>(&self, name: &str) -> Result<T, ApiError> {
        self.optional(name)?.ok_or_else(ApiError::unhandled_exception)
    }

    /// None if it is absent or null.
    pub(super) fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ApiError> {
        // An array may hold a null, which no definition rules out.
        let value = self.0.get(name).map(T::deserialize).transpose();
        value.map_err(|_| ApiError::unhandled_exception())
    }

    /// The object that an operation is about.
    pub(super) fn lookup(&self, object: &str) -> Result<Lookup, ApiError> {
        self.required(object)
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, ApiError> {
        Ok(self.optional(name)?.unwrap_or_default())
    }

    pub(super) fn annotation_filters(&self) -> Result<AnnotationFilters, ApiError> {
        Ok(AnnotationFilters::new(self.optional("annotations")?.unwrap_or_default()))
    }
}

/// What identifies an object: one of its keys, and the value.
pub(super) struct Lookup {
    key: String,
    value: String,
}

impl Lookup {
    pub(super) fn new(key: &str, value: &str) -> Self {
        Self { key: key.to_owned(), value: value.to_owned() }
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// The value, where it is an id whatever the key.
    pub(super) fn id(&self) -> &str {
        &self.value
    }

    /// Whether this is the object with these keys.
    pub(super) fn matches(&self, keys: &[(&str, &str)]) -> bool {
        keys.iter().any(|(key, value)| *key == self.key && *value == self.value)
    }
}

impl<'de> Deserialize<'de> for Lookup {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members: Map<String, Value> = Map::deserialize(deserializer)?;
        match members.into_iter().next() {
            Some((key, Value::String(value))) => Ok(Self { key, value }),
            _ => Err(D::Error::custom("no lookup")),
        }
    }
}
