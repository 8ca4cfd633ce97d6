//! Requests that the package has no call for.

use katapult_disk::ApiResponse;
use pyo3::exceptions::{PyRecursionError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::arguments::{Argument, required_text};
use crate::errors::invalid_argument;
use crate::json;

/// What a response says: a dict, a list or another value of JSON, or None.
pub(crate) type PlainData<'py> = Bound<'py, PyAny>;

/// The arguments of a request, as the core takes them.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) json: String,
}

impl Request {
    pub(crate) fn read<'py>(
        method: &Bound<'py, PyAny>,
        path: &Bound<'py, PyAny>,
        query: Argument<'_, 'py>,
        body: Argument<'_, 'py>,
    ) -> PyResult<Request> {
        let (method, path) = (required_text("method", method)?, required_text("path", path)?);
        let (query, body) = (written("query", query)?, written("body", body)?);
        Ok(Request { method, path, json: format!("{{\"query\":{query},\"body\":{body}}}") })
    }
}

/// An argument as JSON.
fn written(name: &str, value: Argument<'_, '_>) -> PyResult<String> {
    let Some(value) = value else { return Ok("null".to_owned()) };
    let py = value.py();
    json::dumps(value).map_err(|error| {
        let is_pythons = error.is_instance_of::<PyTypeError>(py)
            || error.is_instance_of::<PyValueError>(py)
            || error.is_instance_of::<PyRecursionError>(py);
        match is_pythons {
            true => {
                let text = format!("{name} must be what JSON can say: {}", error.value(py));
                invalid_argument(py, text)
            }
            false => error,
        }
    })
}

pub(crate) fn answer(py: Python<'_>, response: ApiResponse) -> PyResult<PlainData<'_>> {
    match response.body() {
        "" => Ok(py.None().into_bound(py)),
        body => json::loads(py, body),
    }
}
