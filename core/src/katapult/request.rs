//! Requests that this library has no call for.

use serde::Serialize;
use serde_json::Value;

use crate::own_request::{self, Parts, in_request};
use crate::{ApiResponse, Client, Result};

impl Client {
    /// Sends a request that this library has no call for, as when the API has grown: with the same
    /// connections, limits, repeats (of a GET only), errors and outcomes as all calls.
    ///
    /// `method` is `GET`, `POST`, `PUT`, `PATCH` or `DELETE`, in capitals or not. `path` is below the base URL, such as
    /// `/disks/disk`. `query` may be nested, as the API's own: `{"disk": {"id": "disk_…"}}`; what is null
    /// in it is left out. `body` is sent as JSON. The response is any JSON, or nothing, as after a 204: then
    /// its [`body`](ApiResponse::body) is empty.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// use serde_json::{Value, json};
    ///
    /// let query = json!({"disk": {"id": "disk_Ot5Ne8Dk2Sw7Vh1R"}});
    /// let response = client.request("GET", "/disks/disk", Some(&query), None)?;
    /// println!("{}", response.decode::<Value>()?["disk"]["name"]);
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the argument, and all that other
    /// calls have; of a code that this version does not know
    /// [`Status::ApiError`](crate::Status::ApiError).
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
        let request = own_request::of(self.base_url(), method, path, query, body)?;
        self.send_own(&own_request::call(&request), &request)
            .map_err(|error| self.with_hint(error, &own_request::naming(&request, query, body)))
    }
}
