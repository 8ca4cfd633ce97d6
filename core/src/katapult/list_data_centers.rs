//! List the data centers: `GET /data_centers`.

use serde::{Deserialize, Serialize};
use ureq::http::Method;

use crate::{Client, DataCenter, Operation, Response, Result};

/// Reads all data centers; the list has no pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ListDataCenters {}

/// The response to [`ListDataCenters`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DataCenterList {
    /// The data centers.
    pub data_centers: Vec<DataCenter>,
}

impl Response for DataCenterList {
    const KEYS: &'static [&'static str] = &["data_centers"];
}

impl Operation for ListDataCenters {
    type Output = DataCenterList;
    const NAME: &'static str = "list_data_centers";
    const METHOD: Method = Method::GET;
    const PATH: &'static str = "/data_centers";
}

impl Client {
    /// All data centers, with one request.
    ///
    /// ```no_run
    /// # let client = katapult_disk::Client::from_env()?;
    /// for data_center in client.list_data_centers()? {
    ///     println!("{:?}", data_center.permalink);
    /// }
    /// # Ok::<(), katapult_disk::Error>(())
    /// ```
    ///
    /// # Errors
    /// None besides those that any call may have.
    pub fn list_data_centers(&self) -> Result<Vec<DataCenter>> {
        self.call(&ListDataCenters {}).map(|answer| answer.data_centers)
    }
}
