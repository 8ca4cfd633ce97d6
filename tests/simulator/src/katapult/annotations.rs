//! Annotations, in what is sent.

use serde::Deserialize;

use super::argument::{Argument, Kind};
use crate::state::Annotation;

/// document: only the key is required.
#[derive(Deserialize)]
pub(super) struct KeyValue {
    key: String,
    value: Option<String>,
}

pub(super) const ANNOTATIONS: Argument = Argument::array(
    "annotations",
    Kind::Object(
        "KeyValue",
        &[Argument::new("key", Kind::Text).required(), Argument::new("value", Kind::Text)],
    ),
);

impl From<KeyValue> for Annotation {
    fn from(KeyValue { key, value }: KeyValue) -> Self {
        Self { key, value: value.unwrap_or_default() }
    }
}

/// A filter by annotations: keys, and perhaps their values. Our choice: a key without a value
/// stands for any.
#[derive(Default)]
pub(super) struct AnnotationFilters(Vec<KeyValue>);

impl AnnotationFilters {
    pub(super) fn new(wanted: Vec<KeyValue>) -> Self {
        Self(wanted)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first one that has a value.
    pub(super) fn with_value(&self) -> Option<(&str, &str)> {
        self.0.iter().find_map(|wanted| Some((wanted.key.as_str(), wanted.value.as_deref()?)))
    }

    pub(super) fn all_fit(&self, annotations: &[Annotation]) -> bool {
        let fits = |wanted: &KeyValue| {
            annotations.iter().any(|a| a.fits(&wanted.key, wanted.value.as_deref()))
        };
        self.0.iter().all(fits)
    }
}
