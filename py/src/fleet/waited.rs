//! The wait for many disks that gives a list.

use katapult_disk::{Client, Error, FleetResult, Status, WaitDisks};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::driver::Driver;
use super::specs::{self, Mistake};
use super::work::{Request, Specs};
use crate::arguments::Argument;
use crate::errors::invalid_argument;
use crate::handle::Handle;
use crate::imported::intern;
use crate::objects::DiskSummary;

/// Waits until all disks are built or have failed. Gives them in their order.
pub(crate) fn wait<'py>(
    py: Python<'py>,
    handle: &Handle<Client>,
    request: &Request,
    disks: Specs<'py>,
    progress: Argument<'_, 'py>,
) -> PyResult<Vec<Bound<'py, DiskSummary>>> {
    // A wrong argument is told at once, and not after the wait.
    let disks: Vec<_> = disks.items.collect::<PyResult<_>>()?;
    for (place, disk) in disks.iter().enumerate() {
        match specs::awaited(place, disk) {
            Ok(_) => {}
            Err(Mistake::Spec { text, .. }) => return Err(invalid_argument(py, text)),
            Err(Mistake::Raised(error)) => return Err(error),
        }
    }
    let total = Some(disks.len());
    let items = PyList::new(py, disks)?.try_iter()?;
    let specs = Specs { items, total };
    let progress = (request.call, progress);
    let driver =
        Driver::new(py, handle, request, specs, progress, WaitDisks::default(), specs::awaited)?;
    let mut results = Vec::new();
    while let Some(result) = driver.next(py)? {
        results.push(result);
    }
    results.sort_unstable_by_key(|result| result.index);
    built(py, results)
}

/// The disks; or the first one's error, which tells of all that failed.
fn built(py: Python<'_>, results: Vec<FleetResult>) -> PyResult<Vec<Bound<'_, DiskSummary>>> {
    let total = results.len();
    let mut built = Vec::with_capacity(total);
    let mut first = None;
    let failed = PyList::empty(py);
    for result in results {
        let (index, id, name) = (result.index, result.id.clone(), result.name.clone());
        let status = result.response.as_ref().err().map_or(Status::InvalidResponse, Error::status);
        match super::FleetResult::of(py, result)?.into_disk(py) {
            Ok(disk) => built.push(disk),
            Err(error) => {
                let brief = PyDict::new(py);
                brief.set_item("index", index)?;
                brief.set_item("id", id)?;
                brief.set_item("name", name)?;
                brief.set_item("status", status.name())?;
                failed.append(brief)?;
                first.get_or_insert(error);
            }
        }
    }
    let Some(error) = first else { return Ok(built) };
    let exception = error.value(py);
    let text = format!("{exception} ({} of {total} disks failed)", failed.len());
    exception.setattr(intern!(py, "args"), (text,))?;
    let detail = PyDict::new(py);
    if let Ok(own) = exception.getattr(intern!(py, "detail"))?.cast::<PyDict>() {
        detail.update(own.as_mapping())?;
    }
    detail.set_item("failed", failed)?;
    exception.setattr(intern!(py, "detail"), detail)?;
    Err(error)
}
