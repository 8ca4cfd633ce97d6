//! Annotations: texts that a user attaches to an object.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, Request};

/// What servers take as a request line: nginx's and Apache's default is 8 KiB, with method and version.
const LONGEST_TARGET: usize = 8000;

/// Key and value of each annotation, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations(Vec<(String, String)>);

impl Annotations {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// Keys and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Of a key that comes twice the last value counts.
impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Annotations {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Annotations {
        let mut list: Vec<(String, String)> = Vec::new();
        for (key, value) in entries {
            let (key, value) = (key.into(), value.into());
            match list.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => *known = value,
                None => list.push((key, value)),
            }
        }
        Annotations(list)
    }
}

impl<K: Into<String>, V: Into<String>, const N: usize> From<[(K, V); N]> for Annotations {
    fn from(entries: [(K, V); N]) -> Annotations {
        entries.into_iter().collect()
    }
}

/// The API's form of one annotation.
#[derive(Deserialize, Serialize)]
struct Annotation<T> {
    key: T,
    value: T,
}

impl Serialize for Annotations {
    /// The API's list: `[{"key": …, "value": …}]`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|(key, value)| Annotation { key, value }))
    }
}

impl<'de> Deserialize<'de> for Annotations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Annotations, D::Error> {
        let list: Vec<Annotation<String>> = Vec::deserialize(deserializer)?;
        Ok(list.into_iter().map(|entry| (entry.key, entry.value)).collect())
    }
}

impl Request {
    /// Adds a list's filter: only objects with all of these.
    pub(super) fn annotations(
        mut self,
        annotations: Option<&Annotations>,
    ) -> crate::Result<Request> {
        for (key, value) in annotations.into_iter().flat_map(Annotations::iter) {
            self = self.query("annotations[][key]", key).query("annotations[][value]", value);
        }
        if self.target.len() > LONGEST_TARGET {
            return Err(Error::invalid_argument(format!(
                "annotations are too long for a filter: the request line would have more than \
                 {LONGEST_TARGET} bytes"
            )));
        }
        Ok(self)
    }
}
