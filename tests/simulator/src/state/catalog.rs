//! What an organization may choose from.

use serde::{Deserialize, Serialize};

/// A data center, as it appears in a disk; only its own calls tell the country.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DataCenter {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) permalink: String,
    #[serde(default, skip_serializing)]
    pub(crate) country: Country,
}

#[derive(Clone, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Country {
    pub(crate) id: String,
    pub(crate) name: String,
}

#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IoProfile {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) permalink: String,
    pub(crate) speed_in_mb: Option<u32>,
    pub(crate) iops: Option<u32>,
}
