//! What the service says about its limit of requests.

use katapult_disk::Bounds;
use pyo3::prelude::*;

use crate::arguments::required_whole_number;
use crate::errors::invalid_argument;

/// The service's count of requests, as its newest response told it.
///
/// Katapult counts all requests of a token together, per minute of the clock.
#[pyclass(frozen, eq, hash, module = "katapult_disk")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct RateLimit {
    /// Requests permitted per minute.
    #[pyo3(get)]
    permitted: u32,
    /// Requests left in the minute of that response.
    #[pyo3(get)]
    remaining: u32,
}

impl From<katapult_disk::RateLimit> for RateLimit {
    fn from(limit: katapult_disk::RateLimit) -> RateLimit {
        RateLimit { permitted: limit.permitted, remaining: limit.remaining }
    }
}

#[pymethods]
impl RateLimit {
    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("permitted", "remaining")
    }

    #[new]
    fn new(permitted: &Bound<'_, PyAny>, remaining: &Bound<'_, PyAny>) -> PyResult<RateLimit> {
        Ok(RateLimit {
            permitted: count("permitted", permitted)?,
            remaining: count("remaining", remaining)?,
        })
    }

    /// For pickling, and copying.
    fn __getnewargs__(&self) -> (u32, u32) {
        (self.permitted, self.remaining)
    }

    fn __repr__(&self) -> String {
        format!("RateLimit(permitted={}, remaining={})", self.permitted, self.remaining)
    }
}

fn count(name: &str, value: &Bound<'_, PyAny>) -> PyResult<u32> {
    u32::try_from(required_whole_number(name, Bounds::ANY, value)?)
        .map_err(|_| invalid_argument(value.py(), format!("{name} must be below 2**32")))
}
