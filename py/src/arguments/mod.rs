//! Reading arguments: each error names the argument and says what it must be.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use katapult_disk::{Annotations, Error, HttpOptions, Secret, seconds_limit};
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyUnicodeEncodeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyMapping, PyString};

use crate::errors::{exception, invalid_argument};
use crate::{interrupt, json};

mod lookup;
mod policy;

pub(crate) use lookup::{lookup, named, required_named, task};
pub(crate) use policy::{schedule, timestamp};

/// An argument as it was given; None stands for "not given" where that is the default.
pub(crate) type Argument<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// A time limit in seconds. None is no limit, so "not given" is something else.
pub(crate) enum Limit<'py> {
    Default,
    Given(Bound<'py, PyAny>),
}

impl<'py> FromPyObject<'_, 'py> for Limit<'py> {
    type Error = Infallible;

    fn extract(value: Borrowed<'_, 'py, PyAny>) -> Result<Self, Infallible> {
        Ok(Limit::Given(value.to_owned()))
    }
}

impl Limit<'_> {
    pub(crate) fn read(self, name: &str, default: Option<Duration>) -> PyResult<Option<Duration>> {
        let value = match self {
            Limit::Default => return Ok(default),
            Limit::Given(value) if value.is_none() => return Ok(None),
            Limit::Given(value) => value,
        };
        let expected = "a number of seconds, or None";
        if value.is_instance_of::<PyBool>() {
            return Err(wrong(name, expected, &value));
        }
        let seconds = value.extract().map_err(|error: PyErr| {
            if error.is_instance_of::<PyOverflowError>(value.py()) {
                return invalid_argument(value.py(), format!("{name} is too large for a float"));
            }
            unless_own(error, name, expected, &value)
        })?;
        seconds_limit(name, seconds).map_err(|error| exception(value.py(), error))
    }
}

/// The arguments that the clients of both services share.
pub(crate) struct HttpArguments<'a, 'py> {
    pub(crate) timeout: Limit<'py>,
    pub(crate) connect_timeout: Limit<'py>,
    pub(crate) ca_file: Argument<'a, 'py>,
    pub(crate) verify: Argument<'a, 'py>,
    pub(crate) proxy: Argument<'a, 'py>,
    pub(crate) user_agent: Argument<'a, 'py>,
    pub(crate) allow_http: Argument<'a, 'py>,
    pub(crate) max_response_bytes: Argument<'a, 'py>,
}

impl HttpArguments<'_, '_> {
    pub(crate) fn read(self) -> PyResult<HttpOptions> {
        let default = HttpOptions::default();
        let connect_timeout = self.connect_timeout;
        Ok(HttpOptions {
            timeout: self.timeout.read("timeout", default.timeout)?,
            connect_timeout: connect_timeout.read("connect_timeout", default.connect_timeout)?,
            ca_file: path("ca_file", self.ca_file)?,
            verify: flag("verify", self.verify)?,
            proxy: text("proxy", self.proxy)?.map(Secret::from),
            user_agent: text("user_agent", self.user_agent)?,
            allow_http: flag("allow_http", self.allow_http)?.unwrap_or(default.allow_http),
            max_response_bytes: whole_number("max_response_bytes", self.max_response_bytes)?
                .unwrap_or(default.max_response_bytes)
                .min(json::LONGEST),
            interrupt: Some(interrupt::hook()),
        })
    }
}

pub(crate) fn text(name: &str, value: Argument<'_, '_>) -> PyResult<Option<String>> {
    value.map(|value| required_text(name, value)).transpose()
}

pub(crate) fn secret(name: &str, value: Argument<'_, '_>) -> PyResult<Option<Secret>> {
    Ok(text(name, value)?.map(Secret::from))
}

pub(crate) fn required_text(name: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    let text = value.cast::<PyString>().map_err(|_| wrong(name, "a str", value))?;
    match text.to_cow() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(surrogate(name, value)),
    }
}

