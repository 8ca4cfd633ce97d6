//! Modules that are used if the program has imported them, and not imported for it: that takes longer
//! than all the rest of the package.

use once_cell::race::OnceBox;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

/// An object that is found out once. Unlike pyo3's `PyOnceLock` it has no lock, which a fork could leave
/// held while Python code finds it out.
pub(crate) type Once<T> = OnceBox<Py<T>>;

/// A Python string that is made once. As pyo3's `intern!`, without its lock.
macro_rules! intern {
    ($py:expr, $text:literal) => {{
        static NAME: $crate::imported::Once<pyo3::types::PyString> = $crate::imported::Once::new();
        let make = || Box::new(pyo3::types::PyString::intern($py, $text).unbind());
        NAME.get_or_init(make).bind($py)
    }};
}

pub(crate) use intern;

/// The object of `once`; several threads may run `find` at the same time, and all get one object.
pub(crate) fn once<'a, 'py, T>(
    once: &'a Once<T>,
    py: Python<'py>,
    find: impl FnOnce() -> PyResult<Bound<'py, T>>,
) -> PyResult<&'a Bound<'py, T>> {
    let found = once.get_or_try_init(|| Ok::<_, PyErr>(Box::new(find()?.unbind())))?;
    Ok(found.bind(py))
}

/// An attribute of a module that is imported. Another thread may be importing it at this moment, so
/// that the attribute is not there yet.
pub(crate) fn attribute<'py>(
    py: Python<'py>,
    module: &Bound<'py, PyString>,
    name: &Bound<'py, PyString>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    static MODULES: Once<PyDict> = Once::new();
    let modules = || Ok(py.import("sys")?.getattr("modules")?.cast_into()?);
    match once(&MODULES, py, modules)?.get_item(module)? {
        Some(module) => module.getattr_opt(name),
        None => Ok(None),
    }
}
