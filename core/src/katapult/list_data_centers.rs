//! List the data centers: `GET /data_centers`.

use serde::Deserialize;

use crate::{Client, Config, DataCenter, Operation, Request, Result};

/// Reads all data centers; the list has no pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListDataCenters;

/// The answer to [`ListDataCenters`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DataCenterList {
    /// The data centers.
    pub data_centers: Vec<DataCenter>,
}

impl Operation for ListDataCenters {
    type Output = DataCenterList;

    const ANSWER_KEYS: &'static [&'static str] = &["data_centers"];

    fn request(&self, _: &Config) -> Result<Request> {
        Ok(Request::get("/data_centers"))
    }
}

impl Client {
    /// All data centers, with one request.
    ///
    /// # Errors
    /// None besides those that any call may have.
    pub fn list_data_centers(&self) -> Result<Vec<DataCenter>> {
        self.call(&ListDataCenters).map(|answer| answer.data_centers)
    }
}
