//! What an organization may choose from.

use serde::Serialize;

/// A data center, as it appears in a disk.
#[derive(Clone, Serialize)]
pub(crate) struct DataCenter {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) permalink: &'static str,
    #[serde(skip)]
    pub(crate) country: Country,
}

#[derive(Clone, Serialize)]
pub(crate) struct Country {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
}

#[derive(Clone, Serialize)]
pub(crate) struct IoProfile {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) permalink: &'static str,
    pub(crate) speed_in_mb: Option<u32>,
    pub(crate) iops: Option<u32>,
}
