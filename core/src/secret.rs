//! Texts that are never shown and do not stay in memory.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use zeroize::{Zeroize, Zeroizing};

/// A token or password. `Debug` does not show it. Its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Secret {
    text: Zeroizing<String>,
    variable: Option<&'static str>,
}

impl Secret {
    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// What an environment variable holds.
    pub(crate) fn of_variable(name: &'static str, text: String) -> Secret {
        Secret { variable: Some(name), ..Secret::from(text) }
    }

    /// The environment variable that held it, for messages.
    pub(crate) fn variable(&self) -> Option<&'static str> {
        self.variable
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Secret) -> bool {
        self.text == other.text
    }
}

impl Eq for Secret {}

impl From<&str> for Secret {
    fn from(text: &str) -> Secret {
        Secret::from(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Secret {
        Secret { text: Zeroizing::new(text), variable: None }
    }
}

impl<'de> Deserialize<'de> for Secret {
    /// No error shows what was given.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        let text = String::deserialize(deserializer);
        text.map(Secret::from).map_err(|_| D::Error::custom("must be a string"))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Wipes every text in a JSON value that may hold a secret.
pub(crate) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
