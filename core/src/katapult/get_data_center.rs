//! Get a data center: `GET /data_centers/data_center`.

use serde::Deserialize;

use crate::{Client, Config, DataCenter, Lookup, Operation, Request, Result};

/// Reads a data center.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetDataCenter {
    /// The data center: id or permalink.
    pub data_center: Lookup,
}

/// The answer to [`GetDataCenter`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct DataCenterAnswer {
    /// The data center.
    pub data_center: DataCenter,
}

impl Operation for GetDataCenter {
    type Output = DataCenterAnswer;

    const ANSWER_KEYS: &'static [&'static str] = &["data_center"];

    fn request(&self, _: &Config) -> Result<Request> {
        let pair = self.data_center.pair("data_center", Some("permalink"))?;
        Ok(Request::get("/data_centers/data_center").lookup("data_center", pair))
    }
}

impl Client {
    /// Reads a data center.
    ///
    /// # Errors
    /// `DataCenterNotFound`.
    pub fn get_data_center(&self, data_center: impl Into<Lookup>) -> Result<DataCenter> {
        self.call(&GetDataCenter { data_center: data_center.into() })
            .map(|answer| answer.data_center)
    }
}
