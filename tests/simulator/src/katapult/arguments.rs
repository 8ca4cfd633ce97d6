//! The arguments of an operation, and the lookups among them.

use std::fmt::Display;
use std::str::FromStr;

use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::{FromRequest, RawPathParams, Request};
use axum::http::Method;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::error::ApiError;
use crate::record::query_pairs;
use crate::state::Annotation;

/// recorded: arguments are in the query of a GET, and in the JSON body of every other method, DELETE
/// included. The query's pairs look like `disk[id]=…`, the body's members like `"disk": {"id": …}`.
/// Also recorded, of old clients: a lookup of a DELETE in the query, and ids in the path.
pub(super) struct Arguments {
    query: Vec<(String, String)>,
    /// Empty for a GET.
    body: Map<String, Value>,
    path: Vec<(String, String)>,
}

/// A filter by annotations: keys, and perhaps their values.
#[derive(Default)]
pub(super) struct AnnotationFilters<'a>(Vec<(&'a str, Option<&'a str>)>);

impl AnnotationFilters<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first one that has a value.
    pub(super) fn with_value(&self) -> Option<(&str, &str)> {
        self.0.iter().find_map(|(key, value)| Some((*key, (*value)?)))
    }

    pub(super) fn all_fit(&self, annotations: &[Annotation]) -> bool {
        let fits = |key: &str, value| annotations.iter().any(|a| a.fits(key, value));
        self.0.iter().all(|(key, value)| fits(key, *value))
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

    /// The lookup in an object such as `{"id": …}`. Exactly one of the keys may be given.
    pub(super) fn from_value(object: &str, value: &Value, keys: &[&str]) -> Result<Self, ApiError> {
        let Value::Object(members) = value else {
            return Err(ApiError::invalid_argument(object, "not an object"));
        };
        let given = members.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| {
            let text = value.as_str().map(str::to_owned);
            (key.as_str(), text.unwrap_or_else(|| value.to_string()))
        });
        Self::only_one(object, given, keys)
    }

    fn only_one<'a>(
        object: &str,
        given: impl Iterator<Item = (&'a str, String)>,
        keys: &[&str],
    ) -> Result<Self, ApiError> {
        let mut known = given.filter(|(key, _)| keys.contains(key));
        let Some((key, value)) = known.next() else {
            return Err(ApiError::invalid_argument(object, "missing_lookup_value"));
        };
        if known.next().is_some() {
            return Err(ApiError::invalid_argument(object, "ambiguous_lookup"));
        }
        Ok(Self { key: key.to_owned(), value })
    }
}

impl Arguments {
    pub(super) fn of_body(body: Map<String, Value>) -> Self {
        Self { query: Vec::new(), body, path: Vec::new() }
    }

    /// The object that an operation is about.
    pub(super) fn lookup(&self, object: &str, keys: &[&str]) -> Result<Lookup, ApiError> {
        self.optional_lookup(object, keys)?
            .or_else(|| self.id_in_path(object))
            .ok_or_else(|| ApiError::missing_argument(object))
    }

    pub(super) fn optional_lookup(
        &self,
        object: &str,
        keys: &[&str],
    ) -> Result<Option<Lookup>, ApiError> {
        if let Some(value) = self.body.get(object).filter(|value| !value.is_null()) {
            return Lookup::from_value(object, value, keys).map(Some);
        }
        let mut given = self
            .query
            .iter()
            .filter_map(|(name, value)| Some((key_of(name, object)?, value.clone())))
            .peekable();
        if given.peek().is_none() {
            return Ok(None);
        }
        Lookup::only_one(object, given, keys).map(Some)
    }

    /// recorded: old clients put the id into the path, and are still served. `_` or `:disk` there
    /// means nothing.
    fn id_in_path(&self, object: &str) -> Option<Lookup> {
        let (_, segment) = self.path.iter().find(|(name, _)| name == object)?;
        let is_id = segment != object && segment != "_" && !segment.starts_with(':');
        is_id.then(|| Lookup { key: "id".into(), value: segment.clone() })
    }

    /// A member of the body; null counts as absent.
    pub(super) fn optional<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, ApiError> {
        let Some(value) = self.body.get(name).filter(|value| !value.is_null()) else {
            return Ok(None);
        };
        T::deserialize(value).map(Some).map_err(|error| ApiError::invalid_argument(name, error))
    }

    /// The filters of a list: `annotations[][key]=…&annotations[][value]=…`, in turn. A key without
    /// a value stands for any.
    pub(super) fn annotation_filters(&self) -> AnnotationFilters<'_> {
        let mut filters = Vec::new();
        for (name, value) in &self.query {
            match (name.as_str(), filters.last_mut()) {
                ("annotations[][key]", _) => filters.push((value.as_str(), None)),
                ("annotations[][value]", Some((_, wanted))) => *wanted = Some(value.as_str()),
                _ => {}
            }
        }
        AnnotationFilters(filters)
    }

    /// An argument in the query, as a number.
    pub(super) fn number(&self, name: &str, default: usize) -> Result<usize, ApiError> {
        self.in_query(name, default)
    }

    /// An argument in the query, as `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> Result<bool, ApiError> {
        self.in_query(name, false)
    }

    fn in_query<T: FromStr<Err: Display>>(&self, name: &str, default: T) -> Result<T, ApiError> {
        match self.query.iter().find(|(key, _)| key == name) {
            Some((_, value)) => {
                value.parse().map_err(|error| ApiError::invalid_argument(name, error))
            }
            None => Ok(default),
        }
    }
}

/// `id` of `disk[id]`, if the object is `disk`.
fn key_of<'a>(name: &'a str, object: &str) -> Option<&'a str> {
    name.strip_prefix(object)?.strip_prefix('[')?.strip_suffix(']')
}

impl<S: Send + Sync> FromRequest<S> for Arguments {
    type Rejection = ApiError;

    async fn from_request(mut request: Request, _: &S) -> Result<Self, ApiError> {
        let path = match request.extract_parts::<RawPathParams>().await {
            Ok(segments) => {
                segments.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
            }
            Err(_) => Vec::new(),
        };
        let query = query_pairs(request.uri());
        if request.method() == Method::GET {
            return Ok(Self { query, body: Map::new(), path });
        }
        let text: Bytes = request.extract().await.map_err(ApiError::invalid_json)?;
        let body = if text.is_empty() {
            Map::new()
        } else {
            serde_json::from_slice(&text).map_err(ApiError::invalid_json)?
        };
        Ok(Self { query, body, path })
    }
}
