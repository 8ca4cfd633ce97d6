//! Requests that this library has no call for.

use serde::Serialize;
use serde_json::Value;

use super::Client;
use crate::own_request::{self, Parts, in_request};
use crate::{ApiResponse, Result};

impl Client {
    /// Sends a request to the compute service that this library has no call for; see
    /// [`katapult_disk::Client::request`](crate::Client::request). `path` is below the compute service's URL,
    /// such as `/servers/detail`.
    ///
    /// ```no_run
    /// # let client = katapult_disk::openstack::Client::from_env()?;
    /// let response = client.request("GET", "/servers", None, None)?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`katapult_disk::Client::request`](crate::Client::request), with the statuses of OpenStack.
    pub fn request(
        &self,
        method: &str,
        path: &str,
        query: Option<&Value>,
        body: Option<&Value>,
    ) -> Result<ApiResponse> {
        self.request_own(method, path, query, body).map_err(in_request)
    }

    /// [`Client::request`] with what goes with it as JSON, as from C:
    /// `{"query": {…}, "body": {…}, "timeout": 5}`, all optional. A body is sent as it is written.
    ///
    /// # Errors
    /// As [`Client::request`].
    pub fn request_with_json(
        &self,
        method: &str,
        path: &str,
        request_json: &str,
    ) -> Result<ApiResponse> {
        let send = |Parts { query, body, timeout }: Parts<'_>| match timeout {
            None => self.request_own(method, path, query.as_ref(), body),
            Some(limit) => {
                self.with_timeout(limit)?.request_own(method, path, query.as_ref(), body)
            }
        };
        Parts::of_json(request_json).and_then(send).map_err(in_request)
    }

    fn request_own(
        &self,
        method: &str,
        path: &str,
        query: Option<&Value>,
        body: Option<&(impl Serialize + ?Sized)>,
    ) -> Result<ApiResponse> {
        let base_url = self.endpoint().unwrap_or_default();
        let request = own_request::of(&base_url, method, path, query, body)?;
        self.send_own(&own_request::call(&request), request)
    }
}
