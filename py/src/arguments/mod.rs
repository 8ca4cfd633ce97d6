//! Reading arguments: each error names the argument and says what it must be.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use katapult_disk::{Annotations, Bounds, Error, FleetOptions, HttpOptions, Secret};
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyUnicodeEncodeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyMapping, PyString};

use crate::errors::{exception, invalid_argument};
use crate::imported::intern;
use crate::{interrupt, json};

mod call_timeout;
mod lookup;
mod new_disk;
mod policy;

pub(crate) use call_timeout::CallTimeout;
pub(crate) use lookup::{
    disk, held_disk, named, optional_disk, organization, required_named, task,
};
pub(crate) use new_disk::{NewDisk, relation};
pub(crate) use policy::{schedule, timestamp};

/// An argument as it was given; None stands for "not given" where that is the default.
pub(crate) type Argument<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

// The functions below are for `from_py_with`: an argument whose default is not None is read by the function of its
// name, so that the signature can show the default.

pub(crate) fn timeout(value: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
    seconds("timeout", value)
}

pub(crate) fn connect_timeout(value: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
    seconds("connect_timeout", value)
}

pub(crate) fn wait(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    flag_or_none("wait", value)
}

pub(crate) fn purge(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    flag_or_none("purge", value)
}

pub(crate) fn missing_ok(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    flag_or_none("missing_ok", value)
}

pub(crate) fn include_disks(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    flag_or_none("include_disks", value)
}

pub(crate) fn include_universal(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    flag_or_none("include_universal", value)
}

pub(crate) fn allow_http(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    flag_or_none("allow_http", value)
}

/// None is what the configuration says, and otherwise True.
pub(crate) fn verify(value: &Bound<'_, PyAny>) -> PyResult<Option<bool>> {
    let py = value.py();
    if value.is_instance_of::<PyString>() || value.hasattr(intern!(py, "__fspath__"))? {
        let kind = value.get_type().name()?;
        let text = format!(
            "verify must be a bool, not {kind}: a file of certificates to trust is given as ca_file"
        );
        return Err(invalid_argument(py, text));
    }
    flag("verify", not_none(value))
}

/// None is the default.
pub(crate) fn max_response_bytes(value: &Bound<'_, PyAny>) -> PyResult<Option<u64>> {
    whole_number("max_response_bytes", Bounds::POSITIVE, not_none(value))
}

/// How many items to fetch at a time; None is the default.
pub(crate) fn page_size(value: &Bound<'_, PyAny>) -> PyResult<Option<u64>> {
    whole_number("page_size", Bounds::PAGE_SIZE, not_none(value))
}

/// The part of the permitted rate that a fleet may use; None is the default.
pub(crate) fn share(value: &Bound<'_, PyAny>) -> PyResult<f64> {
    let expected = "a number above 0 and at most 1";
    if value.is_none() {
        return Ok(FleetOptions::default().share);
    }
    if value.is_instance_of::<PyBool>() {
        return Err(wrong("share", expected, value));
    }
    value.extract().map_err(|error: PyErr| unless_own(error, "share", expected, value))
}

/// How many requests of a fleet are under way at once; None is the default.
pub(crate) fn threads(value: &Bound<'_, PyAny>) -> PyResult<usize> {
    let threads = whole_number("threads", Bounds::THREADS, not_none(value))?;
    let threads = threads.map(|threads| threads.try_into().unwrap_or(usize::MAX));
    Ok(threads.unwrap_or(FleetOptions::default().threads))
}

fn flag_or_none(name: &str, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(flag(name, not_none(value))?.unwrap_or(false))
}

fn not_none<'a, 'py>(value: &'a Bound<'py, PyAny>) -> Argument<'a, 'py> {
    Some(value).filter(|value| !value.is_none())
}

fn seconds(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
    if value.is_none() {
        return Ok(None);
    }
    let expected = "a number of seconds, or None";
    if value.is_instance_of::<PyBool>() {
        return Err(wrong(name, expected, value));
    }
    value.extract().map(Some).map_err(|error: PyErr| {
        if error.is_instance_of::<PyOverflowError>(value.py()) {
            return invalid_argument(value.py(), format!("{name} is too large for a float"));
        }
        unless_own(error, name, expected, value)
    })
}