/// Shows not even a repr of the value: it may be a token.
fn surrogate(name: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let text = format!("{name} holds a lone surrogate, which cannot be sent as UTF-8");
    invalid_argument(value.py(), text)
}

/// The beginning of a key that was given, for messages.
fn clipped(key: &str) -> String {
    let mut shown: String = key.chars().take(60).collect();
    if shown.len() < key.len() {
        shown.push('…');
    }
    shown
}

/// One of the words that the API documents.
pub(crate) fn word<T>(name: &str, value: Argument<'_, '_>) -> PyResult<Option<T>>
where
    T: FromStr<Err = Error>,
{
    let parse = |value: &Bound<'_, PyAny>| {
        required_text(name, value)?.parse().map_err(|error| exception(value.py(), error))
    };
    value.map(parse).transpose()
}

pub(crate) fn flag(name: &str, value: Argument<'_, '_>) -> PyResult<Option<bool>> {
    let read = |value: &Bound<'_, PyAny>| {
        value.extract().map_err(|error| unless_own(error, name, "a bool", value))
    };
    value.map(read).transpose()
}

pub(crate) fn whole_number(name: &str, value: Argument<'_, '_>) -> PyResult<Option<u64>> {
    value.map(|value| required_whole_number(name, value)).transpose()
}

pub(crate) fn required_whole_number(name: &str, value: &Bound<'_, PyAny>) -> PyResult<u64> {
    number(name, "an int", value)
}

fn number(name: &str, expected: &str, value: &Bound<'_, PyAny>) -> PyResult<u64> {
    if value.is_instance_of::<PyBool>() {
        return Err(wrong(name, expected, value));
    }
    value.extract().map_err(|error: PyErr| {
        if error.is_instance_of::<PyOverflowError>(value.py()) {
            return invalid_argument(
                value.py(),
                format!("{name} must be at least 0 and below 2**64"),
            );
        }
        unless_own(error, name, expected, value)
    })
}

/// How many items to fetch at a time, where that is given.
pub(crate) fn page_size(value: Argument<'_, '_>) -> PyResult<Option<u64>> {
    let size = whole_number("page_size", value)?;
    match value {
        Some(value) if size == Some(0) => {
            Err(invalid_argument(value.py(), "page_size must be at least 1, not 0"))
        }
        _ => Ok(size),
    }
}

fn path(name: &str, value: Argument<'_, '_>) -> PyResult<Option<PathBuf>> {
    let read = |value: &Bound<'_, PyAny>| {
        value.extract().map_err(|error: PyErr| {
            // Surrogates that stand for bytes are fine in a path; others stand for nothing.
            if error.is_instance_of::<PyUnicodeEncodeError>(value.py()) {
                return surrogate(name, value);
            }
            unless_own(error, name, "a str or os.PathLike", value)
        })
    };
    value.map(read).transpose()
}

pub(crate) fn annotations(value: Argument<'_, '_>) -> PyResult<Option<Annotations>> {
    let Some(value) = value else {
        return Ok(None);
    };
    let mapping = value
        .cast::<PyMapping>()
        .map_err(|_| wrong("annotations", "a mapping of str to str", value))?;
    let read = |item: Bound<'_, PyAny>| {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let key = required_text("each key of annotations", &key)?;
        let value = required_text(&format!("annotations[{:?}]", clipped(&key)), &value)?;
        Ok((key, value))
    };
    mapping.items()?.iter().map(read).collect::<PyResult<Annotations>>().map(Some)
}

pub(crate) fn wrong(name: &str, expected: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let given = match value.get_type().name() {
        Ok(name) => name.to_string(),
        Err(_) => "something else".to_owned(),
    };
    invalid_argument(value.py(), format!("{name} must be {expected}, not {given}"))
}

/// What a conversion of Python's own says becomes our error; what the value itself raised, as in
/// its `__index__`, stays.
fn unless_own(error: PyErr, name: &str, expected: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let py = value.py();
    if error.is_instance_of::<PyTypeError>(py) || error.is_instance_of::<PyOverflowError>(py) {
        wrong(name, expected, value)
    } else {
        error
    }
}
