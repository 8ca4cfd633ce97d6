//! Requests that the package has no call for.

use pyo3::prelude::*;

use super::Client;
use crate::arguments::{Argument, CallTimeout};
use crate::request::{self, PlainData, Request};

#[pymethods]
impl Client {
    /// Sends a request to the compute service that this package has no call for, as
    /// `katapult_disk.Client.request` does. `path` is below the service's URL, such as "/servers/detail".
    ///
    #[doc = include_str!("../texts/timeout.txt")]
    /// Raises InvalidArgument; InvalidResponse if the response is not JSON; BadRequest, NotFound and what
    /// else the service's status says.
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
