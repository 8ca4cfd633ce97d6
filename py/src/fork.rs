//! Lets the interpreter say when the process is forked.

use katapult_disk::fork;
use pyo3::prelude::*;
use pyo3::types::PyDict;

#[pyfunction]
fn before() {
    fork::before();
}

#[pyfunction]
fn after_in_parent() {
    fork::after_in_parent();
}

#[pyfunction]
fn after_in_child() {
    fork::after_in_child();
}

/// Makes the interpreter report each fork. Code in C that forks it has to call `PyOS_AfterFork_Child`,
/// which runs these functions.
pub(crate) fn watch(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let functions = PyDict::new(module.py());
    functions.set_item("before", wrap_pyfunction!(before, module)?)?;
    functions.set_item("after_in_parent", wrap_pyfunction!(after_in_parent, module)?)?;
    functions.set_item("after_in_child", wrap_pyfunction!(after_in_child, module)?)?;
    // Windows has neither forks nor this function.
    if cfg!(unix) {
        module.py().import("os")?.call_method("register_at_fork", (), Some(&functions))?;
    }
    fork::will_be_reported();
    Ok(())
}
