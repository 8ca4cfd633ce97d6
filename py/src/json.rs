//! JSON texts, and the parts of them that objects are made of.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBool, PyDict, PyFloat, PyList, PyString};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::imported::{self, Once};
use crate::shutdown;

/// No text is longer: neither a response nor what is unpickled.
pub(crate) const LONGEST: u64 = u32::MAX as u64;

/// A JSON value within a text that it shares with the values around it.
#[derive(Clone)]
pub(crate) struct Json {
    /// Boxed, since an `Arc<str>` would be a copy of a large page.
    text: Arc<Box<str>>,
    /// Small, since lists keep many of these.
    range: Range<u32>,
}

impl Json {
    pub(crate) fn new(text: impl Into<Box<str>>) -> Json {
        let text = text.into();
        Json { range: 0..narrow(text.len()), text: Arc::new(text) }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text[self.range.start as usize..self.range.end as usize]
    }

    /// The value of a member, if this is an object that has it.
    pub(crate) fn member(&self, key: &str) -> Option<Json> {
        let members: HashMap<String, &RawValue> = serde_json::from_str(self.as_str()).ok()?;
        members.get(key).map(|part| self.part(part))
    }

    /// The values of an array; none if this is not an array.
    pub(crate) fn items(&self) -> Vec<Json> {
        let items: Vec<&RawValue> = serde_json::from_str(self.as_str()).unwrap_or_default();
        items.into_iter().map(|part| self.part(part)).collect()
    }

    fn part(&self, part: &RawValue) -> Json {
        let part = part.get();
        let start = part.as_ptr().addr() - self.text.as_ptr().addr();
        self.at(start..start + part.len())
    }

    /// The value that stands at a place of the whole text.
    pub(crate) fn at(&self, place: Range<usize>) -> Json {
        Json { text: Arc::clone(&self.text), range: narrow(place.start)..narrow(place.end) }
    }
}

fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// A Python value of a JSON text. Python's own reader keeps the order of keys and large integers.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: Once<PyAny> = Once::new();
    let find = || py.import("json")?.getattr("loads");
    shutdown::visit(py, || imported::once(&LOADS, py, find)?.call1((text,)))
}

/// A Python value as JSON. Raises what Python's own writer raises.
pub(crate) fn dumps(value: &Bound<'_, PyAny>) -> PyResult<String> {
    static DUMPS: Once<PyAny> = Once::new();
    let py = value.py();
    let find = || py.import("json")?.getattr("dumps");
    shutdown::visit(py, || {
        let arguments = [("allow_nan", false)].into_py_dict(py)?;
        imported::once(&DUMPS, py, find)?.call((value,), Some(&arguments))?.extract()
    })
}

/// A Python value of a JSON value. It imports nothing, unlike [`loads`], so that an error can be told
/// when no file can be opened.
pub(crate) fn python_value<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(is_true) => PyBool::new(py, *is_true).to_owned().into_any(),
        Value::Number(number) => {
            if let Some(integer) = number.as_i64() {
                integer.into_pyobject(py)?.into_any()
            } else if let Some(integer) = number.as_u64() {
                integer.into_pyobject(py)?.into_any()
            } else {
                PyFloat::new(py, number.as_f64().unwrap_or(f64::NAN)).into_any()
            }
        }
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(items) => {
            let items = items.iter().map(|item| python_value(py, item));
            PyList::new(py, items.collect::<PyResult<Vec<_>>>()?)?.into_any()
        }
        Value::Object(members) => {
            let dict = PyDict::new(py);
            for (key, member) in members {
                dict.set_item(key, python_value(py, member)?)?;
            }
            dict.into_any()
        }
    })
}
