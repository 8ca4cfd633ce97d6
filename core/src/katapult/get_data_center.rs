//! Get a data center: `GET /data_centers/data_center`.

use derive_new::new;
use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, DataCenter, DataCenterRef, Operation, Response, Result};

/// Reads a data center.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, new)]
#[non_exhaustive]
pub struct GetDataCenter {
    /// The data center: id or permalink.
    #[new(into)]
    pub data_center: DataCenterRef,
}

/// The response to [`GetDataCenter`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DataCenterResponse {
    /// The data center.
    pub data_center: DataCenter,
}

impl Response for DataCenterResponse {
    const KEYS: &'static [&'static str] = &["data_center"];
}

impl Operation for GetDataCenter {
    type Output = DataCenterResponse;
    const NAME: &'static str = "get_data_center";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/data_centers/data_center";
}

impl Client {
    /// Reads a data center.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// let data_center = client.get_data_center("uk-lon-01")?;
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// `DataCenterNotFound`.
    pub fn get_data_center(&self, data_center: impl Into<DataCenterRef>) -> Result<DataCenter> {
        self.call(&GetDataCenter::new(data_center)).map(|answer| answer.data_center)
    }
}
