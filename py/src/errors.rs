//! From the core's errors to Python's exceptions, whose classes are in `errors.py`.

use katapult_disk::{Error, Status};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::imported::intern;
use crate::{json, shutdown};

/// The exception of a failed call.
pub(crate) fn exception(py: Python<'_>, error: Error) -> PyErr {
    shutdown::visit(py, || Ok(with_source(py, error))).unwrap_or_else(|refusal| refusal)
}

/// The exception of a failed call that no exception has caused.
pub(crate) fn exception_of(py: Python<'_>, error: &Error) -> PyErr {
    shutdown::visit(py, || build(py, error)).unwrap_or_else(|failure| failure)
}

/// The text of an `InvalidArgument`; any other exception as it is.
pub(crate) fn text_of_invalid_argument(py: Python<'_>, error: PyErr) -> PyResult<String> {
    let class = shutdown::visit(py, || class_of(py, Status::InvalidArgument))?;
    match error.matches(py, class)? {
        true => error.value(py).str()?.extract(),
        false => Err(error),
    }
}

/// The exception of a wrong argument; the message starts with the argument's name.
pub(crate) fn invalid_argument(py: Python<'_>, message: impl Into<String>) -> PyErr {
    exception(py, Error::invalid_argument(message))
}

fn with_source(py: Python<'_>, mut error: Error) -> PyErr {
    let source = error.take_source();
    let exception = build(py, &error).unwrap_or_else(|failure| {
        // A signal's handler may raise while Python makes the exception, which must not be lost.
        if let Ok(exception) = build(py, &error) {
            failure.set_cause(py, Some(exception));
        }
        failure
    });
    // A signal's own exception goes first: whoever pressed Ctrl-C waits for a KeyboardInterrupt.
    match source.map(|source| source.downcast::<PyErr>()) {
        Some(Ok(raised)) => {
            if raised.cause(py).is_none() {
                raised.set_cause(py, Some(exception));
            }
            *raised
        }
        Some(Err(_)) | None => exception,
    }
}

fn build(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let class = class_of(py, error.status())?;
    let detail = error.detail().map(|detail| json::python_value(py, detail)).transpose()?;
    let fields = PyDict::new(py);
    fields.set_item("code", error.code())?;
    fields.set_item("description", error.description())?;
    fields.set_item("hint", error.hint())?;
    fields.set_item("detail", detail)?;
    fields.set_item("http_status", error.http_status())?;
    fields.set_item("request_id", error.request_id())?;
    fields.set_item("outcome", error.outcome().as_str())?;
    fields.set_item("operation", error.operation())?;
    fields.set_item("object_id", error.object_id())?;
    Ok(PyErr::from_value(class.call((error.message(),), Some(&fields))?))
}

fn class_of(py: Python<'_>, status: Status) -> PyResult<Bound<'_, PyAny>> {
    py.import(intern!(py, "katapult_disk.errors"))?
        .getattr(intern!(py, "BY_STATUS"))?
        .get_item(status.name())
}
