//! Modules that are used if the program has imported them, and not imported for it: that takes longer
//! than all the rest of the package.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};

/// An attribute of a module that is imported. Another thread may be importing it at this moment, so
/// that the attribute is not there yet.
pub(crate) fn attribute<'py>(
    py: Python<'py>,
    module: &Bound<'py, PyString>,
    name: &Bound<'py, PyString>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    match MODULES.import(py, "sys", "modules")?.get_item(module)? {
        Some(module) => module.getattr_opt(name),
        None => Ok(None),
    }
}
