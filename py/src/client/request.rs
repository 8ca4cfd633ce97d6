//! Requests that the package has no call for.

use pyo3::prelude::*;

use super::Client;
use crate::arguments::{Argument, CallTimeout};
use crate::request::{self, PlainData, Request};

#[pymethods]
impl Client {
    /// Sends a request that this package has no call for, as when the API has grown, and gives what
    /// the response says as plain data: a dict or a list, None if it is empty, as after a 204. It has
    /// the same connections, limits, repeats (of a GET only), errors and outcomes as all calls.
    ///
    /// `method` is "GET", "POST", "PUT", "PATCH" or "DELETE", in capitals or not. `path` is below the base URL, such as
    /// "/disks/disk"; percent-encoded, without a query. `query` may be nested, as the API's own:
    /// `{"disk": {"id": "disk_..."}}`; what is None in it is left out. `body` is sent as JSON; a GET has
    /// none.
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises InvalidArgument; InvalidResponse if the response is not JSON; ApiError with the `code`, where
    /// this version has no class for it.
    #[pyo3(signature = (method, path, *, query=None, body=None, timeout=CallTimeout::Client))]
    fn request<'py>(
        &self,
        py: Python<'py>,
        method: &Bound<'py, PyAny>,
        path: &Bound<'py, PyAny>,
        query: Argument<'_, 'py>,
        body: Argument<'_, 'py>,
        timeout: CallTimeout,
    ) -> PyResult<PlainData<'py>> {
        let Request { method, path, json } = Request::read(method, path, query, body)?;
        let handle = self.handle.within(timeout);
        let response = handle.call(py, |client| client.request_with_json(&method, &path, &json))?;
        request::answer(py, response)
    }
}
