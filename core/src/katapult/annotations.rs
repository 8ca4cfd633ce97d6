//! Annotations: texts that a user attaches to an object.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

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

/// The last value of a repeated key wins.
impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Annotations {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Annotations {
        let mut list: Vec<(String, String)> = Vec::new();
        // A search in the list for each entry would be quadratic, and a service decides how many it has.
        let mut places: HashMap<String, usize> = HashMap::new();
        for (key, value) in entries {
            match places.entry(key.into()) {
                Entry::Occupied(place) => list[*place.get()].1 = value.into(),
                Entry::Vacant(place) => {
                    list.push((place.key().clone(), value.into()));
                    place.insert(list.len() - 1);
                }
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
    /// Reads the API's list.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Annotations, D::Error> {
        let list: Vec<Annotation<String>> = Vec::deserialize(deserializer)?;
        Ok(list.into_iter().map(|entry| (entry.key, entry.value)).collect())
    }
}

/// `#[serde(deserialize_with)]` for annotations as an argument: the API's list, or what people write,
/// `{"team": "storage"}`. Unlike a response's they have each key once, and nothing else.
pub(super) fn argument<'de, D>(deserializer: D) -> Result<Option<Annotations>, D::Error>
where
    D: Deserializer<'de>,
{
    let given = Value::deserialize(deserializer)?;
    let pairs: Option<Vec<(String, String)>> = match &given {
        Value::Array(items) => items.iter().map(pair).collect(),
        Value::Object(members) => members.iter().map(text).collect(),
        _ => None,
    };
    let annotations: Option<Annotations> =
        pairs.as_ref().map(|pairs| pairs.iter().cloned().collect());
    match annotations.filter(|all| pairs.is_some_and(|pairs| pairs.len() == all.len())) {
        Some(annotations) => Ok(Some(annotations)),
        None => Err(D::Error::custom(
            "must be an object of strings, or an array of objects such as \
             {\"key\": \"…\", \"value\": \"…\"}, each key once",
        )),
    }
}

fn text((key, value): (&String, &Value)) -> Option<(String, String)> {
    Some((key.clone(), value.as_str()?.to_owned()))
}

fn pair(item: &Value) -> Option<(String, String)> {
    let members = item.as_object().filter(|members| members.len() == 2)?;
    let text = |key| Some(members.get(key)?.as_str()?.to_owned());
    Some((text("key")?, text("value")?))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Annotations;

    #[test]
    fn the_last_value_of_a_key_wins_at_the_place_of_the_first() {
        let annotations = Annotations::from([("a", "1"), ("b", "2"), ("a", "3")]);
        assert_eq!(annotations.iter().collect::<Vec<_>>(), [("a", "3"), ("b", "2")]);
    }

    #[test]
    fn many_take_time_in_proportion() {
        let time = |count: usize| {
            let started = Instant::now();
            let entries = (0..count).map(|number| (number.to_string(), "x"));
            assert_eq!(entries.collect::<Annotations>().len(), count);
            started.elapsed()
        };
        // A search for each would take many minutes in a build without optimisation.
        assert!(time(200_000) < Duration::from_secs(60));
    }
}
