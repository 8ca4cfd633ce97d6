//! The timeout of one call.

use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyEllipsis;

use super::{call_timeout, timeout};

/// How long one call may take; `...`, the default, is what the client has.
#[derive(Clone, Copy, Default)]
pub(crate) enum CallTimeout {
    #[default]
    Client,
    /// `None` is no limit.
    Own(Option<Duration>),
}

impl<'a, 'py> FromPyObject<'a, 'py> for CallTimeout {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<CallTimeout> {
        if value.is_exact_instance_of::<PyEllipsis>() {
            return Ok(CallTimeout::Client);
        }
        call_timeout(value.py(), "timeout", timeout(&value)?).map(CallTimeout::Own)
    }
}
