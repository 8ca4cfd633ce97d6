//! Calls for many disks.

use pyo3::prelude::*;

use super::Client;
use crate::arguments::{self as read, Argument};
use crate::fleet::{self, FleetRun, Request};
use crate::objects::DiskSummary;

#[pymethods]
impl Client {
    /// Creates many disks at the pace that the service permits, and waits until they are built. Gives a FleetRun:
    /// iterate over its results, within `with`.
    ///
    /// `specs` are mappings with the arguments of `create_disk` (`name`, `size_in_gb`, `organization`, …,
    /// `annotations`; not `idempotency_key`), in any iterable: a generator runs on the thread that iterates, a
    /// little ahead of what is sent. Each name comes once. A mistake in one is that disk's result.
    ///
    /// `fleet` is the fleet's name, a text of yours that no other fleet has, by default a new one: the same call
    /// with the same name creates only what is missing, also after your process was killed. The disks carry it
    /// as the annotation `katapult_disk_fleet`, and `katapult_disk_batch` beside it. All disks are of one
    /// organization.
    ///
    /// `share` is the part of the permitted rate that the token's requests may reach, above 0 and at most 1;
    /// what others with the same token send counts, too. `threads` (1 to 64) is how many requests are under
    /// way at once. `timeout` is for all of it, in seconds from this call on; None is no limit. `progress` is
    /// True for one line on stderr, or a callable that gets the FleetCounts about once a second, on the thread
    /// that iterates; what it raises ends the run.
    ///
    /// Sends GET /organizations/organization/disks with a filter that must give nothing, then with the fleet's; for
    /// each missing disk POST /organizations/organization/disks; GET /tasks/task for one of them; a
    /// GET /organizations/organization/disks for each 200; GET /disks/disk and GET /tasks/task for those that take
    /// unusually long or fail.
    ///
    /// Raises InvalidArgument at once; while it iterates Refused (before anything is created) when the service
    /// does not heed the filter, TimedOut, Interrupted, what the service says of the token and of the
    /// organization. `detail` has the `counts` then, and `unfinished`. A disk that fails raises nothing but in its
    /// own result.
    #[pyo3(signature = (
        specs, *, fleet=None, share=0.95, threads=16, timeout=3600.0, progress=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but one are keywords in Python")]
    fn create_disks<'py>(
        &self,
        py: Python<'py>,
        specs: &Bound<'py, PyAny>,
        fleet: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::share)] share: f64,
        #[pyo3(from_py_with = read::threads)] threads: usize,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<FleetRun> {
        let timeout = read::wait_timeout(py, timeout)?;
        let request = Request { call: "create_disks", deed: "created", share, threads, timeout };
        let fleet = read::text("fleet", fleet)?;
        let specs = fleet::new_disks(specs)?;
        FleetRun::create(py, &self.handle, &request, fleet, (specs, progress))
    }

    /// Gives many disks their sizes as `ensure_disk_size` does one, and waits for all together. Gives a FleetRun as
    /// `create_disks` does, with `share`, `threads`, `timeout` and `progress` as there.
    ///
    /// `sizes` is a mapping of disks (or ids) to sizes in GB, or an iterable of such pairs. `method` is as in
    /// `ensure_disk_size`. All disks are of the client's organization. What has its size already is not sent, so it
    /// may be called again and again.
    ///
    /// Sends GET /organizations/organization/disks, for each disk that has another size GET /disks/disk (and
    /// GET /virtual_machines/virtual_machine where it might be about to be attached) and PUT /disks/disk/resize;
    /// then GET /tasks/task for one of them and the list again until the sizes show. Where that takes fewer
    /// requests it reads disks one by one.
    ///
    /// Raises as `create_disks`; the errors of a disk are those of `ensure_disk_size`.
    #[pyo3(signature = (
        sizes, *, method=None, share=0.95, threads=16, timeout=3600.0, progress=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but one are keywords in Python")]
    fn ensure_disk_sizes<'py>(
        &self,
        py: Python<'py>,
        sizes: &Bound<'py, PyAny>,
        method: Argument<'_, 'py>,
        #[pyo3(from_py_with = read::share)] share: f64,
        #[pyo3(from_py_with = read::threads)] threads: usize,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<FleetRun> {
        let timeout = read::wait_timeout(py, timeout)?;
        let request =
            Request { call: "ensure_disk_sizes", deed: "resized", share, threads, timeout };
        let method = read::word("method", method)?;
        let sizes = fleet::sizes(sizes)?;
        FleetRun::resize(py, &self.handle, &request, method, (sizes, progress))
    }

    /// Deletes many disks as `ensure_disk_deleted` does one, and waits for all together. Gives a FleetRun as
    /// `create_disks` does, with `share`, `threads`, `timeout` and `progress` as there; its results have a
    /// `trash_object` instead of a disk.
    ///
    /// `disks` is an iterable of disks or ids. `purge` destroys them at once, which cannot be undone, instead of
    /// leaving them in the trash for 48 hours.
    ///
    /// Sends, for each disk, GET /disks/disk, DELETE /disks/disk and GET /trash_objects/trash_object; with `purge`
    /// also DELETE /trash_objects/trash_object, then GET /tasks/task for one of them,
    /// GET /organizations/organization/trash_objects until they are no longer there, and GET /disks/disk for each,
    /// which must not find it.
    ///
    /// Raises as `create_disks`; the errors of a disk are those of `ensure_disk_deleted`.
    #[pyo3(signature = (
        disks, *, purge=false, share=0.95, threads=16, timeout=3600.0, progress=None
    ))]
    #[allow(clippy::too_many_arguments, reason = "all but one are keywords in Python")]
    fn ensure_disks_deleted<'py>(
        &self,
        py: Python<'py>,
        disks: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::purge)] purge: bool,
        #[pyo3(from_py_with = read::share)] share: f64,
        #[pyo3(from_py_with = read::threads)] threads: usize,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<FleetRun> {
        let timeout = read::wait_timeout(py, timeout)?;
        let request =
            Request { call: "ensure_disks_deleted", deed: "deleted", share, threads, timeout };
        let disks = fleet::disks(disks)?;
        FleetRun::delete(py, &self.handle, &request, purge, (disks, progress))
    }

    /// Waits until disks are built that were created before, such as by a pool of threads of your own: by one list
    /// for 200 of them, instead of polls of each task. Gives them as DiskSummary objects, in the order given.
    ///
    /// `disks` is an iterable of disks or ids. A CreatedDisk or DiskTask has the task, which tells when to look.
    /// All are of the client's organization. `timeout` is for all of it, in seconds; `progress` is as in
    /// `create_disks`.
    ///
    /// Sends GET /tasks/task for the task of one of them, if any has one, and
    /// GET /organizations/organization/disks until all are built; where that takes fewer requests GET /disks/disk for
    /// each.
    ///
    /// Raises InvalidArgument at once; TimedOut, Interrupted, what the service says of the token and of the
    /// organization. When disks fail it raises the first one's error (TaskFailed, NoEffect, DiskNotFound) after all
    /// others have ended; `detail["failed"]` names all that did.
    #[pyo3(signature = (disks, *, timeout=600.0, progress=None))]
    fn wait_disks<'py>(
        &self,
        py: Python<'py>,
        disks: &Bound<'py, PyAny>,
        #[pyo3(from_py_with = read::timeout)] timeout: Option<f64>,
        progress: Argument<'_, 'py>,
    ) -> PyResult<Vec<Bound<'py, DiskSummary>>> {
        let timeout = read::wait_timeout(py, timeout)?;
        let request = Request::waiting("wait_disks", timeout);
        fleet::wait(py, &self.handle, &request, fleet::disks(disks)?, progress)
    }
}
