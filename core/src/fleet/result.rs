//! What has come of one disk of a fleet.

use serde_json::{Value, json};

use crate::{ApiResponse, DiskSummary, Error, Result};

/// What has come of one disk of a fleet.
#[derive(Debug)]
#[non_exhaustive]
pub struct FleetResult {
    /// Its number among those that were given, from 0.
    pub index: usize,
    /// The disk's name, as far as it is known.
    pub name: Option<String>,
    /// The disk's id, as far as it is known; also of a disk whose outcome is unknown.
    pub id: Option<String>,
    /// Whether it was as wished before this call.
    pub existed: bool,
    /// `{"disk": …}`, the disk as a list or a read has shown it, in the form of a response of the API; of a
    /// deletion `{"trash_object": …}`, with null when it is gone for good. Otherwise what went wrong, with its
    /// [outcome](Error::outcome).
    pub response: Result<ApiResponse>,
}

impl FleetResult {
    /// The disk, as lists show it.
    ///
    /// # Errors
    /// The disk's own.
    pub fn disk(self) -> Result<DiskSummary> {
        #[derive(serde::Deserialize)]
        struct Answer {
            disk: DiskSummary,
        }
        self.response?.decode::<Answer>().map(|answer| answer.disk)
    }

    /// The disk in few words, for the detail of the error that ends a fleet.
    pub(super) fn brief(&self) -> Value {
        json!({ "index": self.index, "name": self.name, "id": self.id })
    }

    /// What the C library shows of it: the response or the error, as JSON objects, each with `name` and
    /// `existed` beside what it has.
    pub fn to_json(&self) -> String {
        let name = json!(self.name);
        let own = match &self.response {
            Ok(_) => format!("{{\"name\":{name},\"existed\":{},", self.existed),
            Err(_) => format!("{{\"name\":{name},"),
        };
        let body = match &self.response {
            Ok(response) => response.body().to_owned(),
            Err(error) => error.to_json(),
        };
        own + body.trim_start().trim_start_matches('{')
    }

    pub(super) fn of_error(index: usize, name: Option<String>, error: Error) -> FleetResult {
        FleetResult { index, name, id: None, existed: false, response: Err(error) }
    }
}