/// The timeout of a wait as the core takes it: 0 is to look once.
pub(crate) fn wait_timeout(py: Python<'_>, seconds: Option<f64>) -> PyResult<Option<Duration>> {
    limit(py, "timeout", seconds, katapult_disk::wait_timeout)
}

/// A timeout that must leave some time, as the core takes it.
pub(crate) fn call_timeout(
    py: Python<'_>,
    name: &str,
    seconds: Option<f64>,
) -> PyResult<Option<Duration>> {
    limit(py, name, seconds, katapult_disk::call_timeout)
}

fn limit(
    py: Python<'_>,
    name: &str,
    seconds: Option<f64>,
    check: fn(&str, f64) -> katapult_disk::Result<Option<Duration>>,
) -> PyResult<Option<Duration>> {
    match seconds {
        None => Ok(None),
        Some(seconds) => check(name, seconds).map_err(|error| exception(py, error)),
    }
}

/// The arguments that the clients of both services share.
pub(crate) struct HttpArguments<'a, 'py> {
    pub(crate) timeout: Option<f64>,
    pub(crate) connect_timeout: Option<f64>,
    pub(crate) ca_file: Argument<'a, 'py>,
    pub(crate) cert_file: Argument<'a, 'py>,
    pub(crate) key_file: Argument<'a, 'py>,
    pub(crate) verify: Option<bool>,
    pub(crate) proxy: Argument<'a, 'py>,
    pub(crate) user_agent: Argument<'a, 'py>,
    pub(crate) allow_http: bool,
    pub(crate) max_response_bytes: Option<u64>,
}

impl HttpArguments<'_, '_> {
    pub(crate) fn read(self, py: Python<'_>) -> PyResult<HttpOptions> {
        let default = HttpOptions::default();
        Ok(HttpOptions {
            timeout: call_timeout(py, "timeout", self.timeout)?,
            connect_timeout: call_timeout(py, "connect_timeout", self.connect_timeout)?,
            ca_file: path("ca_file", self.ca_file)?,
            cert_file: path("cert_file", self.cert_file)?,
            key_file: path("key_file", self.key_file)?,
            verify: self.verify,
            proxy: text("proxy", self.proxy)?.map(Secret::from),
            user_agent: text("user_agent", self.user_agent)?,
            allow_http: self.allow_http,
            max_response_bytes: self
                .max_response_bytes
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

pub(crate) fn whole_number(
    name: &str,
    bounds: Bounds,
    value: Argument<'_, '_>,
) -> PyResult<Option<u64>> {
    value.map(|value| required_whole_number(name, bounds, value)).transpose()
}

pub(crate) fn required_whole_number(
    name: &str,
    bounds: Bounds,
    value: &Bound<'_, PyAny>,
) -> PyResult<u64> {
    number(name, "an int", bounds, value)
}

/// The size of a disk in GB.
pub(crate) fn disk_size(name: &str, value: &Bound<'_, PyAny>) -> PyResult<u64> {
    number(name, "an int", Bounds::DISK_SIZE, value)
}

fn number(name: &str, expected: &str, bounds: Bounds, value: &Bound<'_, PyAny>) -> PyResult<u64> {
    let py = value.py();
    if value.is_instance_of::<PyBool>() {
        return Err(wrong(name, expected, value));
    }
    let number = value.extract().map_err(|error: PyErr| {
        match error.is_instance_of::<PyOverflowError>(py) {
            true => exception(py, bounds.refuse(name, &digits(value))),
            false => unless_own(error, name, expected, value),
        }
    })?;
    bounds.check(name, Some(number)).map_err(|error| exception(py, error))?;
    Ok(number)
}

/// The digits of an int that a u64 cannot be.
fn digits(value: &Bound<'_, PyAny>) -> String {
    let number = value.call_method0(intern!(value.py(), "__index__"));
    // Python writes only so many digits.
    let digits = number.and_then(|number| Ok(number.str()?.to_string()));
    digits.unwrap_or_else(|_| "one of thousands of digits".to_owned())
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
